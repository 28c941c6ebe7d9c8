import type { ReactNode } from 'react';
import styles from './marked-text.module.css';
import { visibleText } from './visible-text.tsx';

/** A text with the UTF-16 units at `at` (ascending) emphasised: what a search has found in it. */
export function MarkedText({ text, at }: { readonly text: string; readonly at: readonly number[] }): ReactNode {
  const parts: ReactNode[] = [];
  let from = 0;
  for (let index = 0; index < at.length;) {
    const start = at[index] ?? 0;
    let end = start;
    while (at[index] === end) {
      end++;
      index++;
    }
    if (start > from) parts.push(<span key={from}>{visibleText(text.slice(from, start))}</span>);
    parts.push(
      <b key={start} className={styles['found']}>
        {visibleText(text.slice(start, end))}
      </b>,
    );
    from = end;
  }
  parts.push(<span key={from}>{visibleText(text.slice(from))}</span>);
  return parts;
}
