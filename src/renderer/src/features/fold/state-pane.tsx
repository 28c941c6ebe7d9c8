import type { ReactNode } from 'react';
import type { WholeState } from '../../api/fold-states.ts';
import { JsonTree, type Target } from '../../json/json-tree.tsx';
import { Button } from '../../ui/button.tsx';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { size } from '../../ui/format.ts';
import styles from './fold-view.module.css';

interface StatePaneProps {
  readonly label: 'Before' | 'After';
  /** Null where there is none that can be shown; then `absent` says why. */
  readonly state: WholeState | null;
  readonly absent: string;
  readonly version: number;
  readonly target: Target | null;
  readonly hasCommands: boolean;
  /** The person has turned to this one. */
  readonly onTurn: () => void;
}

/** A state as a tree. */
export function StatePane({ label, state, absent, version, target, hasCommands, onTurn }: StatePaneProps): ReactNode {
  return (
    <section className={styles['state']} aria-label={`State ${label.toLowerCase()}`} onFocusCapture={onTurn} onPointerDownCapture={onTurn}>
      <h3 className={styles['stateHead']}>
        {label}
        {state === null ? null : <span className={styles['note']}>{size(state.total)}</span>}
      </h3>
      <div className={styles['stateBody']}>{content()}</div>
    </section>
  );

  function content(): ReactNode {
    if (state === null) return <p className={styles['absent']}>{absent}</p>;
    if (state.error) return <ErrorPanel error={state.error} onRetry={state.load} />;
    if (state.text !== null) {
      return (
        <JsonTree
          key={version}
          text={state.text}
          label={`State ${label.toLowerCase()}`}
          root="state"
          pattern={null}
          target={target}
          hasCommands={hasCommands}
        />
      );
    }
    return (
      <div className={styles['absent']}>
        <p>This state is {size(state.total)} long.</p>
        {state.isLoading ? <p role="status">It is being loaded…</p> : <Button onClick={state.load}>Load It Whole</Button>}
      </div>
    );
  }
}
