import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { EventStoreError } from '../../../shared/model/errors.ts';
import type { TrashedTopic } from '../../../shared/model/trash.ts';
import { entryFacts, folderEntries, isFolder, quietly, readPlainFile, writeDurably } from './disk.ts';
import { ensureFolder, hasConfigFile, hasEventsFolder, topicNotFound, type Folder } from './folder.ts';
import { isContainedName, versionOfName } from './layout.ts';
import { parseTopicConfig } from './topic-config-file.ts';

/** Where one trashed topic lies: `trash/<entry>/configs/<topic>.json` and `trash/<entry>/events/<topic>`. */
export interface TrashPlace {
  readonly entry: string;
  readonly configs: string;
  readonly events: string;
  readonly configFile: string;
  readonly topicFolder: string;
  /** What a move out of the trash, or into it, has begun; gone when it is done. */
  readonly note: string;
}

/** @throws EventStoreError INVALID_INPUT for an entry that is no name of a folder. */
export function trashPlace({ layout }: Folder, entry: string, topic: string): TrashPlace {
  if (!isContainedName(entry) || entry.startsWith(PURGING))
    throw new EventStoreError('INVALID_INPUT', `"${entry}" names no entry of the trash.`, { entry });
  const root = join(layout.trash, entry);
  const [configs, events] = [join(root, 'configs'), join(root, 'events')];
  const hash = createHash('sha256').update(topic).digest('hex').slice(0, 16);
  return {
    entry: root,
    configs,
    events,
    configFile: join(configs, `${topic}.json`),
    topicFolder: join(events, topic),
    note: join(root, `${hash}.note`),
  };
}

/** Topics begun to be purged are moved under such a name first, so that half of one is never listed or restored. */
export const PURGING = '.purging-';

/**
 * Moves a topic's folder, then its config, into the trash: from the first rename on nothing can be appended to it.
 * A repeat after a crash in between finishes the move. Only under the writer's lock, with no open intents.
 */
export function moveToTrash(folder: Folder, topic: string, wanted: string): string {
  const { layout, writes } = folder;
  const hasData = hasEventsFolder(folder, topic);
  const hasConfig = hasConfigFile(folder, topic);
  if (!hasData && !hasConfig) throw topicNotFound(topic);

  let entry = wanted;
  for (let n = 1; !isFree(trashPlace(folder, entry, topic), hasData, hasConfig); n++) entry = `${wanted}.${n}`;
  const place = trashPlace(folder, entry, topic);
  ensureFolder(folder, layout.trash, layout.root);
  ensureFolder(folder, place.entry, layout.trash);
  writeDurably(writes, place.note, JSON.stringify({ trashing: topic }));
  if (hasData) {
    ensureFolder(folder, place.events, place.entry);
    writes.rename(layout.topicFolder(topic), place.topicFolder);
    writes.syncFolder(place.events);
    writes.syncFolder(layout.events);
  }
  if (hasConfig) {
    ensureFolder(folder, place.configs, place.entry);
    writes.rename(layout.configFile(topic), place.configFile);
    writes.syncFolder(place.configs);
    writes.syncFolder(layout.configs);
  }
  writes.remove(place.note);
  writes.syncFolder(place.entry);
  folder.findings.forgetTopic(topic);
  return entry;
}

// An entry that exists is taken, unless it is this very move, cut short: what is still to be moved has room there.
function isFree(place: TrashPlace, hasData: boolean, hasConfig: boolean): boolean {
  if (entryFacts(place.entry) === null) return true;
  if (!isFolder(place.entry)) return false;
  if (entryFacts(place.note) === null) return folderEntries(place.entry).every(({ name }) => name.endsWith('.tmp'));
  return !(hasData && entryFacts(place.topicFolder)) && !(hasConfig && entryFacts(place.configFile));
}

export function isInTrash(folder: Folder, entry: string, topic: string): boolean {
  if (!isContainedName(entry) || !isContainedName(topic) || entry.startsWith(PURGING)) return false;
  const { layout } = folder;
  const place = trashPlace(folder, entry, topic);
  if (!isFolder(layout.trash) || !isFolder(place.entry)) return false;
  const hasConfig = isFolder(place.configs) && (entryFacts(place.configFile)?.isFile() ?? false);
  return hasConfig || (isFolder(place.events) && isFolder(place.topicFolder));
}

/** Whole entries in code unit order after `after`, until `limit` topics are reached. */
export function listTrashed(folder: Folder, after: string | null, limit: number): readonly TrashedTopic[] {
  const { layout } = folder;
  const entries = folderEntries(layout.trash)
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith(PURGING) && (after === null || entry.name > after))
    .map(({ name }) => name)
    .sort((a, b) => (a < b ? -1 : 1));
  const found: TrashedTopic[] = [];
  for (const entry of entries) {
    const root = join(layout.trash, entry);
    const topics = new Set<string>();
    for (const file of folderEntries(join(root, 'configs')))
      if (file.isFile() && file.name.endsWith('.json')) topics.add(file.name.slice(0, -5));
    for (const child of folderEntries(join(root, 'events'))) if (child.isDirectory()) topics.add(child.name);
    const here = [...topics].sort().filter((topic) => isInTrash(folder, entry, topic));
    if (found.length > 0 && found.length + here.length > limit) break;
    found.push(...here.slice(0, limit).map((topic) => trashedTopic(folder, entry, topic)));
  }
  return found;
}

function trashedTopic(folder: Folder, entry: string, topic: string): TrashedTopic {
  const place = trashPlace(folder, entry, topic);
  let latestVersion = 0;
  for (const file of folderEntries(place.topicFolder)) {
    const version = file.isFile() ? versionOfName(file.name) : null;
    if (typeof version === 'number' && version > latestVersion) latestVersion = version;
  }
  let text: string | undefined;
  quietly(() => {
    text = readPlainFile(place.configFile)?.toString('utf8');
  });
  const config = text === undefined ? 'missing' : parseTopicConfig(text, topic);
  return { entry, topic, config: typeof config === 'string' ? null : config, latestVersion };
}
