import type { ReactNode } from 'react';
import type { StoreInfo } from '../../../../shared/ipc/contract/stores.ts';
import type { TopicRow } from '../../../../shared/ipc/contract/topics.ts';
import { count, hueOf, plural, shorten, size } from '../../ui/format.ts';
import { visibleText } from '../../ui/visible-text.tsx';
import styles from './append-view.module.css';
import { GO_SERVER } from './draft-notes.tsx';
import type { Review } from './review.ts';

const MOST_TYPES = 20;

interface ReviewFactsProps {
  readonly store: StoreInfo;
  readonly topic: TopicRow;
  readonly review: Review;
  readonly warnings: number;
  readonly goReads: boolean;
  /** Null: any. */
  readonly expected: number | null;
}

/** What an append would write, where to, and on what condition. */
export function ReviewFacts({ store, topic, review, warnings, goReads, expected }: ReviewFactsProps): ReactNode {
  const { events, bytes, most, types, ownIds, ownTimestamps } = review;
  return (
    <div className={styles['notes']}>
      <section aria-label="Review">
        <h3 className={styles['section']}>Review</h3>
        <dl className={styles['facts']}>
          <dt>Events</dt>
          <dd>{plural(events.length, 'event')}</dd>
          <dt>Size</dt>
          <dd>
            {size(bytes)}
            {events.length > 1 ? `, the largest ${size(most)}` : ''}
          </dd>
          <dt>Topic</dt>
          <dd title={topic.name.slice(0, 500)}>{visibleText(shorten(topic.name, 80))}</dd>
          <dt>Store</dt>
          <dd title={store.path}>{visibleText(shorten(store.path, 120))}</dd>
          <dt>Expected version</dt>
          <dd>{expected === null ? 'any' : count(expected)}</dd>
          <dt>{events.length === 1 ? 'Becomes' : 'Become'}</dt>
          <dd>{resulting(expected, events.length)}</dd>
          <dt>Ids</dt>
          <dd>
            {ownIds === 0 ? 'new ones' : ownIds === events.length ? 'yours' : `${count(ownIds)} of yours, the others new`}; trying again
            cannot write twice
          </dd>
          <dt>Times</dt>
          <dd>{ownTimestamps === 0 ? 'when appended' : `${count(ownTimestamps)} given, the others when appended`}</dd>
        </dl>
      </section>
      <section aria-label="Types">
        <h3 className={styles['section']}>{plural(types.length, 'type')}</h3>
        <ul className={styles['types']}>
          {types.slice(0, MOST_TYPES).map(({ type, count: number }) => (
            <li key={type}>
              <span className={styles['tick']} style={{ background: `var(--hue-${hueOf(type)})` }} aria-hidden />
              <span className="mono" title={type.slice(0, 500)}>
                {visibleText(shorten(type, 60))}
              </span>
              <span className="mono">{count(number)}</span>
            </li>
          ))}
        </ul>
        {types.length > MOST_TYPES ? <p className={styles['hint']}>and {count(types.length - MOST_TYPES)} more</p> : null}
      </section>
      {warnings > 0 || goReads ? (
        <section aria-label="Warnings">
          <h3 className={styles['section']}>Before you append</h3>
          <ul className={styles['know']}>
            {warnings > 0 ? <li>{plural(warnings, 'warning')} in the draft: the draft says where.</li> : null}
            {goReads ? <li>{GO_SERVER}</li> : null}
          </ul>
        </section>
      ) : null}
    </div>
  );
}

function resulting(expected: number | null, events: number): string {
  if (expected === null) return events === 1 ? 'the next version' : `the next ${count(events)} versions`;
  return events === 1 ? `version ${count(expected + 1)}` : `versions ${count(expected + 1)} to ${count(expected + events)}`;
}
