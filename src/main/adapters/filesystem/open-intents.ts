import { join } from 'node:path';
import { entryFacts, entryStamp, errno, folderEntries, readPlainFile } from './disk.ts';
import type { Folder } from './folder.ts';
import { parseIntent, parseIntentName, topicHash, type Intent } from './intent-file.ts';

/** An intent seen in the folder. Its content is read when it is needed. */
export interface OpenIntent {
  readonly name: string;
  readonly path: string;
  readonly first: number;
  readonly last: number;
  /** The batch; null when the file is damaged; `gone` when it was settled since: then the events' own files are whole. */
  load(): Intent | null | 'gone';
}

export interface OpenIntents {
  /** Intents of one topic that this process did not write itself, lowest version first. */
  of(topic: string): readonly OpenIntent[];
  /** The same of every topic. */
  all(): readonly OpenIntent[];
  /** An intent of ours whose event files are all made: reading need not look into it. */
  own(intent: OwnIntent): void;
  owned(): readonly OwnIntent[];
  disown(intent: OwnIntent): void;
  /** False when another process settled it, even if there is a new one of that name. */
  isStill(intent: OwnIntent): boolean;
}

export interface OwnIntent {
  readonly name: string;
  readonly stamp: string;
  readonly topic: string;
  readonly first: number;
  readonly last: number;
}

/** A few batches are kept as read: a reader that follows a writer meets the same one again and again. */
const MOST_KEPT = 16;

export function createOpenIntents({ layout, findings }: Folder): OpenIntents {
  const own = new Map<string, OwnIntent>();
  const kept = new Map<string, Intent>();

  const isOwn = (name: string, path: string): boolean => {
    const mine = own.get(name);
    if (!mine) return false;
    const facts = entryFacts(path);
    if (facts && entryStamp(facts) === mine.stamp) return true;
    // Someone settled it for us, and perhaps wrote another of the same name for a topic made anew.
    own.delete(name);
    return false;
  };

  const load = (path: string, first: number, last: number, hash: string): Intent | null | 'gone' => {
    try {
      const facts = entryFacts(path);
      if (!facts) return 'gone';
      const key = `${path}\n${entryStamp(facts)}`;
      const known = kept.get(key);
      if (known) return known;
      const bytes = readPlainFile(path);
      const intent = bytes && parseIntent(bytes.toString('utf8'));
      if (!intent || intent.first !== first || intent.last !== last || topicHash(intent.topic) !== hash) {
        const inside = layout.inside(path);
        findings.replace(
          ['folder', inside],
          [{ code: 'damaged-intent', reason: 'A batch on its way into a topic cannot be read.', path: inside }],
        );
        return null;
      }
      kept.set(key, intent);
      const oldest = kept.keys().next();
      if (kept.size > MOST_KEPT && !oldest.done) kept.delete(oldest.value);
      return intent;
    } catch (error) {
      if (errno(error) === 'ENOENT') return 'gone';
      throw error;
    }
  };

  const list = (hash: string | null): readonly OpenIntent[] => {
    const found: OpenIntent[] = [];
    for (const entry of folderEntries(layout.intents)) {
      const facts = entry.isFile() ? parseIntentName(entry.name) : null;
      if (!facts || (hash !== null && facts.topicHash !== hash)) continue;
      const path = join(layout.intents, entry.name);
      if (isOwn(entry.name, path)) continue;
      const { first, last } = facts;
      found.push({ name: entry.name, path, first, last, load: () => load(path, first, last, facts.topicHash) });
    }
    return found.sort((a, b) => a.first - b.first);
  };

  return {
    of: (topic) => list(topicHash(topic)),
    all: () => list(null),
    own: (intent) => void own.set(intent.name, intent),
    owned: () => [...own.values()],
    isStill: (intent) => own.get(intent.name)?.stamp === intent.stamp && isOwn(intent.name, join(layout.intents, intent.name)),
    disown: (intent) => {
      if (own.get(intent.name)?.stamp === intent.stamp) own.delete(intent.name);
    },
  };
}
