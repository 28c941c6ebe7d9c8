import type { ReactNode } from 'react';
import { Button } from '../../ui/button.tsx';
import { count, timeText } from '../../ui/format.ts';
import type { TimeBuckets } from '../../ui/time-bars.tsx';
import styles from './charts-view.module.css';

interface TimeTableProps {
  readonly buckets: TimeBuckets;
  readonly zone: 'utc' | 'local';
  readonly onSpan: (from: bigint, to: bigint) => void;
}

/** The bars as numbers, those that hold none left out; each row can be filtered to. */
export function TimeTable({ buckets: { from, step, counts, picked }, zone, onSpan }: TimeTableProps): ReactNode {
  const rows = counts.map((events, index) => ({ events, index, start: from + step * BigInt(index) })).filter(({ events }) => events > 0);
  return (
    <table className={styles['table']}>
      <caption className="visually-hidden">Events over time; spans without events are left out</caption>
      <thead>
        <tr>
          <th scope="col">From</th>
          <th scope="col">To</th>
          <th scope="col" className={styles['number']}>
            Events
          </th>
          {picked === null ? null : (
            <th scope="col" className={styles['number']}>
              In the filter
            </th>
          )}
          <th scope="col">
            <span className="visually-hidden">Filter</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ events, index, start }) => (
          <tr key={index}>
            <td className="mono">{timeText(start, zone, 0)}</td>
            <td className="mono">{timeText(start + step, zone, 0)}</td>
            <td className={`${styles['number']} mono`}>{count(events)}</td>
            {picked === null ? null : <td className={`${styles['number']} mono`}>{count(picked[index] ?? 0)}</td>}
            <td>
              <Button look="quiet" aria-label={`Filter to ${timeText(start, zone, 0)}`} onClick={() => onSpan(start, start + step)}>
                Filter
              </Button>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
