import { Copy, X } from 'lucide-react';
import { useEffect, useState, type KeyboardEvent, type ReactNode, type Ref } from 'react';
import { replyValue } from '../../../../shared/ipc/api.ts';
import { parseJsonText } from '../../../../shared/model/json-text.ts';
import type { EventDetail as Detail } from '../../../../shared/ipc/contract/events.ts';
import { encodeEvent } from '../../../../shared/model/event.ts';
import { copyText } from '../../api/copy.ts';
import { useEvent, type GridTopic } from '../../api/queries.ts';
import { tidemark } from '../../api/tidemark.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { count, exactTime, size, utc } from '../../ui/format.ts';
import { Tabs } from '../../ui/tabs.tsx';
import { visibleText } from '../../ui/visible-text.tsx';
import styles from './event-detail.module.css';
import { JsonTree } from './json-tree.tsx';

const NAMES = ['Data', 'Metadata', 'Raw'] as const;
type TabName = (typeof NAMES)[number];
const TABS = NAMES.map((name) => ({ name, content: name }));
/** Raw text beyond this is shown in part until asked for: laying out megabytes holds the window. */
const RAW_SHOWN = 200_000;

interface EventDetailProps {
  readonly ref: Ref<HTMLDivElement>;
  readonly topic: GridTopic;
  readonly version: number | null;
  readonly onClose: () => void;
  readonly onBack: () => void;
}

/** The event under the cursor, as stored. */
export function EventDetail({ ref, topic, version, onClose, onBack }: EventDetailProps): ReactNode {
  const [tab, setTab] = useState<TabName>('Data');
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
  const event = query.data;
  const stale = event?.version !== version;
  return (
    <div ref={ref} className={styles['detail']} role="region" aria-label={`Event ${version}`} onKeyDown={onKeyDown}>
      <div className={styles['head']}>
        <h2 className={styles['title']}>
          {event && !stale ? visibleText(event.type.slice(0, 300) || '(no type)') : `Version ${count(version)}`}
        </h2>
        <IconButton label="Close the event" onClick={onClose}>
          <X size={14} strokeWidth={1.75} aria-hidden />
        </IconButton>
        {event && !stale ? <Facts event={event} /> : null}
      </div>
      <div className={styles['tabs']}>
        <Tabs label="Parts of the event" tabs={TABS} current={tab} onShow={setTab} />
      </div>
      <div className={styles['panel']}>
        {query.error && (stale || !event) ? (
          <div className={styles['message']}>
            <ErrorPanel error={query.error} onRetry={() => void query.refetch()} onCopy={copyText} />
          </div>
        ) : null}
        {event && !stale ? <Body key={`${topic.name} ${event.version}`} topic={topic} event={event} tab={tab} /> : null}
      </div>
    </div>
  );
}

function Facts({ event }: { readonly event: Detail }): ReactNode {
  return (
    <dl className={styles['facts']}>
      <dt>Version</dt>
      <dd>
        <span className="mono">{event.version}</span>
      </dd>
      <dt>Time</dt>
      <dd>
        <span className="mono" title={exactTime(event.timestamp)}>
          {utc(event.timestamp)} UTC
        </span>
        <IconButton label="Copy the time in nanoseconds" onClick={() => copyText(event.timestamp.toString())}>
          <Copy size={14} strokeWidth={1.75} aria-hidden />
        </IconButton>
      </dd>
      <dt>Id</dt>
      <dd>
        <span className="mono" title={event.id.slice(0, 1000)}>
          {visibleText(event.id.slice(0, 200))}
        </span>
        <IconButton label="Copy the id" onClick={() => copyText(event.id)}>
          <Copy size={14} strokeWidth={1.75} aria-hidden />
        </IconButton>
      </dd>
    </dl>
  );
}

/** Both texts whole, or what has come so far. */
function useWhole(
  topic: string,
  event: Detail,
): { data: string; metadata: string; whole: boolean; progress: number; load: () => void; failure: unknown } {
  const [texts, setTexts] = useState({ data: event.data, metadata: event.metadata });
  const [wanted, setWanted] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const whole = texts.data.length >= event.dataTotal && texts.metadata.length >= event.metadataTotal;

  useEffect(() => {
    if (!wanted || whole) return undefined;
    const controller = new AbortController();
    const member = texts.data.length < event.dataTotal ? 'data' : 'metadata';
    const load = async (): Promise<void> => {
      const input = { topic, version: event.version, member, offset: texts[member].length } as const;
      const { text } = replyValue(await tidemark.eventsText(input, { signal: controller.signal }));
      if (!controller.signal.aborted) setTexts((before) => ({ ...before, [member]: before[member] + text }));
    };
    load().catch((error: unknown) => (controller.signal.aborted ? undefined : setFailure(error)));
    return () => controller.abort();
  }, [wanted, whole, texts, event, topic]);

  const progress = (texts.data.length + texts.metadata.length) / (event.dataTotal + event.metadataTotal);
  return { ...texts, whole, progress, failure, load: () => setWanted(true) };
}

function Body({ topic, event, tab }: { readonly topic: GridTopic; readonly event: Detail; readonly tab: TabName }): ReactNode {
  const { data, metadata, whole, progress, load, failure } = useWhole(topic.name, event);
  const text = tab === 'Metadata' ? metadata : data;
  const total = tab === 'Metadata' ? event.metadataTotal : event.dataTotal;
  const partly = text.length < total;
  const rest = (
    <div className={styles['more']}>
      {failure ? <ErrorPanel error={failure} /> : null}
      <span>{progress > 0 && whole ? null : `${size(text.length)} of ${size(total)} loaded`}</span>
      <Button onClick={load}>Open whole</Button>
    </div>
  );
  if (tab === 'Raw') {
    return <Raw event={event} data={data} metadata={metadata} whole={whole} rest={whole ? null : rest} />;
  }
  if (partly) {
    return (
      <>
        <pre className={`${styles['raw']} mono`} tabIndex={0} role="tabpanel" aria-label={tab}>
          {visibleText(text.slice(0, 4000))}…
        </pre>
        {rest}
      </>
    );
  }
  return <JsonTree key={tab} text={text} label={tab} onCopy={copyText} />;
}

interface RawProps {
  readonly event: Detail;
  readonly data: string;
  readonly metadata: string;
  readonly whole: boolean;
  readonly rest: ReactNode;
}

function Raw({ event, data, metadata, whole, rest }: RawProps): ReactNode {
  const [all, setAll] = useState(false);
  // Texts that are whole are valid JSON: the line is the very one that is stored.
  const line = whole ? encodeEvent({ ...event, data: parseJsonText(data), metadata: parseJsonText(metadata) }) : data;
  const shown = all || line.length <= RAW_SHOWN ? line : line.slice(0, RAW_SHOWN);
  return (
    <>
      <pre className={`${styles['raw']} mono`} tabIndex={0} role="tabpanel" aria-label="Raw">
        {visibleText(shown)}
        {shown.length < line.length ? '…' : null}
      </pre>
      {rest ?? (
        <div className={styles['more']}>
          <span>{size(line.length)}</span>
          <Button onClick={() => copyText(line)}>Copy as JSON</Button>
          {shown.length < line.length ? <Button onClick={() => setAll(true)}>Show all</Button> : null}
        </div>
      )}
    </>
  );
}
