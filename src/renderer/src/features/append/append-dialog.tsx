import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useId, useState, type KeyboardEvent, type ReactNode } from 'react';
import { replyValue } from '../../../../shared/ipc/api.ts';
import type { TopicRow } from '../../../../shared/ipc/contract/topics.ts';
import { isEventStoreError, type EventStoreError } from '../../../../shared/model/errors.ts';
import { parseJsonText } from '../../../../shared/model/json-text.ts';
import { copyText } from '../../api/copy.ts';
import { tidemark } from '../../api/tidemark.ts';
import { usePlace } from '../../state/place.ts';
import { Keys } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import controls from '../../ui/controls.module.css';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { TextArea, TextField } from '../../ui/field.tsx';
import { plural, size, utc } from '../../ui/format.ts';
import { Tabs } from '../../ui/tabs.tsx';
import { visibleText } from '../../ui/visible-text.tsx';
import styles from './append-dialog.module.css';
import { byteCount, draftFault, parseBatch, type Draft } from './draft.ts';

const TABS = [
  { name: 'one', content: 'One event' },
  { name: 'several', content: 'Several' },
] as const;

interface AppendDialogProps {
  readonly topic: TopicRow;
  /** Types to suggest. */
  readonly types: readonly string[];
}

/** Draft, review in a line, append. The expected version is the one that was on the screen when the draft began. */
export function AppendDialog({ topic, types }: AppendDialogProps): ReactNode {
  const { go, select } = usePlace();
  const client = useQueryClient();
  const [tab, setTab] = useState<'one' | 'several'>('one');
  const [type, setType] = useState('');
  const [data, setData] = useState('{}');
  const [metadata, setMetadata] = useState('');
  const [batch, setBatch] = useState('');
  const [expected, setExpected] = useState<number | null>(topic.latestVersion ?? 0);

  const draft = tab === 'one' ? oneEvent(type, data, metadata) : parseBatch(batch);
  const append = useMutation({
    mutationFn: async (expectedVersion: number | null) => {
      if ('fault' in draft) throw new Error(draft.fault);
      const events = draft.events.map((event) => ({ ...event }));
      return replyValue(await tidemark.eventsAppend({ topic: topic.name, incarnation: topic.incarnation, expectedVersion, events }));
    },
    onSuccess: async ({ last }) => {
      await client.invalidateQueries({ queryKey: ['topics'] });
      go({ view: 'events' });
      select(last);
    },
  });
  const conflict = isEventStoreError(append.error, 'VERSION_CONFLICT') ? append.error : null;
  const ready =
    !('fault' in draft) && draft.events.length > 0 && !append.isPending && (expected === null || Number.isSafeInteger(expected));
  const submit = (): void => (ready ? append.mutate(expected) : undefined);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    submit();
    event.preventDefault();
  };

  return (
    <Dialog
      title="Append events"
      description={<>to {visibleText(topic.name.slice(0, 100))}. Appended events stay: they are never changed or removed.</>}
      width={640}
      onClose={() => go({ view: 'events' })}
      note={<Review draft={draft} />}
      footer={
        <>
          <Button onClick={() => go({ view: 'events' })}>Cancel</Button>
          <Button look="primary" disabled={!ready} onClick={submit}>
            Append <Keys>Ctrl+Enter</Keys>
          </Button>
        </>
      }
    >
      <div className={styles['tabs']}>
        <Tabs label="How many" tabs={TABS} current={tab} onShow={setTab} />
      </div>
      {/* Ctrl+Enter appends from any field. */}
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- keys of the fields inside come by here */}
      <div onKeyDown={onKeyDown} style={{ display: 'grid', gap: 12 }}>
        {tab === 'one' ? (
          <>
            <TypeField type={type} types={types} onChange={setType} />
            <TextArea
              label="Data"
              rows={5}
              fault={draftFault(data)}
              value={data}
              hint="Any JSON value; empty is null"
              onChange={(event) => setData(event.target.value)}
            />
            <TextArea
              label="Metadata"
              rows={2}
              fault={draftFault(metadata)}
              value={metadata}
              hint="Any JSON value; empty is null"
              onChange={(event) => setMetadata(event.target.value)}
            />
          </>
        ) : (
          <TextArea
            label="Events"
            rows={11}
            fault={batch.trim() !== '' && 'fault' in draft ? draft.fault : null}
            hint="One event a line, or a JSON array: { type, data, metadata?, id?, timestamp? }"
            value={batch}
            onChange={(event) => setBatch(event.target.value)}
          />
        )}
        <ExpectedVersion expected={expected} latest={topic.latestVersion ?? 0} onChange={setExpected} />
        {dataWarning(topic, draft) ? <p className={controls['hint']}>{dataWarning(topic, draft)}</p> : null}
      </div>
      {conflict ? <Conflict topic={topic} error={conflict} onRebase={(actual) => (setExpected(actual), append.mutate(actual))} /> : null}
      {append.error && !conflict ? <ErrorPanel error={append.error} onCopy={copyText} /> : null}
    </Dialog>
  );
}

function oneEvent(type: string, data: string, metadata: string): Draft {
  if (type === '') return { fault: 'An event needs a type.' };
  const fault = draftFault(data) ?? draftFault(metadata);
  if (fault !== null) return { fault };
  const event = {
    type,
    ...(data.trim() === '' ? {} : { data: parseJsonText(data) }),
    ...(metadata.trim() === '' ? {} : { metadata: parseJsonText(metadata) }),
  };
  return { events: [event], bytes: byteCount([event]) };
}

/** The Go original shares the fs layout, and neither takes a lock nor reads data that is no object. */
function dataWarning(topic: TopicRow, draft: Draft): string | null {
  if (topic.adapter !== 'fs') return null;
  const odd = !('fault' in draft) && draft.events.some(({ data = 'null' }) => !/^\s*\{|^\s*null\s*$/.test(data));
  const server = 'A Go server running on this folder takes no lock and may overwrite what is appended here.';
  return odd ? `Data that is not a JSON object cannot be read by the Go original. ${server}` : server;
}

function Review({ draft }: { readonly draft: Draft }): ReactNode {
  if ('fault' in draft) return <span role="status">Nothing to append yet</span>;
  return (
    <span role="status">
      {plural(draft.events.length, 'event')}, {size(draft.bytes)}
    </span>
  );
}

function TypeField({
  type,
  types,
  onChange,
}: {
  readonly type: string;
  readonly types: readonly string[];
  readonly onChange: (type: string) => void;
}): ReactNode {
  const list = useId();
  return (
    <>
      <TextField
        label="Type"
        hint="What happened, in the past tense: OrderPlaced"
        value={type}
        list={list}
        autoFocus
        onChange={(event) => onChange(event.target.value)}
      />
      <datalist id={list}>
        {types.map((known) => (
          <option key={known} value={known} />
        ))}
      </datalist>
    </>
  );
}

interface ExpectedVersionProps {
  readonly expected: number | null;
  readonly latest: number;
  readonly onChange: (expected: number | null) => void;
}

function ExpectedVersion({ expected, latest, onChange }: ExpectedVersionProps): ReactNode {
  const id = useId();
  return (
    <div className={controls['field']}>
      <label className={controls['label']} htmlFor={id}>
        Expected version
      </label>
      <div className={styles['expected']}>
        <input
          id={id}
          type="number"
          min={0}
          step={1}
          className={controls['input']}
          disabled={expected === null}
          value={expected === null || Number.isNaN(expected) ? '' : expected}
          aria-invalid={Number.isNaN(expected)}
          onChange={(event) => onChange(event.target.value === '' ? Number.NaN : Math.max(0, Math.trunc(Number(event.target.value))))}
        />
        <label className={styles['check']}>
          <input type="checkbox" checked={expected === null} onChange={(event) => onChange(event.target.checked ? null : latest)} />
          any version
        </label>
        <span className={controls['hint']}>
          {expected === null ? 'Appends whatever was written meanwhile' : 'Refused if the topic has another version by then'}
        </span>
      </div>
    </div>
  );
}

interface ConflictProps {
  readonly topic: TopicRow;
  readonly error: EventStoreError;
  readonly onRebase: (actual: number) => void;
}

/** Someone was faster: what they wrote, and the way on. */
function Conflict({ topic, error, onRebase }: ConflictProps): ReactNode {
  const expected = Number(error.details['expected']);
  const actual = Number(error.details['actual']);
  const newer = useQuery({
    queryKey: ['newer', topic.name, expected, actual],
    queryFn: async () =>
      replyValue(await tidemark.eventsPage({ topic: topic.name, direction: 'forward', cursor: Math.min(expected, actual), limit: 20 }))
        .rows,
    gcTime: 0,
  });
  return (
    <div role="alert" className={styles['conflict']}>
      <h3>
        Nothing was appended <span className="mono">VERSION_CONFLICT</span>
      </h3>
      <p>
        You expected version {expected}; the topic is at version {actual}.{' '}
        {actual > expected
          ? `${plural(actual - expected, 'event was', 'events were')} appended meanwhile.`
          : 'It has fewer events than you expected.'}
      </p>
      {newer.data && newer.data.length > 0 ? (
        <ul className={`${styles['newer']} mono`} aria-label="Newer events">
          {newer.data.map((event) => (
            <li key={event.version}>
              <span>{event.version}</span>
              <span>{visibleText(event.type)}</span>
              <span>
                {utc(event.timestamp)} {visibleText(event.preview.slice(0, 80))}
              </span>
            </li>
          ))}
        </ul>
      ) : null}
      <div className={styles['actions']}>
        <Button onClick={() => onRebase(actual)}>Rebase and retry</Button>
      </div>
    </div>
  );
}
