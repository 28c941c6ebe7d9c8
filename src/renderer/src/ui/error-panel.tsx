import { CircleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { errorFacts } from '../../../shared/model/errors.ts';
import { Button } from './button.tsx';
import styles from './error-panel.module.css';
import { visibleText } from './visible-text.tsx';

interface ErrorPanelProps {
  readonly error: unknown;
  readonly onRetry?: (() => void) | undefined;
  /** Puts the facts on the clipboard. */
  readonly onCopy?: ((text: string) => void) | undefined;
  readonly children?: ReactNode;
}

/** What happened, why and what to do, with its code. */
export function ErrorPanel({ error, onRetry, onCopy, children }: ErrorPanelProps): ReactNode {
  const { code, message, details } = errorFacts(error);
  return (
    <div role="alert" className={styles['panel']}>
      <CircleAlert size={16} strokeWidth={1.75} aria-hidden className={styles['icon']} />
      <span className={`${styles['code']} mono`}>{code}</span>
      <p className={styles['message']}>{visibleText(message)}</p>
      {(onRetry ?? onCopy ?? children) ? (
        <div className={styles['actions']}>
          {children}
          {onRetry ? <Button onClick={onRetry}>Retry</Button> : null}
          {onCopy ? <Button onClick={() => onCopy(JSON.stringify({ code, message, details }, null, 2))}>Copy details</Button> : null}
        </div>
      ) : null}
    </div>
  );
}
