import type { EventPage } from '../../shared/model/event.ts';
import type { Topic } from '../../shared/model/topic-config.ts';
import type { EventStore } from './event-store.ts';
import { createPace } from './pace.ts';
import {
  changedFields,
  configSteps,
  emptyCatalogue,
  foldOn,
  type Catalogue,
  type CatalogueFolding,
  type ConfigChange,
  type FieldChange,
} from './topic-catalogue.ts';

type ConfigReader = Pick<EventStore, 'configStream' | 'readEvents'>;

/** So many events are folded at once: the main thread is free again after each page. */
const AT_ONCE = 100;

/** Folds the configuration topic on, up to a version: each page's changes, skipped events too. */
async function* replay(store: ConfigReader, folding: CatalogueFolding, upTo: number): AsyncGenerator<readonly ConfigChange[]> {
  let cursor: number | null = folding.version();
  while (cursor !== null && cursor < upTo) {
    const limit = Math.min(AT_ONCE, upTo - cursor);
    const page: EventPage = await store.readEvents(store.configStream.name, { after: cursor, limit });
    yield folding.add(configSteps(page).filter((step) => ('event' in step ? step.event.version : step.damaged.version) <= upTo));
    cursor = page.next;
  }
}

/** The catalogue after version `upTo`, from an earlier one on. */
async function foldTo(store: ConfigReader, from: Catalogue, upTo: number): Promise<Catalogue> {
  const breathe = createPace();
  const folding = foldOn(from);
  await breathe();
  for await (const _changes of replay(store, folding, upTo));
  return folding.catalogue();
}

/** What each configuration event changed, in order of version; one page is held at a time. */
export async function* configHistory(store: ConfigReader): AsyncGenerator<ConfigChange> {
  for await (const changes of replay(store, foldOn(emptyCatalogue), Infinity)) yield* changes;
}

/** The catalogue as it was after configuration version `version`. */
export async function catalogueAt(store: ConfigReader, version: number): Promise<Catalogue> {
  return foldTo(store, emptyCatalogue, version);
}

/** How a topic differs between two versions of the configuration. */
export interface TopicDifference {
  readonly topic: string;
  readonly kind: 'added' | 'removed' | 'changed';
  readonly changed: readonly FieldChange[];
  /** It has the name only: it was deleted and created again in between. */
  readonly isAnother: boolean;
}

/** The configuration as it was at any version. Holds what each event changed, and the catalogue every so often. */
export interface ConfigHistory {
  /** Reads what is new; answers the version read to. */
  readonly catchUp: () => Promise<number>;
  readonly version: () => number;
  /** What happened after a version, at most `limit` events, of one topic where one is named; skipped events too. */
  readonly changes: (query: {
    readonly after: number;
    readonly limit: number;
    readonly topic?: string | undefined;
  }) => readonly ConfigChange[];
  /** Skipped events with the reason, at most `limit` after a version. */
  readonly problems: (after: number, limit: number) => readonly ConfigChange[];
  /** All topics as they were after a version, by name. */
  readonly topicsAt: (version: number) => Promise<readonly Topic[]>;
  readonly catalogueAt: (version: number) => Promise<Catalogue>;
  /** From the topics after version `a` to those after version `b`, which may be the earlier one. */
  readonly compare: (a: number, b: number) => Promise<readonly TopicDifference[]>;
}

/** Between two kept catalogues lie at most so many versions. */
const KEEP_EVERY = 500;
/** Of the versions last asked for, so many catalogues are kept too: one who steps looks at each a few times. */
const RECENT = 8;

export async function openConfigHistory(store: ConfigReader): Promise<ConfigHistory> {
  const changes: ConfigChange[] = [];
  const kept: Catalogue[] = [emptyCatalogue];
  const recent = new Map<number, Promise<Catalogue>>();
  let latest = emptyCatalogue;
  let reading: Promise<number> | null = null;

  const readOn = async (): Promise<number> => {
    const breathe = createPace();
    for (;;) {
      const before = latest.version;
      const folding = foldOn(latest);
      await breathe();
      for await (const page of replay(store, folding, before + KEEP_EVERY)) for (const change of page) changes.push(change);
      if (folding.version() > before) latest = folding.catalogue();
      await breathe();
      if (latest.version > (kept.at(-1)?.version ?? 0)) kept.push(latest);
      if (latest.version === before) return before;
    }
  };

  const catalogueOf = async (version: number): Promise<Catalogue> => {
    if (version >= latest.version) return latest;
    const found =
      recent.get(version) ?? foldTo(store, kept.findLast((catalogue) => catalogue.version <= version) ?? emptyCatalogue, version);
    recent.delete(version);
    recent.set(version, found);
    for (const oldest of recent.keys()) if (recent.size > RECENT) recent.delete(oldest);
    try {
      return await found;
    } catch (error) {
      recent.delete(version);
      throw error;
    }
  };

  /** Index of the first change after a version. */
  const indexAfter = (version: number): number => {
    let low = 0;
    let high = changes.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((changes[middle] as ConfigChange).version <= version) low = middle + 1;
      else high = middle;
    }
    return low;
  };

  const some = (after: number, limit: number, isWanted: (change: ConfigChange) => boolean): ConfigChange[] => {
    const found: ConfigChange[] = [];
    for (let i = indexAfter(after); i < changes.length && found.length < limit; i++) {
      const change = changes[i] as ConfigChange;
      if (isWanted(change)) found.push(change);
    }
    return found;
  };

  const history: ConfigHistory = {
    catchUp() {
      reading ??= readOn().finally(() => {
        reading = null;
      });
      return reading;
    },
    version: () => latest.version,
    changes: ({ after, limit, topic }) => some(after, limit, (change) => topic === undefined || change.topic === topic),
    problems: (after, limit) => some(after, limit, ({ problem }) => problem !== undefined),
    catalogueAt: catalogueOf,
    topicsAt: async (version) => {
      const breathe = createPace();
      const { topics } = await catalogueOf(version);
      await breathe();
      const names = [...topics.keys()].sort();
      await breathe();
      return names.map((name) => topics.get(name) as Topic);
    },
    compare: async (a, b) => compareCatalogues(await catalogueOf(a), await catalogueOf(b)),
  };
  await history.catchUp();
  return history;
}

/** How the topic of a name differs between two catalogues; null where it does not. */
export function topicDifference(topic: string, a: Catalogue, b: Catalogue): TopicDifference | null {
  const before = a.topics.get(topic) ?? null;
  const after = b.topics.get(topic) ?? null;
  if (before === after) return null;
  const changed = changedFields(before, after);
  const isAnother = before !== null && after !== null && before.incarnation !== after.incarnation;
  if (before && after && changed.length === 0 && !isAnother) return null;
  return { topic, kind: before === null ? 'added' : after === null ? 'removed' : 'changed', changed, isAnother };
}

/** How the topics of two catalogues differ, by name. */
export function compareCatalogues(a: Catalogue, b: Catalogue): TopicDifference[] {
  const differences: TopicDifference[] = [];
  for (const name of new Set([...a.topics.keys(), ...b.topics.keys()])) {
    const difference = topicDifference(name, a, b);
    if (difference) differences.push(difference);
  }
  return differences.sort((left, right) => byName({ name: left.topic }, { name: right.topic }));
}

const byName = (a: { readonly name: string }, b: { readonly name: string }): number => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);
