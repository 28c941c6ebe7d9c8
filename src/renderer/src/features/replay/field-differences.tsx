import type { ReactNode } from 'react';
import type { ChangeRow } from '../../../../shared/ipc/contract/replay.ts';
import { count } from '../../ui/format.ts';
import { visibleText } from '../../ui/visible-text.tsx';
import styles from './field-differences.module.css';

interface FieldDifferencesProps extends Pick<ChangeRow, 'changed' | 'more'> {
  /** Whose they are, read out. */
  readonly label: string;
}

/** Fields that differ: added +, removed −, changed ~, each with its value before and after. */
export function FieldDifferences({ changed, more, label }: FieldDifferencesProps): ReactNode {
  if (changed.length === 0) return null;
  return (
    <ul className={styles['fields']} aria-label={label}>
      {changed.map(({ path, before, after }) => {
        const kind = before === null ? 'added' : after === null ? 'removed' : 'changed';
        return (
          <li key={path} className={styles[kind]}>
            <span className={styles['sign']} aria-hidden>
              {{ added: '+', removed: '−', changed: '~' }[kind]}
            </span>
            <span className="visually-hidden">{kind}</span>
            <span className={`${styles['path']} mono`}>{visibleText(path)}</span>
            <span className={`${styles['values']} mono`}>
              {before === null ? null : <del>{shown(before)}</del>}
              {before !== null && after !== null ? <span aria-label="to"> → </span> : null}
              {after === null ? null : <ins>{shown(after)}</ins>}
            </span>
          </li>
        );
      })}
      {more > 0 ? <li className={styles['more']}>and {count(more)} more</li> : null}
    </ul>
  );
}

const shown = (value: string): ReactNode => (value === '' ? '(empty)' : visibleText(value));
