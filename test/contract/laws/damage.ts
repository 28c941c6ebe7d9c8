import { expect } from 'vitest';
import type { CountSlice, EventRepository } from '../../../src/main/eventstore/ports/event-repository.ts';
import type { Bench } from '../bench.ts';
import { law, type Law } from '../law.ts';
import { countAll, readAll, scanAll } from '../observations.ts';
import { configOf, eventsOf, TOPIC } from '../samples.ts';

/** A topic of six events of which `versions` cannot be read any more. */
async function openDamaged({ open, openExisting, subject, location }: Bench, versions: readonly number[]): Promise<EventRepository> {
  const repository = await open();
  await repository.createTopic(configOf(), 'refuse', '1');
  await repository.append(TOPIC, eventsOf('a', 6), 0);
  if (repository.capabilities.durable) await repository.close();
  for (const version of versions) await subject.damage!(location, TOPIC, version);
  return repository.capabilities.durable ? openExisting() : repository;
}

function versionsOf({ events, damaged }: Omit<CountSlice, 'next'>): { readonly events: number; readonly damaged: readonly number[] } {
  return { events, damaged: damaged.map((entry) => entry.version) };
}

export const DAMAGE_LAWS: readonly Law[] = [
  law(
    'damage is reported with version, code, reason and place, and hides no healthy event',
    async (bench) => {
      const repository = await openDamaged(bench, [2, 5]);
      for (const limit of [1, 2, 1000]) {
        const forward = await readAll(repository, TOPIC, { direction: 'forward', cursor: 0, limit });
        expect(forward.events.map((event) => event.version)).toEqual([1, 3, 4, 6]);
        expect(forward.damaged.map((entry) => entry.version)).toEqual([2, 5]);
        const backward = await readAll(repository, TOPIC, { direction: 'backward', cursor: null, limit });
        expect(backward.events.map((event) => event.version)).toEqual([6, 4, 3, 1]);
        expect(backward.damaged.map((entry) => entry.version)).toEqual([5, 2]);
        for (const entry of forward.damaged) {
          expect(entry.code).toMatch(/^[a-z]+(-[a-z0-9]+)*$/);
          expect(entry.reason).not.toBe('');
          expect(entry.place).not.toBe('');
        }
      }
    },
    'damageable',
  ),

  law(
    'beginnings come with the damage that a read of whole events meets',
    async (bench) => {
      const repository = await openDamaged(bench, [2, 5]);
      const lengths = { data: 1, metadata: 0 };
      const { events, damaged } = await repository.readBeginnings(TOPIC, { direction: 'forward', cursor: 0, limit: 1000 }, lengths);
      expect(events.map((event) => event.version)).toEqual([1, 3, 4, 6]);
      expect(damaged).toEqual((await readAll(repository, TOPIC)).damaged);
      expect(damaged.map((entry) => entry.version)).toEqual([2, 5]);
    },
    'damageable',
  ),

  law(
    'a filter of its own type does not hide a damaged event',
    async (bench) => {
      const repository = await openDamaged(bench, [3]);
      const { events, damaged } = await readAll(repository, TOPIC, {
        direction: 'forward',
        cursor: 0,
        limit: 1000,
        types: ['OrderPlaced'],
      });
      expect(events.map((event) => event.version)).toEqual([1, 2, 4, 5, 6]);
      expect(damaged.map((entry) => entry.version)).toEqual([3]);
    },
    'damageable',
  ),

  law(
    'no type filter hides damage whose type nobody can know',
    async (bench) => {
      const repository = await openDamaged(bench, [3]);
      const { events, damaged } = await readAll(repository, TOPIC, { direction: 'forward', cursor: 0, limit: 1000, types: ['None'] });
      expect(events).toEqual([]);
      expect(damaged.map((entry) => entry.version)).toEqual([3]);
    },
    'damageable',
    'damagedWhole',
  ),

  law(
    'a count after a read counts and names what the read gave; the latest version is the highest number',
    async (bench) => {
      const repository = await openDamaged(bench, [2, 6]);
      expect(await repository.latestVersion(TOPIC)).toBe(6);
      await readAll(repository, TOPIC);
      expect(versionsOf(await countAll(repository, TOPIC))).toEqual({ events: 4, damaged: [2, 6] });
      expect(versionsOf(await countAll(repository, TOPIC, 2))).toEqual({ events: 3, damaged: [6] });
    },
    'damageable',
  ),

  law(
    'a count by looking counts readable events and names the damaged ones unread',
    async (bench) => {
      const repository = await openDamaged(bench, [2, 6]);
      expect(versionsOf(await countAll(repository, TOPIC))).toEqual({ events: 4, damaged: [2, 6] });
    },
    'damageable',
    'damagedWhole',
  ),

  law(
    'a scan passes damage and goes on behind it: every other event is given',
    async (bench) => {
      const repository = await openDamaged(bench, [2, 6]);
      const { events, damaged, scanned } = await scanAll(repository, TOPIC);
      // What lies in the data alone goes unnoticed.
      const missing = new Set(damaged.map(({ version }) => version));
      expect(events.map(({ version }) => version)).toEqual([1, 2, 3, 4, 5, 6].filter((version) => !missing.has(version)));
      for (const version of missing) expect([2, 6]).toContain(version);
      expect(scanned).toBe(6);
      expect((await scanAll(repository, TOPIC, 0, 'a3')).events.map(({ version }) => version)).toEqual([3]);
    },
    'damageable',
  ),

  law(
    'a scan by looking names the damaged versions, whatever it looks for',
    async (bench) => {
      const repository = await openDamaged(bench, [2, 6]);
      for (const holding of [null, 'a3']) {
        const { damaged } = await scanAll(repository, TOPIC, 0, holding);
        expect(damaged.map(({ version }) => version)).toEqual([2, 6]);
        for (const { code, reason, place } of damaged) expect([code, reason, place]).not.toContain('');
      }
    },
    'damageable',
    'damagedWhole',
  ),

  law(
    'a damaged version is never given to another event',
    async (bench) => {
      const repository = await openDamaged(bench, [6]);
      expect(await repository.append(TOPIC, eventsOf('b', 2), 6)).toEqual({ first: 7, last: 8, replayed: false });
      const { events, damaged } = await readAll(repository, TOPIC);
      expect(events.map((event) => event.version)).toEqual([1, 2, 3, 4, 5, 7, 8]);
      expect(damaged.map((entry) => entry.version)).toEqual([6]);
    },
    'damageable',
  ),
];
