import { basename, join } from 'node:path';
import { entryFacts, readPlainFile, removeIfThere } from './disk.ts';
import { ensureFolder, hasEventsFolder, type Folder } from './folder.ts';
import type { Intent } from './intent-file.ts';
import { eventFileName } from './layout.ts';
import type { OpenIntent } from './open-intents.ts';

/**
 * Finishes what crashed writers left, and what living ones have not cleaned up yet. Only under the writer's lock.
 * Every batch ends whole in its topic, or whole in `quarantine` where another program wrote in its place.
 */
export function settleIntents(folder: Folder, intents: readonly OpenIntent[]): void {
  if (intents.length === 0) return;
  for (const intent of intents) settleOne(folder, intent);
  folder.writes.syncFolder(folder.layout.intents);
}

function settleOne(folder: Folder, open: OpenIntent): void {
  const intent = open.load();
  if (intent === 'gone') return;
  if (intent === null) return moveToQuarantine(folder, open.path, open.name, [], 'A batch on its way into a topic could not be read');
  const { layout, writes } = folder;
  if (!hasEventsFolder(folder, intent.topic)) {
    const why = `A batch for topic ${JSON.stringify(intent.topic)} was on its way when the topic went away`;
    return moveToQuarantine(folder, open.path, open.name, [], why);
  }
  const target = layout.topicFolder(intent.topic);
  const states = intent.events.map((text, index) => fileState(join(target, eventFileName(intent.first + index)), text));
  if (states.includes('foreign')) {
    const ours = states.flatMap((state, index) =>
      state === 'whole' || state === 'cut' ? [join(target, eventFileName(intent.first + index))] : [],
    );
    moveToQuarantine(folder, open.path, open.name, ours, foreignReason(intent));
    return writes.syncFolder(target);
  }
  for (const [index, state] of states.entries()) {
    const path = join(target, eventFileName(intent.first + index));
    const text = intent.events[index] as string;
    if (state === 'whole') writes.syncFile(path);
    else if (state === 'missing') writes.createFile(path, text, true);
    else {
      const temporary = `${path}.tmp`;
      removeIfThere(writes, temporary);
      writes.createFile(temporary, text, true);
      writes.rename(temporary, path);
    }
  }
  writes.syncFolder(target);
  writes.remove(open.path);
}

type FileState = 'missing' | 'whole' | 'cut' | 'foreign';

// Only what a crash of ours can leave may be replaced: nothing at all, a beginning of our text, or NULs.
function fileState(path: string, text: string): FileState {
  const facts = entryFacts(path);
  if (!facts) return 'missing';
  if (!facts.isFile()) return 'foreign';
  const ours = Buffer.from(text);
  const bytes = readPlainFile(path, ours.length);
  if (bytes === null) return 'foreign';
  if (bytes.equals(ours)) return 'whole';
  const isCut = bytes.length < ours.length && bytes.equals(ours.subarray(0, bytes.length));
  return isCut || bytes.every((byte) => byte === 0) ? 'cut' : 'foreign';
}

function foreignReason({ topic, first, last }: Intent): string {
  return `Another program wrote into topic ${JSON.stringify(topic)} where versions ${first} to ${last} were on their way`;
}

/** Moves a batch out of the way, its files first: until the intent is gone, readers see the batch whole. */
export function moveToQuarantine(folder: Folder, intentPath: string, intentName: string, files: readonly string[], why: string): void {
  const { layout, writes, findings } = folder;
  ensureFolder(folder, layout.quarantine, layout.root);
  const stem = intentName.replace(/\.json$/, '');
  let place = join(layout.quarantine, stem);
  for (let n = 1; entryFacts(place) !== null; n++) place = join(layout.quarantine, `${stem}.${n}`);
  ensureFolder(folder, place, layout.quarantine);
  for (const file of files.toReversed()) writes.rename(file, join(place, basename(file)));
  writes.rename(intentPath, join(place, intentName));
  writes.syncFolder(place);
  writes.syncFolder(layout.intents);
  const inside = layout.inside(place);
  findings.replace(['folder', layout.inside(intentPath)], []);
  findings.replace(['folder', inside], [{ code: 'quarantined-batch', reason: `${why}. It was moved to ${inside}.`, path: inside }]);
}
