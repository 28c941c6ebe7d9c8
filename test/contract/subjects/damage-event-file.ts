import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RepositoryLocation } from '../../../src/main/eventstore/ports/event-repository.ts';

/** Overwrites a stored event's file with what no reader takes for JSON. */
export async function damageEventFile({ place }: RepositoryLocation, topic: string, version: number): Promise<void> {
  const file = join(place, 'events', topic, `v${String(version).padStart(10, '0')}.json`);
  if (!existsSync(file)) throw new Error(`There is no ${file} to damage.`);
  writeFileSync(file, '{"id":"cut off');
}
