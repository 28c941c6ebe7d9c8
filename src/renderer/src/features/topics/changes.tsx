import type { ReactNode } from 'react';
import { visibleText } from '../../ui/visible-text.tsx';
import styles from './changes.module.css';

/** What differs in one field of a topic's configuration; null stands for "not there". */
export interface ShownChange {
  readonly name: string;
  readonly before: string | null;
  readonly after: string | null;
}

const MOST = 200;
const CUT = 300;

/** Changes, each with its sign and its word: what was added, changed, removed. */
export function Changes({
  label,
  changes,
  more = 0,
}: {
  readonly label: string;
  readonly changes: readonly ShownChange[];
  readonly more?: number;
}): ReactNode {
  const shown = changes.slice(0, MOST);
  const left = more + changes.length - shown.length;
  return (
    <ul className={styles['changes']} aria-label={label}>
      {shown.map(({ name, before, after }) => {
        const [sign, word, look] =
          before === null ? ['+', 'added', 'added'] : after === null ? ['-', 'removed', 'removed'] : ['~', 'changed', 'changed'];
        return (
          <li key={name} className={styles[look]}>
            <span className="mono" aria-hidden>
              {sign}
            </span>
            <span className="visually-hidden">{word}</span>
            <span className={`${styles['name']} mono`}>{visibleText(name.slice(0, CUT))}</span>
            <span className={`${styles['values']} mono`}>
              {before === null ? null : <Text text={before} gone={after === null} />}
              {before !== null && after !== null ? <span aria-label="to"> → </span> : null}
              {after === null ? null : <Text text={after} gone={false} />}
            </span>
          </li>
        );
      })}
      {left > 0 ? <li className={styles['more']}>and {left} more</li> : null}
    </ul>
  );
}

function Text({ text, gone }: { readonly text: string; readonly gone: boolean }): ReactNode {
  const shown = text === '' ? '(empty)' : visibleText(text.length > CUT ? `${text.slice(0, CUT)}…` : text);
  return <span className={gone ? styles['gone'] : ''}>{shown}</span>;
}
