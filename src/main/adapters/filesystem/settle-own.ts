import { join } from 'node:path';
import { errno } from './disk.ts';
import { isFolder } from './disk.ts';
import type { Folder } from './folder.ts';
import { eventFileName } from './layout.ts';
import type { OpenIntents, OwnIntent } from './open-intents.ts';

/** More open batches, or events in them, than these are settled at once instead of a moment later. */
const MOST_OPEN_INTENTS = 64;
const MOST_OPEN_EVENTS = 4096;

export function isSettlingDue(own: readonly OwnIntent[]): boolean {
  return own.length >= MOST_OPEN_INTENTS || own.reduce((sum, { first, last }) => sum + last - first + 1, 0) >= MOST_OPEN_EVENTS;
}

/**
 * Makes the event files of acknowledged batches last. What could not be made so keeps its intent on the disk, which is
 * what the acknowledgement rests on. Needs no lock.
 * @returns the batches whose intents may go
 */
export async function syncOwn(folder: Folder, openIntents: OpenIntents): Promise<readonly OwnIntent[]> {
  const { layout, writes, findings } = folder;
  const lasting: OwnIntent[] = [];
  for (const [topic, intents] of Map.groupBy(openIntents.owned(), (intent) => intent.topic)) {
    const target = layout.topicFolder(topic);
    const files = intents.flatMap(({ first, last }) =>
      Array.from({ length: last - first + 1 }, (_, index) => join(target, eventFileName(first + index))),
    );
    try {
      await writes.syncFiles(target, files);
      writes.syncFolder(target);
      lasting.push(...intents);
    } catch (error) {
      // A file that another program took away comes back from its intent at the next write, like after a crash.
      if (errno(error) === 'ENOENT' || !isFolder(target)) intents.forEach(openIntents.disown);
      else {
        const reason = `The newest events could not be made to last: ${error instanceof Error ? error.message : String(error)}. They stay in intents as well.`;
        findings.replace(['folder', `settling ${topic}`], [{ code: 'not-settled', reason, topic, path: 'intents' }]);
      }
    }
  }
  return lasting;
}

/** Removes the intents of batches whose files last. Only under the writer's lock. */
export function releaseOwn({ layout, writes }: Folder, openIntents: OpenIntents, lasting: readonly OwnIntent[]): void {
  for (const intent of lasting) {
    // Asked again, because another process may have settled it and begun one of the same name.
    if (!openIntents.isStill(intent)) continue;
    writes.remove(join(layout.intents, intent.name));
    openIntents.disown(intent);
  }
  if (lasting.length > 0) writes.syncFolder(layout.intents);
}
