import { MAX_COPY_BYTES, type CopyFormat, type CopyProgress } from '../../shared/ipc/contract/events.ts';
import type { Input } from '../../shared/ipc/contract.ts';
import { EventStoreError } from '../../shared/model/errors.ts';
import { encodeEvent, MAX_PAGE, type StoredEvent } from '../../shared/model/event.ts';
import type { EventStore } from '../eventstore/event-store.ts';
import { csvLine } from './csv-line.ts';

/** How long one call works before it answers how far it came. */
const STEP_MS = 200;
/** A copy that nobody asks for any more gives its text back to memory. */
const FORGET_MS = 10_000;

/** Makes the text of a copy, a part a call. One copy at a time. */
export interface EventCopier {
  /**
   * Goes on with the copy of `input.job`, or begins it. `text` is the whole text once `progress.done`, else null.
   * @throws EventStoreError INVALID_INPUT where it would be more than MAX_COPY_BYTES, or nothing at all; CANCELLED.
   */
  advance(
    store: EventStore,
    input: Input<'events.copy'>,
    signal: AbortSignal,
  ): Promise<{ readonly text: string | null; readonly progress: CopyProgress }>;
}

interface Copy {
  readonly job: string;
  readonly store: EventStore;
  readonly parts: string[];
  /** The range that is being read, and the last version looked at in it. */
  range: number;
  after: number;
  events: number;
  bytes: number;
  damaged: number;
  scanned: number;
}

export function createEventCopier(): EventCopier {
  let kept: Copy | null = null;
  let timer: NodeJS.Timeout | undefined;

  function forget(): void {
    clearTimeout(timer);
    kept = null;
  }

  return {
    advance: async (store, input, signal) => {
      clearTimeout(timer);
      const copy = kept?.job === input.job && kept.store === store ? kept : begin(store, input);
      kept = copy;
      try {
        const deadline = performance.now() + STEP_MS;
        while (copy.range < input.ranges.length && performance.now() < deadline) {
          await readPart(copy, input);
          if (signal.aborted) throw new EventStoreError('CANCELLED', 'Copying was stopped; the clipboard is what it was.');
        }
      } catch (error) {
        if (kept === copy) forget();
        throw error;
      }
      const done = copy.range >= input.ranges.length;
      if (!done) {
        timer = setTimeout(forget, FORGET_MS);
        timer.unref();
        return { text: null, progress: progressOf(copy, input, false) };
      }
      if (kept === copy) forget();
      if (copy.events === 0) throw nothingToCopy(copy);
      return { text: wholeText(copy, input.format), progress: progressOf(copy, input, true) };
    },
  };
}

function begin(store: EventStore, { job, ranges }: Input<'events.copy'>): Copy {
  const outOfOrder = ranges.findIndex(({ first, last }, index) => first > last || first <= (ranges[index - 1]?.last ?? 0));
  if (outOfOrder !== -1) {
    throw new EventStoreError('INVALID_INPUT', 'Ranges of versions must be ascending and apart from each other.', { field: 'ranges' });
  }
  return { job, store, parts: [], range: 0, after: (ranges[0]?.first ?? 1) - 1, events: 0, bytes: 0, damaged: 0, scanned: 0 };
}

/** Reads one page of the store: bounded in events, bytes and versions looked at. */
async function readPart(copy: Copy, { topic, ranges, filter, format }: Input<'events.copy'>): Promise<void> {
  const range = ranges[copy.range];
  if (!range) return;
  const types = filter?.types ?? undefined;
  const limit = Math.min(MAX_PAGE, range.last - copy.after);
  // No type at all is asked for by a filter that lets none through; to the store an empty list means every type.
  const page =
    types?.length === 0
      ? { events: [], damaged: [], next: null }
      : await copy.store.readEvents(topic, { direction: 'forward', after: copy.after, limit, types });
  const isWanted = ({ version, timestamp }: StoredEvent): boolean =>
    version <= range.last && (filter?.from ?? timestamp) <= timestamp && (filter?.to == null || timestamp < filter.to);
  for (const event of page.events.filter(isWanted)) add(copy, event, format);
  if (filter === null) copy.damaged += page.damaged.filter(({ version }) => version <= range.last).length;

  const to = page.next === null ? range.last : Math.min(page.next, range.last);
  copy.scanned += to - copy.after;
  copy.after = to;
  if (to < range.last) return;
  copy.range++;
  copy.after = (ranges[copy.range]?.first ?? 1) - 1;
}

function add(copy: Copy, event: StoredEvent, format: CopyFormat): void {
  const text = textOf(event, format);
  copy.bytes += Buffer.byteLength(text);
  if (copy.bytes > MAX_COPY_BYTES) {
    throw new EventStoreError(
      'INVALID_INPUT',
      `These are more than 64 MiB of text, too much for a clipboard (${copy.events.toLocaleString('en')} events fit). ` +
        'Copy fewer at a time, or write them to a file with the command line: tidemark events STORE TOPIC > FILE.',
      { limit: MAX_COPY_BYTES, events: copy.events },
    );
  }
  copy.parts.push(text);
  copy.events++;
}

function textOf(event: StoredEvent, format: CopyFormat): string {
  switch (format) {
    case 'ndjson':
      return `${encodeEvent(event)}\n`;
    case 'csv':
    case 'csv-safe': {
      const { version, timestamp, type, id, data, metadata } = event;
      return csvLine([String(version), String(timestamp), isoTime(timestamp), type, id, data, metadata], format === 'csv-safe');
    }
    case 'ids':
      return `${event.id}\n`;
    case 'versions':
      return `${event.version}\n`;
    case 'links':
      return `${event.topic}#${event.version}\n`;
  }
}

const CSV_HEAD = csvLine(['version', 'nanoseconds', 'time', 'type', 'id', 'data', 'metadata']);

/** One event is the stored line itself; several are lines, each with its end. Lists of names end without one. */
function wholeText({ parts, events }: Copy, format: CopyFormat): string {
  if (format === 'csv' || format === 'csv-safe') return CSV_HEAD + parts.join('');
  const text = parts.join('');
  return events === 1 || format !== 'ndjson' ? text.slice(0, -1) : text;
}

/** RFC 3339 with nine digits, where the years of a calendar reach: 64 bits of nanoseconds always do. */
function isoTime(timestamp: bigint): string {
  const second = 1_000_000_000n;
  const rest = ((timestamp % second) + second) % second;
  const seconds = Number((timestamp - rest) / second);
  return `${new Date(seconds * 1000).toISOString().slice(0, -5)}.${rest.toString().padStart(9, '0')}Z`;
}

function nothingToCopy({ damaged }: Copy): EventStoreError {
  const why = damaged > 0 ? 'What is selected is damaged and cannot be read.' : 'No event is stored at what is selected.';
  return new EventStoreError('INVALID_INPUT', `${why} Nothing was copied.`, { damaged });
}

function progressOf({ events, bytes, damaged, scanned }: Copy, { ranges }: Input<'events.copy'>, done: boolean): CopyProgress {
  const total = ranges.reduce((sum, { first, last }) => sum + last - first + 1, 0);
  return { done, events, bytes, damaged, scanned, total };
}
