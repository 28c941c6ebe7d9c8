import { useEffect, useState, type ReactNode } from 'react';
import type { WholeEventState } from '../../api/whole-event.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { size } from '../../ui/format.ts';
import styles from './event-detail.module.css';

/** How far the loading of an event has come, and the way to begin or stop it. */
export function LoadBar({ whole }: { readonly whole: WholeEventState }): ReactNode {
  const { loading, loaded, total, error, load, cancel } = whole;
  const [isLate, setLate] = useState(false);
  // What is loaded within a moment is not spoken of.
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 150);
    return () => clearTimeout(timer);
  }, []);
  if (error) {
    return (
      <div className={styles['more']}>
        <ErrorPanel error={error} onRetry={load} />
      </div>
    );
  }
  if (!loading) {
    return (
      <div className={styles['more']}>
        <span>The beginning of {size(total)} is shown.</span>
        <Button onClick={load}>Open whole</Button>
      </div>
    );
  }
  if (!isLate) return null;
  return (
    <div className={styles['more']}>
      <progress value={loaded} max={total} aria-label="Loading the event" />
      <span className="mono">
        {size(loaded)} of {size(total)}
      </span>
      <Button onClick={cancel}>Cancel</Button>
    </div>
  );
}
