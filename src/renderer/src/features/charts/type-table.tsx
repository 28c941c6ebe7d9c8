import { useId, type ReactNode } from 'react';
import type { TopicOverview } from '../../../../shared/ipc/contract/survey.ts';
import { isFiltering, type EventFilter } from '../../state/place.ts';
import { count, hueOf, plural } from '../../ui/format.ts';
import { visibleText } from '../../ui/visible-text.tsx';
import styles from './charts-view.module.css';

interface TypeTableProps {
  readonly overview: TopicOverview;
  readonly filter: EventFilter;
  /** Null: every type. */
  readonly onTypes: (types: readonly string[] | null) => void;
}

/** How many events there are of each type: a table whose bars are its picture. Choosing rows filters by type. */
export function TypeTable({ overview, filter, onTypes }: TypeTableProps): ReactNode {
  const heading = useId();
  const { types, otherTypes, matchingTypes } = overview;
  const most = Math.max(1, ...types.map((type) => type.count));
  const all = types.reduce((sum, type) => sum + type.count, otherTypes.count);
  const matching = new Map(matchingTypes.types.map((type) => [type.type, type.count]));
  const withFilter = isFiltering(filter);
  const chosen = new Set(filter.types ?? []);
  const toggle = (type: string): void => {
    const next = chosen.has(type) ? [...chosen].filter((other) => other !== type) : [...chosen, type];
    onTypes(next.length === 0 ? null : next);
  };
  return (
    <section aria-labelledby={heading} className={styles['card']}>
      <div className={styles['head']}>
        <h2 id={heading}>Events by type</h2>
        <span className={styles['note']}>{plural(types.length + otherTypes.types, 'type')}</span>
      </div>
      <table className={styles['table']}>
        <caption className="visually-hidden">Events by type, most frequent first</caption>
        <thead>
          <tr>
            <th scope="col">Type</th>
            <th scope="col" className={styles['number']}>
              Events
            </th>
            <th scope="col" className={styles['number']}>
              Share
            </th>
            {withFilter ? (
              <th scope="col" className={styles['number']}>
                In the filter
              </th>
            ) : null}
            <th scope="col" className={styles['barCell']}>
              <span className="visually-hidden">Bar</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {types.map(({ type, count: events }) => (
            <tr key={type}>
              <th scope="row">
                <label className={styles['type']}>
                  <input type="checkbox" checked={chosen.has(type)} onChange={() => toggle(type)} />
                  <span className={styles['tick']} style={{ background: `var(--hue-${hueOf(type)})` }} aria-hidden />
                  <span className={`${styles['typeText']} mono`} title={type.slice(0, 1000)}>
                    {type === '' ? <em>no type</em> : visibleText(type.slice(0, 200))}
                  </span>
                </label>
              </th>
              <td className={`${styles['number']} mono`}>{count(events)}</td>
              <td className={`${styles['number']} mono`}>{SHARE.format(all === 0 ? 0 : events / all)}</td>
              {withFilter ? <td className={`${styles['number']} mono`}>{count(matching.get(type) ?? 0)}</td> : null}
              <td className={styles['barCell']} aria-hidden>
                <span className={styles['bar']} style={{ inlineSize: `${(100 * events) / most}%` }}>
                  {withFilter ? (
                    <span
                      className={styles['picked']}
                      style={{ inlineSize: `${(100 * (matching.get(type) ?? 0)) / Math.max(1, events)}%` }}
                    />
                  ) : null}
                </span>
              </td>
            </tr>
          ))}
          {otherTypes.types > 0 ? (
            <tr>
              <th scope="row" className={styles['note']}>
                {plural(otherTypes.types, 'rarer type')}
              </th>
              <td className={`${styles['number']} mono`}>{count(otherTypes.count)}</td>
              <td className={`${styles['number']} mono`}>{SHARE.format(all === 0 ? 0 : otherTypes.count / all)}</td>
              {withFilter ? <td /> : null}
              <td className={styles['barCell']} aria-hidden>
                <span className={styles['bar']} style={{ inlineSize: `${Math.min(100, (100 * otherTypes.count) / most)}%` }} />
              </td>
            </tr>
          ) : null}
        </tbody>
      </table>
    </section>
  );
}

const SHARE = new Intl.NumberFormat('en', { style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 1 });
