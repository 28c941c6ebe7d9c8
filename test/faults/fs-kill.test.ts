import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fileSystemAdapter } from '../../src/main/adapters/filesystem/file-system-adapter.ts';
import type { EventRepository } from '../../src/main/eventstore/ports/event-repository.ts';
import type { EventPage, StoredEvent } from '../../src/shared/model/event.ts';
import { startChild, type ChildProcess } from '../support/child-process.ts';
import { openTempFolder, type TempFolder } from '../support/temp-folder.ts';
import { findPartialBatch } from './batch-check.ts';

const appender = new URL('fs-append-child.ts', import.meta.url);
const reader = new URL('fs-reader-child.ts', import.meta.url);
const ROUNDS = Number(process.env['TIDEMARK_KILL_ROUNDS'] ?? 100);

/** Rounds on one topic, before the next: a given id is looked for among all events of a topic. */
const ROUNDS_A_TOPIC = 10;

let folder: TempFolder;

const open = async (): Promise<EventRepository> => {
  const adapter = fileSystemAdapter();
  return adapter.open(await adapter.locate('store', folder.path), { create: true, lockWait: 5000 });
};

async function eventsAfter(repository: EventRepository, topic: string, after: number): Promise<StoredEvent[]> {
  const events: StoredEvent[] = [];
  for (let cursor: number | null = after; cursor !== null;) {
    const page: EventPage = await repository.read(topic, { direction: 'forward', cursor, limit: 1000 });
    expect(page.damaged).toEqual([]);
    events.push(...page.events);
    cursor = page.next;
  }
  return events;
}

beforeEach(() => {
  folder = openTempFolder('fs-kill');
});
afterEach(() => folder.close());

interface Batch {
  readonly name: string;
  readonly size: number;
  readonly first: number;
}

const batchesOf = (lines: readonly string[], kind: 'try' | 'ack'): Batch[] =>
  lines.flatMap((line) => {
    const [word, name = '', size, first] = line.split(' ');
    return word === kind ? [{ name, size: Number(size), first: Number(first) }] : [];
  });

const started = (topic: string, round: number): ChildProcess =>
  startChild(appender, [folder.path, topic, `r${round}`, String(round * 7919)]);

const total = { confirmed: 0, cutShort: 0, retried: 0, looks: 0, growths: 0 };

/** Kills one writer at a random moment and compares what it said with what is there. Answers the last batch it tried. */
async function killOnce(child: ChildProcess, topic: string, round: number, latest: number): Promise<{ latest: number; last: Batch }> {
  await child.waitForLine((line) => line === 'ready');
  child.write('go\n');
  // Some batches in, so that a busy machine proves as much as an idle one; then at any moment of the next ones.
  const batches = Math.floor(Math.random() * 5);
  await child.waitForLine((line) => line.startsWith(`try r${round}-${batches} `));
  await sleep(5 + Math.random() * 115);
  child.kill('SIGKILL');
  expect((await child.ended).signal).toBe('SIGKILL');
  const tried = batchesOf(child.lines, 'try');
  const acks = batchesOf(child.lines, 'ack');

  const repository = await open();
  const found = await eventsAfter(repository, topic, latest);
  await repository.close();
  expect(findPartialBatch(found, false), `round ${round}`).toBeNull();
  expect(
    found.map(({ version }) => version),
    `round ${round}`,
  ).toEqual(found.map((_event, index) => latest + 1 + index));
  const versionOf = new Map(found.map(({ id, version }) => [id, version]));
  expect(versionOf.size, `round ${round}`).toBe(found.length);
  for (const { name, size, first } of acks) {
    for (let index = 0; index < size; index++) expect(versionOf.get(`${name}/${index}`), `round ${round}`).toBe(first + index);
    total.confirmed += size;
  }
  if (acks.length < tried.length) total.cutShort++;
  return { latest: latest + found.length, last: tried.at(-1) ?? { name: '', size: 0, first: 0 } };
}

/** Repeats a batch of which nobody knows whether it was written: afterwards it is there exactly once. */
async function retry(topic: string, { name, size }: Batch): Promise<void> {
  if (size === 0) return;
  const again = startChild(appender, [folder.path, topic, 'x', '1', name, String(size)]);
  expect(await again.ended).toMatchObject({ code: 0 });
  const repository = await open();
  const all = await eventsAfter(repository, topic, 0);
  await repository.close();
  expect(all.filter(({ id }) => id.startsWith(`${name}/`))).toHaveLength(size);
  expect(findPartialBatch(all, false)).toBeNull();
  total.retried++;
}

describe('a writer killed at any moment', () => {
  it(`loses nothing it confirmed and leaves no part of a batch, in ${ROUNDS} rounds, also in the eyes of a second process`, async () => {
    for (let round = 0; round < ROUNDS;) {
      const topic = `t${round}`;
      const repository = await open();
      await repository.createTopic({ name: topic, adapter: 'fs', connection: 'store', options: {} }, 'refuse', '1');
      await repository.close();
      const watching = startChild(reader, [folder.path, topic]);
      // Starting a process takes longer than a round, so the next one gets ready meanwhile.
      let child = started(topic, round);
      let outcome: { latest: number; last: Batch } | null = null;
      for (let n = 1; n <= ROUNDS_A_TOPIC; n++) {
        const next = n < ROUNDS_A_TOPIC ? started(topic, round + 1) : null;
        outcome = await killOnce(child, topic, round++, outcome?.latest ?? 0);
        if (next) child = next;
      }
      if (outcome) await retry(topic, outcome.last);
      watching.write('enough\n');
      expect(await watching.ended).toMatchObject({ code: 0, stderr: '' });
      expect(watching.lines.filter((line) => !line.startsWith('looks'))).toEqual([]);
      const [, looks, growths] = watching.lines.at(-1)?.split(' ').map(Number) ?? [];
      total.looks += looks ?? 0;
      total.growths += growths ?? 0;
    }
    console.log(`fs kill: ${ROUNDS} rounds, ${JSON.stringify(total)}`);
    // Rounds that proved nothing would be no proof: enough was written, interrupted, repeated and watched.
    expect(total.confirmed).toBeGreaterThan(ROUNDS * 10);
    expect(total.cutShort).toBeGreaterThan(ROUNDS / 3);
    expect(total.retried).toBeGreaterThan(ROUNDS / ROUNDS_A_TOPIC / 2);
    expect(total.growths).toBeGreaterThan(ROUNDS / 2);
  }, 300_000);
});
