import { rename, rm, stat } from 'node:fs/promises';
import { createStore, openStore } from '../../src/main/compose.ts';
import { seededEvents, type SeededEventsOptions } from './seeded-events.ts';

const BATCH = 1000;

export interface SeededTopic extends SeededEventsOptions {
  readonly name: string;
  readonly events: number;
}

/**
 * A store at `path` with these topics, made once: one that is there already is taken as it is. Built beside its place and
 * renamed, so that a half built one is never taken for whole.
 */
export async function buildStore(path: string, adapter: 'sqlite' | 'fs', topics: readonly SeededTopic[]): Promise<string> {
  if (await exists(path)) return path;
  const building = `${path}.building`;
  await rm(building, { recursive: true, force: true });
  await createStore(building, { adapter });
  const { store, close } = await openStore(building, { storage: 'inline' });
  for (const { name, events, ...options } of topics) {
    await store.createTopic({ name });
    const source = seededEvents(options);
    for (let written = 0; written < events;) {
      const batch = Array.from({ length: Math.min(BATCH, events - written) }, () => source.next().value);
      written = (await store.appendEvents(name, batch, { expectedVersion: written })).last;
    }
  }
  await close();
  await rename(building, path);
  return path;
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );
