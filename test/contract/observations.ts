import { expect } from 'vitest';
import type { CountSlice, EventRepository, PreparedEvent, ScanSlice } from '../../src/main/eventstore/ports/event-repository.ts';
import { EventStoreError, type ErrorFacts } from '../../src/shared/model/errors.ts';
import type { DamagedVersion, EventPage, ReadQuery, StoredEvent } from '../../src/shared/model/event.ts';
import type { TrashedTopic } from '../../src/shared/model/trash.ts';
import type { RepositoryTopic } from '../../src/main/eventstore/ports/event-repository.ts';

/** The facts of the EventStoreError a call is refused with; fails for an answer and for any other error. */
export async function refusal(call: Promise<unknown>): Promise<ErrorFacts> {
  const outcome: unknown = await call.then(
    (answer) => expect.fail(`should be refused, but answers ${show(answer)}`),
    (error: unknown) => error,
  );
  if (!(outcome instanceof EventStoreError)) expect.fail(`is refused by something else than an EventStoreError: ${String(outcome)}`);
  expect(outcome.message).not.toBe('');
  return { code: outcome.code, message: outcome.message, details: outcome.details };
}

export async function refusedWith(call: Promise<unknown>): Promise<string> {
  return (await refusal(call)).code;
}

function show(answer: unknown): string {
  return JSON.stringify(answer, (_key, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value))?.slice(0, 300) ?? 'nothing';
}

/** A page, with what holds for every page checked. */
export async function readPage(repository: EventRepository, topic: string, query: ReadQuery): Promise<EventPage> {
  const page = await repository.read(topic, query);
  const { direction, cursor, limit } = query;
  expect(page.events.length).toBeLessThanOrEqual(limit);
  const versions = page.events.map((event) => event.version);
  const damaged = page.damaged.map((entry) => entry.version);
  for (const list of [versions, damaged]) expect(list).toEqual(list.toSorted((a, b) => (direction === 'forward' ? a - b : b - a)));
  if (cursor !== null) for (const version of [...versions, ...damaged]) expectBeyond(direction, cursor, version);
  expect(page.scanned).toBeGreaterThanOrEqual(versions.length + damaged.length);
  if (page.next !== null && cursor !== null) expectBeyond(direction, cursor, page.next);
  return page;
}

function expectBeyond(direction: ReadQuery['direction'], cursor: number, version: number): void {
  if (direction === 'forward') expect(version, 'the cursor is exclusive').toBeGreaterThan(cursor);
  else expect(version, 'the cursor is exclusive').toBeLessThan(cursor);
}

/** Every page from `query.cursor` to the end. Each page must move on, so that this ends with any repository. */
export async function readAll(
  repository: EventRepository,
  topic: string,
  query: ReadQuery = { direction: 'forward', cursor: 0, limit: 1000 },
): Promise<{ readonly events: readonly StoredEvent[]; readonly damaged: readonly DamagedVersion[]; readonly pages: number }> {
  const events: StoredEvent[] = [];
  const damaged: DamagedVersion[] = [];
  let pages = 0;
  let cursor = query.cursor;
  do {
    const page = await readPage(repository, topic, { ...query, cursor });
    events.push(...page.events);
    damaged.push(...page.damaged);
    cursor = page.next;
    pages++;
  } while (cursor !== null);
  return { events, damaged, pages };
}

export async function readVersions(repository: EventRepository, topic: string, query?: ReadQuery): Promise<readonly number[]> {
  return (await readAll(repository, topic, query)).events.map((event) => event.version);
}

/** Every slice of a count, added up. */
export async function countAll(repository: EventRepository, topic: string, after = 0): Promise<Omit<CountSlice, 'next'>> {
  const damaged: DamagedVersion[] = [];
  let events = 0;
  let cursor: number | null = after;
  while (cursor !== null) {
    const slice: CountSlice = await repository.count(topic, cursor);
    events += slice.events;
    damaged.push(...slice.damaged);
    if (slice.next !== null) expect(slice.next, 'a slice moves on').toBeGreaterThan(cursor);
    cursor = slice.next;
  }
  return { events, damaged };
}

export interface Scanned {
  readonly events: readonly Pick<StoredEvent, 'version' | 'timestamp' | 'type'>[];
  readonly damaged: readonly DamagedVersion[];
  readonly scanned: number;
}

/** Every slice of a scan, with what holds for each of them checked. */
export async function scanAll(repository: EventRepository, topic: string, after = 0, holding: string | null = null): Promise<Scanned> {
  const events: Scanned['events'][number][] = [];
  const damaged: DamagedVersion[] = [];
  let scanned = 0;
  let cursor: number | null = after;
  while (cursor !== null) {
    const slice: ScanSlice = await repository.scan(topic, cursor, holding);
    const { versions, timestamps, types, names } = slice;
    expect([timestamps.length, types.length]).toEqual([versions.length, versions.length]);
    expect(slice.scanned).toBeGreaterThanOrEqual(versions.length + slice.damaged.length);
    expect(new Set(names).size).toBe(names.length);
    let last = cursor;
    for (const [index, version] of versions.entries()) {
      expect(version, 'versions ascend from the cursor on').toBeGreaterThan(last);
      last = version;
      events.push({ version, timestamp: timestamps[index]!, type: names[types[index]!]! });
    }
    damaged.push(...slice.damaged);
    scanned += slice.scanned;
    if (slice.next !== null) expect(slice.next, 'a slice moves on').toBeGreaterThan(cursor);
    cursor = slice.next;
  }
  return { events, damaged, scanned };
}

export async function scannedVersions(
  repository: EventRepository,
  topic: string,
  after?: number,
  holding?: string | null,
): Promise<readonly number[]> {
  return (await scanAll(repository, topic, after, holding)).events.map(({ version }) => version);
}

/** What `batch` is as stored events of `topic` from version `first` on. */
export function storedAs(batch: readonly PreparedEvent[], topic: string, first = 1): readonly StoredEvent[] {
  return batch.map(({ id, type, data, metadata, timestamp }, index) => ({
    id,
    topic,
    type,
    data,
    metadata,
    timestamp,
    version: first + index,
  }));
}

/** Everything a repository tells about its topics, its trash and its events: equal before and after what must change nothing. */
export interface Contents {
  readonly topics: readonly (RepositoryTopic & { readonly latest: number; readonly events: readonly StoredEvent[] })[];
  readonly trash: readonly TrashedTopic[];
}

export async function contentsOf(repository: EventRepository): Promise<Contents> {
  const topics = [];
  for (const topic of await repository.listTopics(null, 1000)) {
    const { events } = await readAll(repository, topic.name);
    topics.push({ ...topic, latest: await repository.latestVersion(topic.name), events });
  }
  return { topics, trash: await repository.listTrash(null, 1000) };
}
