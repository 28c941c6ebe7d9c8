import { Fragment, type ReactNode } from 'react';
import { visibleText } from '../ui/visible-text.tsx';
import styles from './marked-text.module.css';

/** Visible text with what a search has found in it marked. */
export function markedText(text: string, pattern: RegExp | null): ReactNode {
  if (!pattern) return visibleText(text);
  const parts: ReactNode[] = [];
  let from = 0;
  for (const { index, 0: found } of text.matchAll(pattern)) {
    parts.push(visibleText(text.slice(from, index)), <mark className={styles['mark']}>{visibleText(found)}</mark>);
    from = index + found.length;
  }
  parts.push(visibleText(text.slice(from)));
  // The parts never move: their place is their identity.
  return parts.map((part, index) => <Fragment key={index}>{part}</Fragment>);
}
