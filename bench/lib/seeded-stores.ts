import { existsSync } from 'node:fs';
import { copyFile, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { cacheFolder } from '../../scripts/runtime/places.ts';
import { say } from '../../scripts/runtime/say.ts';
import { buildStore } from '../../scripts/seed/build-store.ts';

/** The sizes of stores, smallest first. */
export const SIZES = { '10k': 10_000, '1m': 1_000_000, '5m': 5_000_000 } as const;
export type Size = keyof typeof SIZES;

/** Raised when what is built changes: an old store must not be taken for a new one. */
const RECIPE = 1;
/** Files of the store of files. */
export const FILES = 100_000;

/** The one topic of every store. */
export const TOPIC = 'orders';

const placeOf = (name: string): string => path.join(cacheFolder(), 'seeded', name);
const nameOf = (size: Size): string => `bench-${RECIPE}-${size}.db`;
export const isBuilt = (size: Size): boolean => existsSync(placeOf(nameOf(size)));

/** A store of SQLite, made at most once a user. Only to be read. */
export const seededStore = (size: Size): Promise<string> => built(nameOf(size), 'sqlite', SIZES[size]);

/** A store of files, one an event, made at most once a user. */
export const seededFiles = (): Promise<string> => built(`bench-${RECIPE}-files`, 'fs', FILES);

/** A copy that may be written. */
export async function copyOfStore(size: Size, place: string): Promise<string> {
  await copyFile(await seededStore(size), place);
  return place;
}

async function built(name: string, adapter: 'sqlite' | 'fs', events: number): Promise<string> {
  const place = placeOf(name);
  if (!existsSync(place)) say(`building a store of ${events.toLocaleString('en')} events (once a user), kept in ${place}`);
  await mkdir(path.dirname(place), { recursive: true });
  return buildStore(place, adapter, [{ name: TOPIC, events, seed: 1 }]);
}
