import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fileSystemAdapter } from '../../src/main/adapters/filesystem/file-system-adapter.ts';
import type { EventRepository } from '../../src/main/eventstore/ports/event-repository.ts';
import type { StoredEvent } from '../../src/shared/model/event.ts';
import { startChild } from '../support/child-process.ts';
import { openTempFolder, type TempFolder } from '../support/temp-folder.ts';
import { findPartialBatch } from './batch-check.ts';

const appender = new URL('fs-append-child.ts', import.meta.url);
const reader = new URL('fs-reader-child.ts', import.meta.url);
const ROUNDS = Number(process.env['TIDEMARK_KILL_ROUNDS'] ?? 100);

let folder: TempFolder;

const open = async (): Promise<EventRepository> => {
  const adapter = fileSystemAdapter();
  return adapter.open(await adapter.locate('store', folder.path), { create: true, lockWait: 5000 });
};

async function eventsAfter(repository: EventRepository, after: number): Promise<StoredEvent[]> {
  const events: StoredEvent[] = [];
  for (let cursor: number | null = after; cursor !== null;) {
    const page: Awaited<ReturnType<EventRepository['read']>> = await repository.read('t', { direction: 'forward', cursor, limit: 1000 });
    expect(page.damaged).toEqual([]);
    events.push(...page.events);
    cursor = page.next;
  }
  return events;
}

beforeEach(async () => {
  folder = openTempFolder('fs-kill');
  const repository = await open();
  await repository.createTopic({ name: 't', adapter: 'fs', connection: 'store', options: {} }, 'refuse', '1');
  await repository.close();
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

describe('a writer killed at any moment', () => {
  it(`loses nothing it confirmed and leaves no part of a batch, in ${ROUNDS} rounds, also in the eyes of a second process`, async () => {
    const watching = startChild(reader, [folder.path]);
    let latest = 0;
    let confirmed = 0;
    let retried = 0;
    let unsettled = 0;
    // Starting a process takes longer than a round, so the next one gets ready while this one runs.
    for (let round = 1; round <= ROUNDS; round++) {
      const child = startChild(appender, [folder.path, `r${round}`, String(round * 7919)]);
      await child.waitForLine((line) => line.startsWith('try'));
      await sleep(5 + Math.random() * 115);
      child.kill('SIGKILL');
      expect((await child.ended).signal).toBe('SIGKILL');
      const acks = batchesOf(child.lines, 'ack');

      const repository = await open();
      const found = await eventsAfter(repository, latest);
      expect(findPartialBatch(found, false), `round ${round}`).toBeNull();
      expect(
        found.map(({ version }) => version),
        `round ${round}`,
      ).toEqual(found.map((_event, index) => latest + 1 + index));
      const versionOf = new Map(found.map(({ id, version }) => [id, version]));
      expect(versionOf.size, `round ${round}`).toBe(found.length);
      for (const { name, size, first } of acks) {
        for (let index = 0; index < size; index++) expect(versionOf.get(`${name}/${index}`), `round ${round}`).toBe(first + index);
        confirmed += size;
      }
      latest = found.at(-1)?.version ?? latest;

      const last = batchesOf(child.lines, 'try').at(-1);
      if (round % 10 === 0 && last) {
        const again = startChild(appender, [folder.path, 'x', '1', last.name, String(last.size)]);
        expect(await again.ended).toMatchObject({ code: 0 });
        const all = await eventsAfter(repository, 0);
        expect(
          all.filter(({ id }) => id.startsWith(`${last.name}/`)),
          `round ${round}`,
        ).toHaveLength(last.size);
        expect(findPartialBatch(all, false), `round ${round}`).toBeNull();
        latest = all.length;
        retried++;
      }
      if (acks.length < batchesOf(child.lines, 'try').length) unsettled++;
      await repository.close();
    }
    watching.write('enough\n');
    expect(await watching.ended).toMatchObject({ code: 0, stderr: '' });
    const seen = watching.lines.filter((line) => !line.startsWith('looks'));
    expect(seen).toEqual([]);
    const [, looks = 0, growths = 0] = watching.lines.at(-1)?.split(' ').map(Number) ?? [];
    // Rounds that proved nothing would be no proof: enough was written, interrupted and watched.
    expect(confirmed).toBeGreaterThan(ROUNDS * 20);
    expect(unsettled).toBeGreaterThan(ROUNDS / 3);
    expect(retried).toBe(Math.floor(ROUNDS / 10));
    expect(growths).toBeGreaterThan(ROUNDS / 2);
    expect(looks).toBeGreaterThan(ROUNDS);
    console.log(`fs kill: ${ROUNDS} rounds, ${confirmed} confirmed events, ${unsettled} batches cut short, ${looks} looks`);
  }, 180_000);
});
