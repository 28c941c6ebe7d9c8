import type { ReactNode } from 'react';
import styles from './empty-state.module.css';

/** What this place is, why it is empty, and the one thing to do. */
export function EmptyState({ title, children }: { readonly title: string; readonly children?: ReactNode }): ReactNode {
  return (
    <div className={styles['empty']}>
      <p className={styles['title']}>{title}</p>
      {children}
    </div>
  );
}
