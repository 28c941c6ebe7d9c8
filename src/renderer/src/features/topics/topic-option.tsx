import { CircleAlert, Layers, Lock } from 'lucide-react';
import type { ReactNode } from 'react';
import type { TopicEntry, TopicSummary } from '../../../../shared/ipc/contract/topics.ts';
import { useHasDraft } from '../../api/drafts.ts';
import { useCount } from '../../api/queries.ts';
import { useSettings } from '../../api/settings.ts';
import { useSummary } from '../../api/topics.ts';
import { count, exactTime, plural, timeText } from '../../ui/format.ts';
import { useNow } from '../../ui/use-now.ts';
import { visibleText } from '../../ui/visible-text.tsx';
import styles from './topic-list.module.css';

interface TopicOptionProps {
  readonly id: string;
  readonly 'data-row': number;
  readonly path: string;
  readonly topic: TopicEntry;
  /** How many problems are known of it. */
  readonly problems: number;
  readonly current: boolean;
  readonly active: boolean;
  readonly position: number;
  readonly setsize: number;
  readonly onChoose: () => void;
  /** A double click. */
  readonly onOpen: () => void;
}

/** One topic of the list. */
export function TopicOption({ path, topic, problems, current, active, position, setsize, ...rest }: TopicOptionProps): ReactNode {
  const { id, 'data-row': row, onChoose, onOpen } = rest;
  const summary = useSummary(path, topic).data ?? null;
  const hasDraft = useHasDraft(path, topic.name, topic.incarnation);
  const counts = useCounts(path, topic, summary);
  const trouble = summary?.trouble ?? null;
  const damaged = counts?.damaged ?? 0;
  const found = Math.max(problems, damaged);
  const Icon = trouble === null ? (topic.reserved ? Lock : Layers) : CircleAlert;
  return (
    <div
      id={id}
      data-row={row}
      role="option"
      aria-selected={current}
      aria-posinset={position}
      aria-setsize={setsize}
      className={`${styles['row']} ${current ? styles['current'] : ''} ${active ? styles['active'] : ''}`}
      onClick={onChoose}
      onDoubleClick={onOpen}
    >
      <Icon size={14} strokeWidth={1.75} aria-hidden className={trouble === null ? styles['icon'] : styles['trouble']} />
      <span className={styles['name']} title={topic.name.slice(0, 500)}>
        {visibleText(topic.name.slice(0, 200))}
      </span>
      <span className={`${styles['number']} mono`}>
        {counts ? count(counts.events) : trouble === null ? '…' : '–'}
        <span className="visually-hidden"> events</span>
      </span>
      <span className={styles['under']}>
        <span className={styles['last']}>
          {topic.reserved ? 'configuration · ' : ''}
          {hasDraft ? 'draft · ' : ''}
          {trouble === null ? <LastTime adapter={topic.adapter} summary={summary} /> : <Trouble text={trouble} />}
        </span>
        {counts && summary?.latestVersion !== null && summary?.latestVersion !== undefined && summary.latestVersion !== counts.events ? (
          <span className="mono" title={`Latest version ${summary.latestVersion}`}>
            v {count(summary.latestVersion)}
          </span>
        ) : null}
        {found > 0 ? (
          <span className={styles['problems']} title={plural(found, 'problem')}>
            <CircleAlert size={11} strokeWidth={2} aria-hidden />
            {count(found)}
            <span className="visually-hidden"> {found === 1 ? 'problem' : 'problems'}</span>
          </span>
        ) : null}
      </span>
    </div>
  );
}

/** From the summary, or from a call of its own where counting takes long. */
function useCounts(
  path: string,
  topic: TopicEntry,
  summary: TopicSummary | null,
): { readonly events: number; readonly damaged: number } | null {
  const isLong = summary !== null && summary.trouble === null && summary.events === null;
  const own = useCount(path, { ...topic, latestVersion: isLong ? summary.latestVersion : null, trouble: null });
  if (summary?.events !== null && summary?.events !== undefined) return { events: summary.events, damaged: summary.damaged ?? 0 };
  return isLong ? (own.data ?? null) : null;
}

function LastTime({ adapter, summary }: { readonly adapter: string; readonly summary: TopicSummary | null }): ReactNode {
  const { times } = useSettings();
  const now = useNow();
  const last = summary?.lastTimestamp ?? null;
  if (last === null) return visibleText(summary?.latestVersion === 0 ? `empty · ${adapter}` : adapter);
  const text = timeText(last, times, now);
  return (
    <span title={`Last event ${exactTime(last)}`}>
      {times === 'relative' ? text : text.replace(/\.\d{3}$/, '')} · {visibleText(adapter)}
    </span>
  );
}

function Trouble({ text }: { readonly text: string }): ReactNode {
  return (
    <span className={styles['trouble']} title={text.slice(0, 1000)}>
      {visibleText(text.slice(0, 200))}
    </span>
  );
}
