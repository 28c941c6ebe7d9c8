import type { RecentStore } from '../../../../shared/ipc/contract/stores.ts';
import type { TopicEntry } from '../../../../shared/ipc/contract/topics.ts';
import { plainTitle } from '../../../../shared/ipc/commands.ts';
import type { CommandState } from '../../commands/command-table.ts';
import { keysOfCommand } from '../../commands/keys.ts';
import { count } from '../../ui/format.ts';
import { fuzzyMatch, type FuzzyMatch } from './fuzzy-match.ts';
import { recentFirst } from './recent-order.ts';
import { parseTypedPlace, withoutStore, type TypedPlace } from './typed-place.ts';

/** One line of the palette or of quick open. */
export interface Choice {
  readonly id: string;
  readonly title: string;
  /** Units of the title that fit what was typed. */
  readonly at: readonly number[];
  /** Beside the title. */
  readonly note: string | null;
  readonly keys: string | null;
  /** Why it cannot be chosen now; null when it can. */
  readonly refusal: string | null;
  readonly checked: boolean;
  /** It is among the recent ones, which stand first while nothing is typed. */
  readonly isRecent: boolean;
}

interface Found<Item> {
  readonly item: Item;
  readonly match: FuzzyMatch;
}

/** Items whose text fits, best first; as they are, recent ones first, while nothing is typed. */
function search<Item>(items: readonly Item[], { query, textOf, idOf, recent }: SearchOptions<Item>): readonly Found<Item>[] {
  const ordered = recentFirst(items, idOf, recent);
  const found = ordered.flatMap((item) => {
    const match = fuzzyMatch(query, textOf(item));
    return match ? [{ item, match }] : [];
  });
  if (query.trim() === '') return found;
  const isRecent = new Set(recent);
  const rank = ({ item }: Found<Item>): number => (isRecent.has(idOf(item)) ? 0 : 1);
  // Of two that fit alike, the one used before comes first, the last one first of all (the sort is stable), then the shorter one.
  return found.toSorted(
    (a, b) => Math.ceil(b.match.score) - Math.ceil(a.match.score) || rank(a) - rank(b) || (rank(a) && b.match.score - a.match.score),
  );
}

interface SearchOptions<Item> {
  readonly query: string;
  readonly textOf: (item: Item) => string;
  readonly idOf: (item: Item) => string;
  readonly recent: readonly string[];
}

/** Every command, as `View: Zoom In`; those that cannot be done now stay, with their reason. */
export function commandChoices(states: readonly CommandState[], query: string, recent: readonly string[]): readonly Choice[] {
  const found = search(states, { query, textOf: ({ command }) => commandTitle(command), idOf: ({ command }) => command.id, recent });
  return found.map(({ item: { command, refusal, checked }, match: { at } }) => ({
    id: command.id,
    title: commandTitle(command),
    at,
    note: refusal,
    keys: keysOfCommand(command),
    refusal,
    checked,
    isRecent: recent.includes(command.id),
  }));
}

/** `View: Theme: Dark`: the title and where in the menus it stands. */
export function commandTitle({ title, menu, submenu }: CommandState['command']): string {
  return [menu, submenu, title]
    .filter((part) => part !== null && part !== undefined)
    .map((part) => plainTitle(part))
    .join(': ');
}

export interface PlaceChoice extends Choice {
  readonly topic: string;
  readonly version: number | null;
}

interface PlaceOptions {
  readonly query: string;
  /** Names of topics, last one first. */
  readonly recent: readonly string[];
  /** The topic on the screen. */
  readonly current: string | null;
}

/** A topic with its latest version as far as it is known: undefined while nobody has asked, null where it cannot be. */
export interface KnownTopic extends TopicEntry {
  readonly latestVersion: number | null | undefined;
}

/** Topics that fit what was typed, at the version that was typed, if any. */
export function placeChoices(topics: readonly KnownTopic[], { query, recent, current }: PlaceOptions): readonly PlaceChoice[] {
  const typed = parseTypedPlace(query);
  const found = placesOf(topics, typed, recent, current);
  if (found.length > 0) return found;
  const ofLink = withoutStore(typed);
  // Nothing fits: perhaps the text before the first # is a store's name, or the last # belongs to a topic's.
  const again = ofLink ? placesOf(topics, ofLink, recent, current) : [];
  return again.length > 0 || typed.version === null ? again : placesOf(topics, { topic: query.trim(), version: null }, recent, current);
}

function placesOf(
  topics: readonly KnownTopic[],
  { topic, version }: TypedPlace,
  recent: readonly string[],
  current: string | null,
): readonly PlaceChoice[] {
  const wanted = topic === '' && version !== null ? topics.filter(({ name }) => name === current) : topics;
  return search(wanted, { query: topic, textOf: ({ name }) => name, idOf: ({ name }) => name, recent }).map(({ item, match: { at } }) => {
    const refusal = version === null ? null : versionRefusal(item, version);
    return {
      id: item.name,
      title: item.name,
      at,
      note: refusal ?? (version === null ? placeNote(item) : `version ${count(version)}`),
      keys: null,
      refusal,
      checked: false,
      isRecent: recent.includes(item.name),
      topic: item.name,
      version,
    };
  });
}

function versionRefusal({ latestVersion }: KnownTopic, version: number): string | null {
  if (latestVersion === undefined) return version >= 1 ? null : 'Versions go from 1.';
  if (latestVersion === null) return 'The repository of this topic cannot be opened.';
  if (latestVersion === 0) return 'This topic has no events yet.';
  return version >= 1 && version <= latestVersion ? null : `Versions go from 1 to ${count(latestVersion)}.`;
}

function placeNote({ adapter, connection, reserved, latestVersion }: KnownTopic): string {
  const place = connection === '' || connection === '.' ? adapter : `${adapter} · ${connection}`;
  const version = latestVersion == null ? [] : [`version ${count(latestVersion)}`];
  return [...(reserved ? ['configuration'] : []), place, ...version].join(' · ').slice(0, 200);
}

/** Recent stores that fit what was typed, but for the one that is open, which has its place on the screen. */
export function storeChoices(stores: readonly RecentStore[], query: string, open: string | null): readonly Choice[] {
  const others = stores.filter(({ path }) => path !== open);
  return search(others, { query, textOf: ({ name }) => name, idOf: ({ path }) => path, recent: [] }).map(
    ({ item: { path, name, missing }, match: { at } }) => ({
      id: path,
      title: name,
      at,
      note: missing ? `Nothing is at ${path} now.` : `store · ${path}`,
      keys: null,
      refusal: missing ? `Nothing is at ${path} now.` : null,
      checked: false,
      isRecent: false,
    }),
  );
}
