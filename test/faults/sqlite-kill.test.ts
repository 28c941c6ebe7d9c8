import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sqliteAdapter } from '../../src/main/adapters/sqlite/sqlite-adapter.ts';
import type { EventRepository } from '../../src/main/eventstore/ports/event-repository.ts';
import type { EventPage, StoredEvent } from '../../src/shared/model/event.ts';
import { startChild, type ChildProcess } from '../support/child-process.ts';
import { openTempFolder, type TempFolder } from '../support/temp-folder.ts';
import { findPartialBatch } from './batch-check.ts';

const appender = new URL('sqlite-append-child.ts', import.meta.url);
const reader = new URL('sqlite-reader-child.ts', import.meta.url);
const ROUNDS = Number(process.env['TIDEMARK_KILL_ROUNDS'] ?? 100);
const RETRY_EVERY = 10;

interface Batch {
  readonly name: string;
  readonly size: number;
  readonly first: number;
}

let folder: TempFolder;

beforeEach(() => {
  folder = openTempFolder('sqlite-kill');
});
afterEach(() => folder.close());

async function open(): Promise<EventRepository> {
  const adapter = sqliteAdapter();
  return await adapter.open(await adapter.locate('store.db', folder.path), { create: true, lockWait: 10_000 });
}

async function eventsAfter(repository: EventRepository, after: number): Promise<StoredEvent[]> {
  const events: StoredEvent[] = [];
  for (let cursor: number | null = after; cursor !== null;) {
    const page: EventPage = await repository.read('orders', { direction: 'forward', cursor, limit: 1000 });
    expect(page.damaged).toEqual([]);
    events.push(...page.events);
    cursor = page.next;
  }
  return events;
}

function batchesOf(lines: readonly string[], kind: 'try' | 'ack'): Batch[] {
  return lines.flatMap((line) => {
    const [word, name = '', size, first] = line.split(' ');
    return word === kind ? [{ name, size: Number(size), first: Number(first) }] : [];
  });
}

function start(round: number): ChildProcess {
  return startChild(appender, [folder.path, 'orders', `r${round}`, String(round * 7919)]);
}

const total = { confirmed: 0, cutShort: 0, retried: 0 };

/** Lets one writer write, kills it at a random moment, and compares what it said with what is there. */
async function killOnce(child: ChildProcess, round: number, latest: number): Promise<{ latest: number; last: Batch }> {
  await child.waitForLine((line) => line === 'ready');
  child.write('go\n');
  await child.waitForLine((line) => line.startsWith('try '));
  await sleep(5 + Math.random() * 115);
  child.kill('SIGKILL');
  expect((await child.ended).signal).toBe('SIGKILL');
  const tried = batchesOf(child.lines, 'try');
  const acks = batchesOf(child.lines, 'ack');

  const repository = await open();
  const found = await eventsAfter(repository, latest);
  await repository.close();
  const told = `round ${round}`;
  expect(findPartialBatch(found, false), told).toBeNull();
  expect(
    found.map(({ version }) => version),
    told,
  ).toEqual(found.map((_event, index) => latest + 1 + index));
  const versionOf = new Map(found.map(({ id, version }) => [id, version]));
  expect(versionOf.size, told).toBe(found.length);
  for (const { name, size, first } of acks) {
    for (let index = 0; index < size; index++) expect(versionOf.get(`${name}/${index}`), told).toBe(first + index);
    total.confirmed += size;
  }
  if (acks.length < tried.length) total.cutShort++;
  return { latest: latest + found.length, last: tried.at(-1) ?? { name: '', size: 0, first: 0 } };
}

/** Repeats a batch of which nobody knows whether it was written: afterwards it is there exactly once. Answers the latest version. */
async function retry({ name, size }: Batch, latest: number): Promise<number> {
  const again = startChild(appender, [folder.path, 'orders', 'x', '1', name, String(size)]);
  expect(await again.ended).toMatchObject({ code: 0 });
  const repository = await open();
  const around = await eventsAfter(repository, Math.max(0, latest - size));
  expect(around.filter(({ id }) => id.startsWith(`${name}/`))).toHaveLength(size);
  const now = await repository.latestVersion('orders');
  expect([latest, latest + size]).toContain(now);
  await repository.close();
  total.retried++;
  return now;
}

describe('a sqlite writer killed at any moment', () => {
  it(`loses nothing it confirmed and leaves no part of a batch, in ${ROUNDS} rounds, also in the eyes of a second process`, async () => {
    const repository = await open();
    await repository.createTopic({ name: 'orders', adapter: 'sqlite', connection: '.', options: {} }, 'refuse', '1');
    await repository.close();
    const watching = startChild(reader, [folder.path, 'orders']);
    const ready = [start(0), start(1)];
    let latest = 0;
    for (let round = 0; round < ROUNDS; round++) {
      const child = ready.shift()!;
      // Starting a process takes longer than a round, so the next ones get ready meanwhile.
      if (round + 2 < ROUNDS) ready.push(start(round + 2));
      const outcome = await killOnce(child, round, latest);
      latest = outcome.latest;
      if (round % RETRY_EVERY === 0) latest = await retry(outcome.last, latest);
    }
    watching.write('enough\n');
    expect(await watching.ended).toMatchObject({ code: 0, stderr: '' });
    expect(watching.lines.filter((line) => !line.startsWith('looks'))).toEqual([]);
    const [, looks, growths] = (watching.lines.at(-1) ?? '').split(' ').map(Number);
    // The harness must have tested something: kills in the middle, a reader that saw the topic grow.
    expect(total.cutShort).toBeGreaterThan(0);
    expect(total.confirmed).toBeGreaterThan(ROUNDS);
    expect(growths).toBeGreaterThan(ROUNDS / 4);
    console.info(
      `sqlite: ${ROUNDS} kills, ${total.confirmed} confirmed, ${total.cutShort} cut short, ${total.retried} retried, ${looks} looks`,
    );
  }, 180_000);
});
