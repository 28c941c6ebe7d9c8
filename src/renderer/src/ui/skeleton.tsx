import type { ReactNode } from 'react';
import styles from './skeleton.module.css';

interface SkeletonProps {
  /** What is coming, read out. */
  readonly label: string;
  readonly rows?: number;
}

/** Where rows will be. Nothing is seen of it for the first 150 ms: most things are there by then. */
export function Skeleton({ label, rows = 8 }: SkeletonProps): ReactNode {
  return (
    <div role="status" className={styles['skeleton']}>
      <span className="visually-hidden">{label}</span>
      {Array.from({ length: rows }, (_, index) => (
        <div key={index} className={styles['row']} style={{ width: `${86 - ((index * 37) % 41)}%` }} />
      ))}
    </div>
  );
}
