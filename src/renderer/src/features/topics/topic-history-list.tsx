import type { ReactNode } from 'react';
import type { TopicChange, TopicEntry } from '../../../../shared/ipc/contract/topics.ts';
import { copyText } from '../../api/copy.ts';
import { useSettings } from '../../api/settings.ts';
import { useTopicHistory } from '../../api/topics.ts';
import { usePlace } from '../../state/place.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { count, exactTime, timeText } from '../../ui/format.ts';
import { useNow } from '../../ui/use-now.ts';
import { visibleText } from '../../ui/visible-text.tsx';
import { Changes } from './changes.tsx';
import styles from './topic-config.module.css';

interface TopicHistoryListProps {
  readonly path: string;
  readonly topic: TopicEntry;
  readonly configTopic: string;
}

const KINDS: Readonly<Record<string, string>> = { TopicCreated: 'Created', TopicUpdated: 'Changed', TopicDeleted: 'Deleted' };

/** Every configuration event of a topic's name, newest first, with what each changed. */
export function TopicHistoryList({ path, topic, configTopic }: TopicHistoryListProps): ReactNode {
  const history = useTopicHistory(path, topic.name);
  const changes = history.data?.pages.flatMap((page) => page.changes) ?? [];
  if (history.error) return <ErrorPanel error={history.error} onRetry={() => void history.refetch()} onCopy={copyText} />;
  return (
    <>
      <h2>History</h2>
      <ol className={styles['history']} aria-label="History">
        {changes.map((change) => (
          <Change key={change.version} change={change} topic={topic} configTopic={configTopic} />
        ))}
      </ol>
      {history.hasNextPage ? (
        <Button disabled={history.isFetchingNextPage} onClick={() => void history.fetchNextPage()}>
          Show older changes
        </Button>
      ) : null}
    </>
  );
}

interface ChangeProps {
  readonly change: TopicChange;
  readonly topic: TopicEntry;
  readonly configTopic: string;
}

function Change({ change, topic, configTopic }: ChangeProps): ReactNode {
  const { times } = useSettings();
  const now = useNow();
  const go = usePlace((place) => place.go);
  const { version, timestamp, type, changed, more, problem } = change;
  const kind = type === null ? 'Cannot be read' : (KINDS[type] ?? type);
  return (
    <li className={styles['change']}>
      <div className={styles['changeHead']}>
        <span className={styles['kind']}>{visibleText(kind)}</span>
        <button
          type="button"
          className={`${styles['link']} mono`}
          title="Show this event in the configuration topic"
          onClick={() => go({ view: 'events', topic: configTopic, version })}
        >
          version {count(version)}
        </button>
        {timestamp === null ? null : (
          <span className={styles['time']} title={exactTime(timestamp)}>
            {timeText(timestamp, times, now)}
          </span>
        )}
        {version < topic.incarnation ? <span className={styles['time']}>of an earlier topic of this name</span> : null}
      </div>
      {problem === null ? null : <p className={styles['skipped']}>Skipped: {visibleText(problem)}</p>}
      {changed.length === 0 && problem === null ? <p className={styles['time']}>Nothing changed by it.</p> : null}
      {changed.length > 0 ? (
        <Changes
          label={`Changes of version ${version}`}
          changes={changed.map(({ path, ...rest }) => ({ name: path, ...rest }))}
          more={more}
        />
      ) : null}
    </li>
  );
}
