import { EventStoreError } from '../../../shared/model/errors.ts';
import type { DiskWrites } from './disk.ts';
import { entryFacts, isFolder } from './disk.ts';
import type { Findings } from './findings.ts';
import { isContainedName, type Layout } from './layout.ts';

/** What every part of one open repository shares. */
export interface Folder {
  readonly layout: Layout;
  readonly writes: DiskWrites;
  readonly findings: Findings;
  readonly connection: string;
  /** The folder may still be missing: the first write makes it. False from the moment it was seen: then it went away. */
  mayBeMade: boolean;
}

/** Whether there is a place for events of this topic. */
export function hasEventsFolder({ layout }: Folder, topic: string): boolean {
  return isContainedName(topic) && isFolder(layout.events) && isFolder(layout.topicFolder(topic));
}

/** Whether the repository has its own copy of this topic's config, readable or not. */
export function hasConfigFile({ layout }: Folder, topic: string): boolean {
  return isContainedName(topic) && isFolder(layout.configs) && (entryFacts(layout.configFile(topic))?.isFile() ?? false);
}

/** A folder that vanished is told apart from a topic that is not there: nothing in it can be judged. */
export function requireReachable(folder: Folder): void {
  const { layout, connection } = folder;
  if (isFolder(layout.root)) {
    folder.mayBeMade = false;
    return;
  }
  if (folder.mayBeMade && entryFacts(layout.root) === null) return;
  throw new EventStoreError(
    'STORAGE_UNAVAILABLE',
    `The folder of "${connection}" is not there. Connect its disk or look where it was moved to.`,
    {
      connection,
      path: layout.root,
      missing: true,
    },
  );
}

export function topicNotFound(topic: string, why = 'this repository has no topic of that name'): EventStoreError {
  return new EventStoreError('TOPIC_NOT_FOUND', `Topic ${JSON.stringify(topic)} was not found: ${why}.`, { topic });
}

/** Makes one of the repository's own folders where it is missing, so that its name lasts. */
export function ensureFolder({ writes }: Folder, path: string, parent: string): void {
  if (isFolder(path)) return;
  writes.makeFolder(path);
  writes.syncFolder(parent);
}
