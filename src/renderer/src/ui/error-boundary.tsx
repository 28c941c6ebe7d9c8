import { Component, type ReactNode } from 'react';
import { EmptyState } from './empty-state.tsx';
import { ErrorPanel } from './error-panel.tsx';

interface ErrorBoundaryProps {
  /** What cannot be shown when something inside of it fails, as `This view`. */
  readonly what: string;
  /** Begins anew where this changes: another view is not to blame for the last one. */
  readonly of?: string;
  /** Instead of drawing it once more. */
  readonly onRetry?: () => void;
  /** Puts the facts on the clipboard. */
  readonly onCopy: (text: string) => void;
  readonly children: ReactNode;
}

interface ErrorBoundaryState {
  readonly failure: { readonly error: unknown } | null;
  readonly of: string | undefined;
}

/** Keeps a fault of the page itself to the part it is in. React hears of such faults by a class alone. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, ErrorBoundaryState> {
  override state: ErrorBoundaryState = { failure: null, of: this.props.of };

  static getDerivedStateFromError(error: unknown): Partial<ErrorBoundaryState> {
    return { failure: { error } };
  }

  static getDerivedStateFromProps({ of }: ErrorBoundaryProps, state: ErrorBoundaryState): Partial<ErrorBoundaryState> | null {
    return of === state.of ? null : { of, failure: null };
  }

  override render(): ReactNode {
    const { what, onRetry, onCopy, children } = this.props;
    const { failure } = this.state;
    if (!failure) return children;
    return (
      <EmptyState title={`${what} cannot be shown`}>
        <p>Something in it failed that should not. What is stored is untouched. Try again, or go elsewhere and come back.</p>
        <ErrorPanel error={failure.error} onRetry={onRetry ?? (() => this.setState({ failure: null }))} onCopy={onCopy} />
      </EmptyState>
    );
  }
}
