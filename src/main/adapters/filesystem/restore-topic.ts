import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { goString } from '../../../shared/model/go-string.ts';
import { memberSpans, parseJsonText } from '../../../shared/model/json-text.ts';
import type { TopicConfig } from '../../../shared/model/topic-config.ts';
import { entryFacts, folderEntries, isFolder, quietly, readPlainFile, removeIfThere, writeDurably, type DiskWrites } from './disk.ts';
import { ensureFolder, hasConfigFile, hasEventsFolder, type Folder } from './folder.ts';
import { requireCreatableName, versionOfName } from './layout.ts';
import { writeConfigFile } from './topic-config-file.ts';
import { leftoverData } from './topic-folders.ts';
import { trashPlace, type TrashPlace } from './trash.ts';

const SLICE = 200;

/** What a restore has begun: the name it moves to, and every name the events may carry by now. */
interface RestoreNote {
  readonly to: string;
  readonly names: readonly string[];
}

/**
 * Brings a trashed topic back as `config.name`: its events get the new name while they are still in the trash, then
 * their folder moves, then the config is written. A repeat after a crash anywhere in between finishes it. Only under
 * the writer's lock.
 */
export async function restoreTrashed(folder: Folder, entry: string, topic: string, config: TopicConfig): Promise<void> {
  const { layout, writes } = folder;
  requireCreatableName(config.name);
  const place = trashPlace(folder, entry, topic);
  const begun = readNote(place);
  const hasData = hasEventsFolder(folder, config.name);
  const hasConfig = hasConfigFile(folder, config.name);
  // Data of that name is ours only if this very restore moved it there before it was cut short.
  const moved = begun?.to === config.name && entryFacts(place.topicFolder) === null;
  if (hasConfig || hasData) if (!moved) throw leftoverData(config.name, hasData, hasConfig);

  if (!moved) {
    const names = [...new Set([topic, ...(begun?.names ?? []), config.name])];
    writeDurably(writes, place.note, JSON.stringify({ to: config.name, names } satisfies RestoreNote));
    if (names.length > 1) await renameEvents(writes, place.topicFolder, new Set(names), config.name);
    ensureFolder(folder, layout.events, layout.root);
    if (isFolder(place.topicFolder)) {
      writes.rename(place.topicFolder, layout.topicFolder(config.name));
      writes.syncFolder(layout.events);
      writes.syncFolder(place.events);
    }
  }
  ensureFolder(folder, layout.topicFolder(config.name), layout.events);
  writeConfigFile(folder, config);
  removeIfThere(writes, place.configFile);
  removeIfThere(writes, place.note);
  removeEmpty(writes, place);
  writes.syncFolder(layout.trash);
}

/** Removes the folders of an entry that hold nothing any more. */
export function removeEmpty(writes: DiskWrites, place: TrashPlace): void {
  for (const path of [place.events, place.configs, place.entry]) quietly(() => writes.removeFolder(path));
}

function readNote(place: TrashPlace): RestoreNote | null {
  try {
    const value = JSON.parse(readPlainFile(place.note)?.toString('utf8') ?? 'null') as Partial<RestoreNote> | null;
    return value && typeof value.to === 'string' && Array.isArray(value.names) ? { to: value.to, names: value.names } : null;
  } catch {
    return null;
  }
}

/** Changes the member `topic` of every event that carries one of `names`; every other token stays as it is. */
async function renameEvents(writes: DiskWrites, target: string, names: ReadonlySet<string>, to: string): Promise<void> {
  let looked = 0;
  for (const entry of folderEntries(target)) {
    if (!entry.isFile() || versionOfName(entry.name) === null) continue;
    const path = join(target, entry.name);
    const text = renamed(readPlainFile(path)?.toString('utf8') ?? '', names, to);
    if (text !== null) {
      removeIfThere(writes, `${path}.tmp`);
      writes.createFile(`${path}.tmp`, text, true);
      writes.rename(`${path}.tmp`, path);
    }
    if (++looked % SLICE === 0) await nextTurn();
  }
  if (isFolder(target)) writes.syncFolder(target);
}

/** Null for an event that stays as it is, and for what cannot be read: damage is never rewritten. */
function renamed(source: string, names: ReadonlySet<string>, to: string): string | null {
  try {
    const text = parseJsonText(source.replace(/^\ufeff/, ''));
    const span = memberSpans(text)?.findLast(({ key }) => key === 'topic');
    if (!span || source.includes('\ufffd')) return null;
    const current: unknown = JSON.parse(text.slice(span.start, span.end));
    if (typeof current !== 'string' || current === to || !names.has(current)) return null;
    return text.slice(0, span.start) + goString(to) + text.slice(span.end);
  } catch {
    return null;
  }
}
