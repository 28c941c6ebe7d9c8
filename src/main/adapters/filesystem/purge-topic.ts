import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { entryFacts, folderEntries, isFolder, removeIfThere, type DiskWrites } from './disk.ts';
import { ensureFolder, type Folder } from './folder.ts';
import { removeEmpty } from './restore-topic.ts';
import { PURGING, trashPlace } from './trash.ts';

const SLICE = 500;

/**
 * Removes a trashed topic for good. It leaves the trash by a rename first, so that nothing half removed is ever listed
 * or restored; what a crash leaves of that is removed by the next purge. Only under the writer's lock.
 */
export async function purgeTrashed(folder: Folder, entry: string, topic: string): Promise<void> {
  const { layout, writes } = folder;
  const place = trashPlace(folder, entry, topic);
  let leaving = join(layout.trash, `${PURGING}${entry}`);
  for (let n = 1; entryFacts(leaving) !== null; n++) leaving = join(layout.trash, `${PURGING}${entry}.${n}`);
  ensureFolder(folder, leaving, layout.trash);
  if (isFolder(place.topicFolder)) writes.rename(place.topicFolder, join(leaving, 'events'));
  if (entryFacts(place.configFile)) writes.rename(place.configFile, join(leaving, 'config.json'));
  removeIfThere(writes, place.note);
  removeEmpty(writes, place);
  writes.syncFolder(layout.trash);
  for (const left of folderEntries(layout.trash)) {
    if (left.isDirectory() && left.name.startsWith(PURGING)) await removeTree(writes, join(layout.trash, left.name));
  }
}

/** Removes a folder with all that is in it. A link is removed, never followed. */
async function removeTree(writes: DiskWrites, root: string): Promise<void> {
  let removed = 0;
  for (const entry of folderEntries(root)) {
    const path = join(root, entry.name);
    if (entry.isDirectory()) await removeTree(writes, path);
    else writes.remove(path);
    if (++removed % SLICE === 0) await nextTurn();
  }
  writes.removeFolder(root);
}
