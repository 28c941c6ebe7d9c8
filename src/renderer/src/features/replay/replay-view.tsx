import { History, RotateCcw, X } from 'lucide-react';
import { useMemo, useRef, type ReactNode } from 'react';
import { Group, Panel } from 'react-resizable-panels';
import type { StoreInfo } from '../../../../shared/ipc/contract/stores.ts';
import { copyText } from '../../api/copy.ts';
import { useRememberedPanes } from '../../api/remembered-panes.ts';
import { useSettings } from '../../api/settings.ts';
import { CommandButton } from '../../commands/command-button.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import controls from '../../ui/controls.module.css';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { count, plural, timeText } from '../../ui/format.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import { Splitter } from '../../ui/splitter.tsx';
import { onViewKeys } from '../../ui/timeline-keys.ts';
import type { TimelineMark } from '../../ui/timeline-places.ts';
import { Timeline } from '../../ui/timeline.tsx';
import { visibleText } from '../../ui/visible-text.tsx';
import { ChangePane } from './change-pane.tsx';
import { HistoryList } from './history-list.tsx';
import { readJump } from './jump.ts';
import styles from './replay-view.module.css';
import { StatePane } from './state-pane.tsx';
import { stepAt, type Steps } from './steps.ts';
import { useReplayCommands } from './use-replay-commands.ts';
import { useReplay, type Replay } from './use-replay.ts';

/** The configuration as it was at any of its versions, and the change that led there. The past is for looking only. */
export function ReplayView({ store }: { readonly store: StoreInfo }): ReactNode {
  const replay = useReplay(store.path);
  const panes = useRememberedPanes('replay');
  const jump = useRef<HTMLInputElement>(null);
  useReplayCommands(store, replay, jump);
  const { times } = useSettings();
  const { history, steps, newest, at, last, here, isNow, change, marked, topic, setTopic, playback, move } = replay;
  const marks = useMemo(() => marksOf(steps, marked), [steps, marked]);

  if (history.error && !history.data) return <ErrorPanel error={history.error} onRetry={() => void history.refetch()} onCopy={copyText} />;
  if (!history.data || panes === null) return <Skeleton label="The configuration is being read" />;
  if (store.configTopic === null || newest === 0) {
    return (
      <EmptyState title="There is no configuration to replay">
        <p>Creating, changing and deleting a topic each append an event to the configuration topic. This store has none yet.</p>
        <CommandButton id="topic.create" />
      </EmptyState>
    );
  }
  const zone = times === 'utc' ? 'utc' : 'local';
  const when =
    change?.timestamp == null ? '' : `, ${timeText(change.timestamp, zone, 0).replace(/\.\d{3}$/, '')}${zone === 'utc' ? ' UTC' : ''}`;
  return (
    <section
      className={`${styles['view']} ${isNow ? '' : styles['past']}`}
      aria-label="Replay of the configuration"
      onKeyDown={onViewKeys({ at, last, playback, onMove: move })}
    >
      <Timeline
        label="Configuration version"
        at={at}
        last={last}
        valueText={`version ${count(here)} of ${count(newest)}${when}`}
        places={replay.places}
        marks={marks}
        playback={playback}
        onMove={move}
        jump={{
          ref: jump,
          label: 'Go to version or time',
          shown: String(here),
          read: (typed) => readJump(typed, steps, { last: newest, zone, now: Date.now() }),
        }}
      >
        <TopicFilter topic={topic} onChange={setTopic} />
        <CommandButton id="replay.timeTrue">True to time</CommandButton>
        <CommandButton id="replay.markA">{marked === null ? 'Mark A' : marked === here ? 'Unmark A' : 'Mark A here'}</CommandButton>
      </Timeline>
      <Group orientation="horizontal" id="replay" className={styles['panes'] ?? ''} {...panes}>
        <Panel id="changes" defaultSize="30%" minSize={190}>
          <div className={styles['pane']}>
            <div className={styles['head']}>
              <h2>
                Changes <span className={styles['quiet']}>· {count(last)}</span>
              </h2>
            </div>
            <Changes replay={replay} />
          </div>
        </Panel>
        <Splitter label="Width of the changes" />
        <Panel id="state" minSize={220}>
          <div className={styles['pane']}>
            <StatePane
              past={replay.past}
              error={replay.pastError}
              onRetry={() => void replay.retryPast()}
              changed={change?.problem ? null : (change?.topic ?? null)}
            />
          </div>
        </Panel>
        <Splitter label="Width of the change" />
        <Panel id="change" defaultSize="34%" minSize={220}>
          <div className={styles['pane']} role="region" aria-label="Difference" data-pane>
            <ChangePane path={store.path} configTopic={store.configTopic} change={change} here={here} marked={marked} topic={topic} />
          </div>
        </Panel>
      </Group>
      <Foot store={store} replay={replay} />
    </section>
  );
}

function Changes({ replay }: { readonly replay: Replay }): ReactNode {
  const { history, steps, at, last, marked, topic, setTopic, goTo } = replay;
  if (last === 0) {
    return (
      <EmptyState title="No match">
        <p>No change speaks of a topic whose name holds “{visibleText(topic.slice(0, 60))}”.</p>
        <Button onClick={() => setTopic('')}>Clear filter</Button>
      </EmptyState>
    );
  }
  const left = history.data?.left ?? 0;
  return (
    <div className={styles['changes']}>
      {left > 0 ? <p className={styles['note']}>{plural(left, 'older change')} not listed.</p> : <span />}
      <HistoryList steps={steps} at={at} marked={marked} onMove={goTo} />
    </div>
  );
}

function TopicFilter({ topic, onChange }: { readonly topic: string; readonly onChange: (topic: string) => void }): ReactNode {
  return (
    <span className={styles['filter']}>
      <input
        className={controls['input']}
        aria-label="Only changes of topics whose name holds"
        placeholder="Topic…"
        maxLength={200}
        spellCheck={false}
        value={topic}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') onChange('');
        }}
      />
      {topic === '' ? null : (
        <IconButton label="Clear the filter by topic" onClick={() => onChange('')}>
          <X size={14} strokeWidth={1.75} aria-hidden />
        </IconButton>
      )}
    </span>
  );
}

/** Whether this is the past, and the two ways out of it. */
function Foot({ store, replay: { isNow, here, newest } }: { readonly store: StoreInfo; readonly replay: Replay }): ReactNode {
  return (
    <footer className={styles['foot']}>
      <span className={styles['sentence']} role="status">
        {isNow ? (
          'This is the present: the topics as the newest event left them.'
        ) : (
          <>
            <History size={14} strokeWidth={1.75} aria-hidden />
            <span>
              <b>Viewing the past: nothing here can be edited.</b> {plural(newest - here, 'newer version')}.
              {store.readOnly === null ? '' : ` It cannot be restored either: ${store.readOnly}`}
            </span>
          </>
        )}
      </span>
      <CommandButton id="replay.restore">
        <RotateCcw size={14} strokeWidth={1.75} aria-hidden /> Restore version {count(here)}…
      </CommandButton>
      <CommandButton id="replay.now">Back to now</CommandButton>
    </footer>
  );
}

function marksOf(steps: Steps, marked: number | null): readonly TimelineMark[] {
  const problems = steps.changes.flatMap((change, at): TimelineMark[] =>
    change?.problem ? [{ at, kind: 'problem', letter: '!', title: `Version ${change.version} was skipped: ${change.problem.reason}` }] : [],
  );
  return marked === null
    ? problems
    : [...problems, { at: stepAt(steps, marked), kind: 'mark', letter: 'A', title: `A: version ${marked}` }];
}
