import type { ReactNode } from 'react';
import { Separator } from 'react-resizable-panels';
import styles from './splitter.module.css';

/** Between two panels; arrows move it. */
export function Splitter({ label }: { readonly label: string }): ReactNode {
  return <Separator className={styles['splitter']} aria-label={label} />;
}
