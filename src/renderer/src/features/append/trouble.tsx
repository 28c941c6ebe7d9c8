import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { replyValue } from '../../../../shared/ipc/api.ts';
import type { TopicRow } from '../../../../shared/ipc/contract/topics.ts';
import { errorFacts, isEventStoreError, type ErrorCode, type EventStoreError } from '../../../../shared/model/errors.ts';
import { copyText } from '../../api/copy.ts';
import { useSettings } from '../../api/settings.ts';
import { tidemark } from '../../api/tidemark.ts';
import { CommandButton } from '../../commands/command-button.tsx';
import { Button } from '../../ui/button.tsx';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { count, exactTime, plural, shorten, timeText } from '../../ui/format.ts';
import { visibleText } from '../../ui/visible-text.tsx';
import styles from './append-view.module.css';

interface TroubleProps {
  readonly error: unknown;
  readonly topic: TopicRow;
  readonly refusal: string | null;
  /** The person gave ids of their own, which are not ours to change. */
  readonly hasOwnIds: boolean;
  readonly isBusy: boolean;
  readonly onEdit: () => void;
  readonly onDiscard: () => void;
  /** Absent where nothing was sent yet. */
  readonly onRetry?: () => void;
  readonly onNewIds?: () => void;
  readonly onRebase?: (version: number) => void;
  readonly onShow?: (version: number) => void;
}

/** What the same batch may be sent again for, unchanged: the next time it may go well. */
const PASSING: ReadonlySet<ErrorCode> = new Set([
  'STORAGE_FULL',
  'STORAGE_UNAVAILABLE',
  'STORE_LOCKED',
  'REPOSITORY_NOT_READY',
  'REPOSITORY_CLOSED',
  'REPOSITORY_FAILED',
  'EXTERNAL_WRITER',
  'NOT_INITIALIZED',
]);

/** Why the draft was not appended, and every way on. The draft is as it was. */
export function Trouble(props: TroubleProps): ReactNode {
  const { error, topic, hasOwnIds, isBusy, onEdit, onDiscard, onRetry, onNewIds, onRebase } = props;
  if (isEventStoreError(error, 'VERSION_CONFLICT') && onRebase) {
    return <Conflict {...{ error, topic, isBusy, onEdit, onDiscard, onRebase }} onShow={props.onShow} />;
  }
  const { code } = errorFacts(error);
  const passing = onRetry !== undefined && PASSING.has(code);
  return (
    <ErrorPanel error={error} onRetry={passing ? onRetry : undefined} onCopy={copyText}>
      {passing ? (
        <span className={styles['hint']}>Trying again is safe: the events keep their ids, so nothing is written twice.</span>
      ) : null}
      {code === 'READ_ONLY' ? <CommandButton id="store.unlock" /> : null}
      {code === 'EVENT_ID_CONFLICT' && !hasOwnIds && onNewIds ? <Button onClick={onNewIds}>Use new ids</Button> : null}
      <Button onClick={onEdit}>Keep editing</Button>
    </ErrorPanel>
  );
}

interface ConflictProps {
  readonly error: EventStoreError;
  readonly topic: TopicRow;
  readonly isBusy: boolean;
  readonly onEdit: () => void;
  readonly onDiscard: () => void;
  readonly onRebase: (version: number) => void;
  readonly onShow: ((version: number) => void) | undefined;
}

const SHOWN = 50;

/** Someone was faster: what they wrote, and the ways on. */
function Conflict({ error, topic, isBusy, onEdit, onDiscard, onRebase, onShow }: ConflictProps): ReactNode {
  const { times } = useSettings();
  const expected = Number(error.details['expected']);
  const actual = Number(error.details['actual']);
  const newer = useQuery({
    queryKey: ['newer', topic.name, topic.incarnation, expected, actual],
    queryFn: async ({ signal }) =>
      replyValue(
        await tidemark.eventsPage(
          { topic: topic.name, direction: 'forward', cursor: Math.min(expected, actual), limit: SHOWN },
          { signal },
        ),
      ).rows,
    gcTime: 0,
    enabled: actual > expected,
  });
  return (
    <div role="alert" className={styles['conflict']}>
      <h3>
        Nothing was appended <span className="mono">VERSION_CONFLICT</span>
      </h3>
      <p>
        You expected version {count(expected)}; the topic is at version {count(actual)}.{' '}
        {actual > expected
          ? `${plural(actual - expected, 'event was', 'events were')} appended meanwhile.`
          : 'It has fewer events than you expected.'}
      </p>
      {newer.data && newer.data.length > 0 ? (
        <ul className={`${styles['newer']} mono`} aria-label="Newer events">
          {newer.data.map((event) => (
            <li key={event.version}>
              <button type="button" title="Show this event; the draft is kept" onClick={() => onShow?.(event.version)}>
                <span className={styles['number']}>{count(event.version)}</span>
                <span className={styles['cut']} title={exactTime(event.timestamp)}>
                  {timeText(event.timestamp, times, newer.dataUpdatedAt)}
                </span>
                <span className={styles['cut']}>{visibleText(shorten(event.type, 60))}</span>
                <span className={styles['cut']}>{visibleText(event.preview.slice(0, 120))}</span>
              </button>
            </li>
          ))}
        </ul>
      ) : null}
      {actual - expected > SHOWN ? <p>and {count(actual - expected - SHOWN)} more</p> : null}
      <div className={styles['actions']}>
        <Button look="primary" disabled={isBusy} onClick={() => onRebase(actual)}>
          Rebase and retry
        </Button>
        <Button onClick={onEdit}>Keep editing</Button>
        <Button onClick={onDiscard}>Discard</Button>
        <span className={styles['hint']}>Rebasing expects version {count(actual)} and shows the review again.</span>
      </div>
    </div>
  );
}
