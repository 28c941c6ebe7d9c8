import type { ReactNode } from 'react';
import styles from './controls.module.css';

interface BadgeProps {
  readonly tone?: 'plain' | 'warn' | 'danger' | 'ok';
  readonly title?: string | undefined;
  readonly children: ReactNode;
}

/** A state in a word; the tone only repeats what the word says. */
export function Badge({ tone = 'plain', title, children }: BadgeProps): ReactNode {
  return (
    <span className={`${styles['badge']} ${tone === 'plain' ? '' : (styles[tone] ?? '')}`} title={title}>
      {children}
    </span>
  );
}

/** Keys as they are printed on the keyboard. */
export function Keys({ children }: { readonly children: string }): ReactNode {
  return <kbd className={styles['key']}>{children}</kbd>;
}
