import { isAbsolute, resolve } from 'node:path';
import { stat } from 'node:fs/promises';
import type { Place } from '../eventstore/topic-catalogue.ts';
import { isRepositoryFolder } from './repository-folders.ts';

/**
 * The folder that relative connections resolve against: the one of `bases` where most of the named repositories exist,
 * the earlier one where it does not matter.
 */
export async function chooseBase(bases: readonly [string, ...string[]], places: readonly Place[]): Promise<string> {
  let [best] = bases;
  let most = 0;
  for (const base of bases) {
    let count = 0;
    for (const place of places) if (await existsAt(base, place)) count++;
    if (count > most) [best, most] = [base, count];
  }
  return best;
}

/** Only what lies under a base tells bases apart, and what does not must not even be looked at. */
async function existsAt(base: string, { adapter, connection }: Place): Promise<boolean> {
  const isPath = adapter === 'fs' || adapter === 'sqlite';
  if (!isPath || connection === '' || connection.includes('\0') || isAbsolute(connection) || /^[\\/]{2}/.test(connection)) return false;
  const place = resolve(base, connection);
  if (adapter === 'fs') return isRepositoryFolder(place);
  return stat(place).then(
    (facts) => facts.isFile(),
    () => false,
  );
}
