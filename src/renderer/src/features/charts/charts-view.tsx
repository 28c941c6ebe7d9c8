import { BarChart3, Table2 } from 'lucide-react';
import { useId, useMemo, useState, type ReactNode } from 'react';
import type { TopicOverview } from '../../../../shared/ipc/contract/survey.ts';
import { copyText } from '../../api/copy.ts';
import { useSettings } from '../../api/settings.ts';
import type { GridTopic } from '../../api/queries.ts';
import { useOverview } from '../../api/surveys.ts';
import { CommandButton } from '../../commands/command-button.tsx';
import { type EventFilter, isFiltering, NO_FILTER, usePlaceParts } from '../../state/place.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { count, plural, timeText } from '../../ui/format.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import { TimeBars } from '../../ui/time-bars.tsx';
import styles from './charts-view.module.css';
import { TimeTable } from './time-table.tsx';
import { bucketsOf, spanText } from './time-buckets.ts';
import { TypeTable } from './type-table.tsx';

/** Bars over time: as many as stand apart on a wide screen. */
const BUCKETS = 160;

interface ChartsViewProps {
  readonly topic: GridTopic;
}

/** How a topic's events lie in time and by type, all of them beside those of the filter; counted in main, never from loaded rows. */
export function ChartsView({ topic }: ChartsViewProps): ReactNode {
  const { filter, setFilter } = usePlaceParts('filter', 'setFilter');
  const [isZoomed, setZoomed] = useState(false);
  const range = isZoomed && filter.from !== null && filter.to !== null ? { from: filter.from, to: filter.to } : null;
  const [isStopped, setStopped] = useState(false);
  const query = useOverview(topic, filter, { isStopped, buckets: BUCKETS, range });
  if (query.error) {
    return (
      <section className={styles['view']} aria-label="Charts">
        <ErrorPanel error={query.error} onRetry={() => void query.refetch()} onCopy={copyText} />
      </section>
    );
  }
  if (topic.latestVersion === 0) {
    return (
      <EmptyState title="There is nothing to draw yet">
        <p>Charts count a topic’s events over time and by type. This topic has none.</p>
        <CommandButton id="events.append" />
      </EmptyState>
    );
  }
  const overview = query.data;
  if (overview === undefined) return <Skeleton label="Events are being counted" />;
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- long tables must scroll by keyboard
    <section className={styles['view']} aria-label={`Charts of ${topic.name}`} tabIndex={0}>
      <div className={styles['says']}>
        <p role="status">{said(overview, filter, isStopped)}</p>
        {overview.progress.done ? null : <Button onClick={() => setStopped(!isStopped)}>{isStopped ? 'Go on' : 'Stop'}</Button>}
        {isFiltering(filter) ? (
          <>
            <CommandButton id="view.events">Show these events</CommandButton>
            <Button onClick={() => setFilter(NO_FILTER)}>Clear filter</Button>
          </>
        ) : null}
      </div>
      <OverTime
        overview={overview}
        filter={filter}
        isZoomed={range !== null}
        onSpan={(from, to) => setFilter({ ...filter, from, to })}
        onZoom={setZoomed}
      />
      <TypeTable overview={overview} filter={filter} onTypes={(types) => setFilter({ ...filter, types })} />
    </section>
  );
}

function said({ progress, matching, damaged }: TopicOverview, filter: EventFilter, isStopped: boolean): string {
  const events = isFiltering(filter)
    ? `${count(matching)} of ${plural(progress.total, 'event')} match the filter`
    : plural(matching, 'event');
  return [
    events,
    ...(damaged > 0 ? [`${count(damaged)} damaged and not counted`] : []),
    ...(progress.done
      ? []
      : [`${isStopped ? 'stopped' : 'counted so far'} at version ${count(progress.scanned)} of ${count(progress.total)}`]),
  ].join(' · ');
}

interface OverTimeProps {
  readonly overview: TopicOverview;
  readonly filter: EventFilter;
  readonly isZoomed: boolean;
  readonly onSpan: (from: bigint | null, to: bigint | null) => void;
  readonly onZoom: (zoomed: boolean) => void;
}

function OverTime({ overview, filter, isZoomed, onSpan, onZoom }: OverTimeProps): ReactNode {
  const { times } = useSettings();
  const [asTable, setAsTable] = useState(false);
  const heading = useId();
  const zone = times === 'local' ? 'local' : 'utc';
  // The picture is drawn anew for every new object, which would end a drag across it.
  const { histogram } = overview;
  const withFilter = isFiltering(filter);
  const buckets = useMemo(() => bucketsOf({ histogram }, withFilter), [histogram, withFilter]);
  const { from, to } = filter;
  const marked = useMemo(() => (isZoomed || from === null || to === null ? null : { from, to }), [isZoomed, from, to]);
  const span = filter.from === null && filter.to === null ? null : spanText(filter.from, filter.to, zone);
  return (
    <section aria-labelledby={heading} className={styles['card']}>
      <div className={styles['head']}>
        <h2 id={heading}>Events over time</h2>
        <span className={styles['note']}>
          {span ?? (asTable ? `times in ${zone === 'utc' ? 'UTC' : 'this machine’s zone'}` : 'Drag across the bars to filter by time')}
        </span>
        {span === null ? null : (
          <>
            <Button aria-pressed={isZoomed} disabled={filter.from === null || filter.to === null} onClick={() => onZoom(!isZoomed)}>
              {isZoomed ? 'Whole time' : 'Zoom in'}
            </Button>
            <Button onClick={() => onSpan(null, null)}>Any time</Button>
          </>
        )}
        <Button onClick={() => setAsTable(!asTable)} aria-pressed={asTable}>
          {asTable ? <BarChart3 size={14} strokeWidth={1.75} aria-hidden /> : <Table2 size={14} strokeWidth={1.75} aria-hidden />}
          {asTable ? 'Show as chart' : 'Show as table'}
        </Button>
      </div>
      {buckets === null ? <p className={styles['note']}>Nothing has been counted yet.</p> : null}
      {buckets !== null && asTable ? <TimeTable buckets={buckets} zone={zone} onSpan={onSpan} /> : null}
      {buckets !== null && !asTable ? (
        <TimeBars label={pictureText(buckets, zone)} buckets={buckets} zone={zone} marked={marked} onBrush={onSpan} />
      ) : null}
    </section>
  );
}

function pictureText({ from, step, counts }: NonNullable<ReturnType<typeof bucketsOf>>, zone: 'utc' | 'local'): string {
  const most = counts.reduce((best, value, index) => (value > (counts[best] ?? 0) ? index : best), 0);
  const at = (index: number): string => timeText(from + step * BigInt(index), zone, 0);
  return `Bars of how many events there are over time, from ${at(0)} to ${at(counts.length)}. Most, ${plural(counts[most] ?? 0, 'event')}, at ${at(most)}. The table shows every number.`;
}
