import type { EventRow, SentEvent } from '../../../shared/ipc/contract/events.ts';
import { PART_CHARS, TEXT_CHARS } from '../../../shared/ipc/text-chars.ts';
import { EventStoreError, isEventStoreError } from '../../../shared/model/errors.ts';
import type { DamagedVersion, NewEvent, StoredEvent } from '../../../shared/model/event.ts';
import { parseJsonText, type JsonText } from '../../../shared/model/json-text.ts';
import type { EventStore } from '../../eventstore/event-store.ts';
import { createPace } from '../../eventstore/pace.ts';
import { textPart } from '../../../shared/model/text-part.ts';
import { eventDetail, pageRows, ROW_LENGTHS } from '../event-rows.ts';
import { createEventCopier, type EventCopier } from '../event-copier.ts';
import type { AreaHandlers } from '../handlers.ts';
import { readOne } from '../read-one.ts';
import { createStagedBatch, type StagedBatch } from '../staged-batches.ts';
import type { Workspace } from '../workspace.ts';
import type { AppPort } from './app.ts';

/** Events of a message that hold nobody up. */
const LONG_BATCH = 100;

/** How long a filtered page may look for its rows before it answers what it has, with `next` to go on from. */
const FILTER_MS = 250;

export function eventsHandlers(app: Pick<AppPort, 'copyText'>): AreaHandlers<'events'> {
  const long = createLongReader();
  const copiers = new WeakMap<Workspace, EventCopier>();
  const staged = new WeakMap<EventStore, StagedBatch>();
  return {
    'events.page': async (input, { workspace, signal }) => {
      const store = workspace.store();
      const rows: EventRow[] = [];
      const damaged: DamagedVersion[] = [];
      const deadline = performance.now() + FILTER_MS;
      const filtered = (input.types?.length ?? 0) > 0;
      let next = input.cursor;
      // A page of the store is bounded in bytes and versions, so it may be shorter than what was asked; the grid wants its rows.
      do {
        const room = input.limit - rows.length - damaged.length;
        const query = { direction: input.direction, ...cursorOf(input.direction, next), limit: room, types: input.types };
        const page = await store.readBeginnings(input.topic, query, ROW_LENGTHS);
        const part = pageRows(page, input.direction, room);
        rows.push(...part.rows);
        damaged.push(...part.damaged);
        next = part.next;
      } while (
        next !== null &&
        rows.length + damaged.length < input.limit &&
        !signal.aborted &&
        !(filtered && performance.now() > deadline)
      );
      const latestVersion = await store.getLatestVersion(input.topic);
      workspace.watch().look(input.topic, latestVersion);
      return { rows, damaged, next, latestVersion };
    },

    'events.get': async ({ topic, version }, { workspace }) => eventDetail(await long.first(workspace.store(), topic, version)),

    'events.text': async ({ topic, version, member, offset }, { workspace }) => {
      const text = (await long.again(workspace.store(), topic, version))[member];
      return { text: textPart(text, offset, PART_CHARS), total: text.length };
    },

    'events.copy': async (input, { workspace, signal }) => {
      const store = workspace.store();
      if (input.topic !== workspace.info()?.configTopic) await checkIncarnation(store, input.topic, input.incarnation);
      const copier = copiers.get(workspace) ?? createEventCopier();
      copiers.set(workspace, copier);
      const { text, progress } = await copier.advance(store, input, signal);
      if (text !== null) await app.copyText(text);
      return progress;
    },

    'events.stage': async ({ batch, first, events }, { workspace }) => {
      const store = workspace.store();
      const parts = staged.get(store) ?? createStagedBatch();
      staged.set(store, parts);
      return { events: parts.add(batch, first, events, await newEvents(events, first)) };
    },

    'events.append': async (input, { workspace }) => {
      const store = workspace.store();
      const before = input.staged ? (staged.get(store) ?? createStagedBatch()).take(input.staged.batch, input.staged.events) : [];
      const events = [...before, ...(await newEvents(input.events, before.length))];
      const result = await store.appendEvents(input.topic, events, {
        expectedVersion: input.expectedVersion ?? undefined,
        incarnation: input.incarnation,
      });
      if (result.first !== null && !result.replayed) workspace.watch().wrote(input.topic, result.last);
      return result;
    },

    'events.pickBatch': async (_input, { workspace }) => workspace.window.pickBatch(),
  };
}

function cursorOf(direction: 'forward' | 'backward', cursor: number | null): { readonly after?: number; readonly before?: number } {
  if (cursor === null) return {};
  return direction === 'forward' ? { after: cursor } : { before: cursor };
}

interface LongReader {
  /** Always reads; what is long is kept for `again`. */
  readonly first: (store: EventStore, topic: string, version: number) => Promise<StoredEvent>;
  readonly again: (store: EventStore, topic: string, version: number) => Promise<StoredEvent>;
}

const KEPT_MS = 5000;

/** Keeps the last long event until a few seconds after it was last asked for: a text of 64 MiB is asked for in hundreds of parts. */
function createLongReader(): LongReader {
  interface Reading {
    readonly store: EventStore;
    readonly topic: string;
    readonly version: number;
    readonly event: Promise<StoredEvent>;
  }
  let kept: Reading | null = null;
  let timer: NodeJS.Timeout | undefined;

  const keep = (reading: Reading): void => {
    clearTimeout(timer);
    kept = reading;
    const forget = (): void => {
      if (kept === reading) kept = null;
    };
    // Counted from when it is there: reading it may take longer than it is kept.
    const forgetLater = (): void => {
      if (kept !== reading) return;
      clearTimeout(timer);
      timer = setTimeout(forget, KEPT_MS);
      timer.unref();
    };
    reading.event.then(forgetLater, forget);
  };

  return {
    async first(store, topic, version) {
      const event = await readOne(store, topic, version);
      if (Math.max(event.data.length, event.metadata.length, event.id.length, event.type.length) > TEXT_CHARS) {
        keep({ store, topic, version, event: Promise.resolve(event) });
      }
      return event;
    },
    again(store, topic, version) {
      const isKept = kept !== null && kept.store === store && kept.topic === topic && kept.version === version;
      const reading = isKept && kept ? kept : { store, topic, version, event: readOne(store, topic, version) };
      keep(reading);
      return reading.event;
    },
  };
}

/** A topic that was deleted and made again is another one: what the person looked at is gone. */
async function checkIncarnation(store: EventStore, name: string, incarnation: number): Promise<void> {
  const topic = await store.getTopic(name);
  if (topic.incarnation === incarnation) return;
  throw new EventStoreError(
    'TOPIC_NOT_FOUND',
    `"${name}" was deleted and made again since it was shown here. Look at the new topic first.`,
    {
      topic: name,
      incarnation: topic.incarnation,
    },
  );
}

/** `first`: the place of the first of them in the whole batch. */
async function newEvents(sent: readonly SentEvent[], first: number): Promise<NewEvent[]> {
  const events: NewEvent[] = [];
  // The message itself took its time to be read and looked at.
  const breathe = createPace({ due: sent.length > LONG_BATCH });
  for (const { type, data, metadata, id, timestamp } of sent) {
    await breathe();
    const index = first + events.length;
    events.push({ type, data: jsonOf(data, 'data', index), metadata: jsonOf(metadata, 'metadata', index), id, timestamp });
  }
  return events;
}

/** @throws EventStoreError INVALID_EVENT naming the event and the member. */
function jsonOf(text: string | undefined, member: 'data' | 'metadata', index: number): JsonText | undefined {
  if (text === undefined) return undefined;
  try {
    return parseJsonText(text);
  } catch (error) {
    if (!isEventStoreError(error)) throw error;
    throw new EventStoreError(error.code, `Event ${index + 1}, ${member}: ${error.message}`, { ...error.details, index, field: member });
  }
}
