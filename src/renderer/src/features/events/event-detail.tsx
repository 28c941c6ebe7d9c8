import { X } from 'lucide-react';
import { useDeferredValue, useMemo, useState, type KeyboardEvent, type ReactNode, type Ref } from 'react';
import type { EventDetail as Detail } from '../../../../shared/ipc/contract/events.ts';
import { encodeEvent } from '../../../../shared/model/event.ts';
import { JSON_NULL } from '../../../../shared/model/json-text.ts';
import { useEvent, type GridTopic } from '../../api/queries.ts';
import { useWholeEvent, type WholeEvent, type WholeEventState } from '../../api/whole-event.ts';
import { IconButton } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { count } from '../../ui/format.ts';
import { Tabs } from '../../ui/tabs.tsx';
import { visibleText } from '../../ui/visible-text.tsx';
import styles from './event-detail.module.css';
import { EventDiff } from './event-diff.tsx';
import { EventHead } from './event-head.tsx';
import { CauseBar } from './event-metadata.tsx';
import { EventTrouble } from './event-trouble.tsx';
import { FindBar } from '../../json/find-bar.tsx';
import { JsonTree, type Target } from '../../json/json-tree.tsx';
import { LoadBar } from './load-bar.tsx';
import { LongText } from '../../json/long-text.tsx';
import { joinedText, type TextSource } from '../../json/text-source.ts';
import { DETAIL_TABS, type DetailState } from './use-detail.ts';
import { useFind, type Searched } from '../../json/use-find.ts';

const TABS = DETAIL_TABS.map((name) => ({ name, content: name }));
/** What is shown of a text that is not loaded whole. */
const GLIMPSE = 4000;

interface EventDetailProps {
  readonly ref: Ref<HTMLDivElement>;
  readonly topic: GridTopic;
  readonly version: number | null;
  readonly state: DetailState;
  readonly onClose: () => void;
  readonly onBack: () => void;
}

/** The event under the cursor, as stored. The last one stays until the next is there. */
export function EventDetail({ ref, topic, version, state, onClose, onBack }: EventDetailProps): ReactNode {
  const query = useEvent(topic, version);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    onBack();
    event.stopPropagation();
  };
  if (version === null) {
    return (
      <div ref={ref} className={styles['panel']} role="region" aria-label="Event">
        <EmptyState title="No event selected">
          <p>Choose a row to see the event exactly as it is stored.</p>
        </EmptyState>
      </div>
    );
  }
  const event = query.error ? undefined : query.data;
  return (
    <div
      ref={ref}
      className={styles['detail']}
      role="region"
      aria-label={`Event ${event?.version ?? version}`}
      aria-busy={event?.version !== version && !query.error}
      onKeyDown={onKeyDown}
    >
      {event ? (
        <>
          {event.version === version ? null : <div className={styles['loading']} role="presentation" />}
          <EventBody key={`${topic.name} ${event.version}`} topic={topic} event={event} state={state} onClose={onClose} />
        </>
      ) : (
        <>
          <div className={styles['head']}>
            <h2 className={styles['title']}>Version {count(version)}</h2>
            <IconButton label="Close the event" onClick={onClose}>
              <X size={14} strokeWidth={1.75} aria-hidden />
            </IconButton>
          </div>
          <div className={styles['panel']}>
            {query.error ? (
              <EventTrouble error={query.error} topic={topic.name} version={version} onRetry={() => void query.refetch()} />
            ) : (
              <p className={styles['waiting']}>Loading…</p>
            )}
          </div>
        </>
      )}
    </div>
  );
}

interface EventBodyProps {
  readonly topic: GridTopic;
  readonly event: Detail;
  readonly state: DetailState;
  readonly onClose: () => void;
}

function EventBody({ topic, event, state, onClose }: EventBodyProps): ReactNode {
  const whole = useWholeEvent(topic, event);
  const { tab, show } = state;
  const [target, setTarget] = useState<(Target & { readonly tab: 'Tree' | 'Metadata' }) | null>(null);
  const [asked, setAsked] = useState(0);
  const line = useMemo(() => (tab === 'Raw' && whole.event ? storedLine(whole.event) : null), [tab, whole.event]);
  const searched = useSearched(tab, whole, line);
  const finding = useFind(searched);
  const pattern = useDeferredValue(finding.pattern);
  const find = (): void => {
    if (tab === 'Diff') return;
    finding.open();
    setAsked((before) => before + 1);
  };
  const onKeyDown = (key: KeyboardEvent): void => {
    if (key.key.toLowerCase() !== 'f' || !(key.ctrlKey || key.metaKey) || key.shiftKey || key.altKey || tab === 'Diff') return;
    find();
    key.preventDefault();
  };
  const [panel, setPanel] = useState<HTMLDivElement | null>(null);
  // A match and a node that was jumped to are shown one after the other: the last one asked for counts.
  const goal = target?.tab === tab && !finding.isOpen ? target : finding.target;

  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- Ctrl+F belongs to the event wherever the focus is in it
    <div className={styles['body']} onKeyDown={onKeyDown}>
      <EventHead topic={topic} event={event} whole={whole.event} onFind={find} onClose={onClose} />
      <div className={styles['tabs']}>
        <Tabs label="Parts of the event" tabs={TABS} current={tab} onShow={show} />
      </div>
      {finding.isOpen && tab !== 'Diff' ? (
        <FindBar
          finding={finding}
          asked={asked}
          onClose={() => {
            finding.close();
            panel?.querySelector<HTMLElement>('[role=tree], [role=tabpanel]')?.focus();
          }}
        />
      ) : (
        <div />
      )}
      <div ref={setPanel} className={styles['panel']}>
        {tab === 'Diff' ? (
          <EventDiff
            topic={topic}
            event={event}
            whole={whole}
            state={state}
            onJump={(to) => {
              finding.close();
              setTarget(to);
              show(to.tab);
            }}
          />
        ) : !whole.event ? (
          <Partly event={event} tab={tab} whole={whole} />
        ) : line ? (
          <LongText text={line} label="Raw" pattern={pattern} target={finding.target} />
        ) : tab === 'Tree' ? (
          <JsonTree key="data" text={whole.event.data} label="Data" root="data" pattern={pattern} target={goal} />
        ) : (
          <div className={styles['stacked']}>
            <CauseBar metadata={whole.event.metadata} ownId={whole.event.id} />
            <JsonTree key="metadata" text={whole.event.metadata} label="Metadata" root="metadata" pattern={pattern} target={goal} />
          </div>
        )}
      </div>
    </div>
  );
}

function useSearched(tab: DetailState['tab'], { event }: WholeEventState, line: TextSource | null): Searched | null {
  return useMemo(() => {
    if (!event || tab === 'Diff') return null;
    if (tab === 'Raw') return line === null ? null : { text: line, isJson: false };
    return { text: tab === 'Tree' ? event.data : event.metadata, isJson: true };
  }, [tab, event, line]);
}

/** The very line that is stored; its data lies in it as it was loaded. */
function storedLine(event: WholeEvent): TextSource {
  const line = encodeEvent({ ...event, data: JSON_NULL });
  // Names come before data, and names are strings: the first bare `null` after this is where the data belongs.
  const mark = '"data":null';
  const at = line.indexOf(`,${mark},"metadata":`) + 1 + mark.length;
  return joinedText([line.slice(0, at - 4), event.data, line.slice(at)]);
}

interface PartlyProps {
  readonly event: Detail;
  readonly tab: 'Tree' | 'Raw' | 'Metadata';
  readonly whole: WholeEventState;
}

/** The beginning of an event that is too large to be loaded unasked. */
function Partly({ event, tab, whole }: PartlyProps): ReactNode {
  const text = tab === 'Metadata' ? event.metadata : event.data;
  return (
    <>
      <pre className={`${styles['glimpse']} mono`} tabIndex={0} role="tabpanel" aria-label={tab}>
        {visibleText(text.slice(0, GLIMPSE))}…
      </pre>
      <LoadBar whole={whole} />
    </>
  );
}
