import { join, sep } from 'node:path';
import { entryFacts, errno, isFolder, readPlainFile, readQuickly } from './disk.ts';
import { damaged, NO_ODDITIES, readEventBytes, readEventText, type EventReading } from './event-file.ts';
import type { Folder } from './folder.ts';
import { isContainedName, eventFileName } from './layout.ts';
import type { OpenIntent, OpenIntents } from './open-intents.ts';
import { readOwnEvent } from './own-event.ts';
import { indexTopic, isEventFile, isSmall, probedUpward, type TopicIndex } from './topic-index.ts';
import { latestOf, withRange, type VersionRanges } from './version-ranges.ts';

/** A topic as it was at one moment: no batch is half in it. */
export interface TopicView {
  readonly topic: string;
  readonly state: TopicState;
  /** Versions that files or open intents hold. */
  readonly ranges: VersionRanges;
  readonly latest: number;
  /** Batches of other processes that may still be on their way into files. */
  readonly intents: readonly OpenIntent[];
  readonly token: string;
}

/** What this process remembers of one topic, as long as its folder is the same one. */
export interface TopicState {
  readonly folder: string;
  /** Inode and birth: a topic made anew is another one. */
  readonly identity: string;
  index: TopicIndex;
  /** Versions of given and made ids up to `upTo`; built by the first append that gives ids. */
  ids: { upTo: number; readonly versions: Map<string, number> } | null;
  /** The ids of events this process appended, newest last: a foreign program may overwrite them. */
  readonly written: Map<number, string>;
  seenAt: bigint;
  /** The folder changed so shortly before it was listed that its time cannot tell a later change. */
  recent: boolean;
  stale: boolean;
}

export interface TopicViews {
  /** Null where there is no folder for events of this topic. */
  look(topic: string): TopicView | null;
  /** One version of a view; null when its file vanished since. */
  read(view: TopicView, version: number): (EventReading & { readonly bytes: number }) | null;
  /** After this process made the files of `first` to `last`. */
  wrote(state: TopicState, first: number, ids: readonly string[]): void;
  forget(topic: string): void;
}

/** Longer than the coarsest clock a disk here stamps changes with (FAT counts in 2 s steps and is told by its zeros). */
const RECENT_NS = 50_000_000n;
const MOST_WRITTEN = 2000;
const MOST_LOOKS = 50;

export function createTopicViews(context: Folder, openIntents: OpenIntents): TopicViews {
  const { layout, findings } = context;
  const states = new Map<string, TopicState>();

  const listAnew = (topic: string, state: Pick<TopicState, 'index' | 'seenAt' | 'recent' | 'stale' | 'folder'>): void => {
    const before = entryFacts(state.folder)?.mtimeNs ?? 0n;
    // A listing taken while files are made may miss one, so gaps in a folder that changes just now are looked at twice.
    const recent = BigInt(Date.now()) * 1_000_000n - before < RECENT_NS || before % 1_000_000_000n === 0n;
    state.index = indexTopic(layout, topic, recent);
    const after = entryFacts(state.folder)?.mtimeNs ?? 0n;
    if (after !== before) state.index = indexTopic(layout, topic, true);
    state.seenAt = before;
    state.recent = recent || after !== before;
    state.stale = false;
    findings.replace(['events', topic], state.index.problems);
  };

  const stateOf = (topic: string): TopicState | null => {
    const folder = layout.topicFolder(topic);
    const facts = entryFacts(folder);
    if (!facts?.isDirectory() || !isFolder(layout.events)) {
      states.delete(topic);
      return null;
    }
    const identity = `${facts.ino}.${facts.birthtimeNs}`;
    const known = states.get(topic);
    if (known?.identity === identity) {
      refresh(topic, known, facts.mtimeNs);
      return known;
    }
    if (known) findings.forgetTopic(topic);
    const index: TopicIndex = { ranges: [], oddNames: new Map(), beyond: null, problems: [] };
    const state: TopicState = { folder, identity, index, ids: null, written: new Map(), seenAt: 0n, recent: true, stale: false };
    listAnew(topic, state);
    states.set(topic, state);
    return state;
  };

  // A long listing is paid only for a change that names in sequence do not explain.
  const refresh = (topic: string, state: TopicState, changedAt: bigint): void => {
    const changed = changedAt !== state.seenAt;
    if (state.stale || ((changed || state.recent) && isSmall(state.index))) return listAnew(topic, state);
    if (!changed) return;
    const grown = probedUpward(state.index, state.folder);
    if (grown === state.index) return listAnew(topic, state);
    state.index = grown;
    state.seenAt = changedAt;
  };

  const probe = (state: TopicState): void => {
    state.index = probedUpward(state.index, state.folder);
  };

  /** Files, intents, files again: equal, or once more. A batch half made at both looks has its intent between them. */
  const look = (topic: string): TopicView | null => {
    if (!isContainedName(topic)) return null;
    for (let looks = 1; ; looks++) {
      const state = stateOf(topic);
      if (!state) return null;
      probe(state);
      const latestFile = latestOf(state.index.ranges);
      const intents = openIntents.of(topic);
      const settled = looks >= MOST_LOOKS || isUnchanged(state, latestFile);
      if (!settled) continue;
      const ranges = intents.reduce((all, { first, last }) => withRange(all, first, last), state.index.ranges);
      const facts = entryFacts(state.folder);
      const pending = entryFacts(layout.intents)?.mtimeNs ?? 0n;
      const latest = latestOf(ranges);
      return { topic, state, ranges, latest, intents, token: `${state.identity}.${facts?.mtimeNs ?? 0n}.${pending}.${latest}` };
    }
  };

  const isUnchanged = (state: TopicState, latestFile: number): boolean => {
    if (isEventFile(state.folder, latestFile + 1)) return false;
    if (latestFile === 0 || entryFacts(join(state.folder, nameOf(state, latestFile)))) return true;
    state.stale = true;
    return false;
  };

  const nameOf = ({ index }: TopicState, version: number): string => index.oddNames.get(version) ?? eventFileName(version);

  const fromIntents = (view: TopicView, version: number, intents: readonly OpenIntent[]): (EventReading & { bytes: number }) | null => {
    for (const intent of intents) {
      if (version < intent.first || version > intent.last) continue;
      const loaded = intent.load();
      const text = loaded === 'gone' ? undefined : loaded?.events[version - intent.first];
      if (text !== undefined) return { ...readEventText(text, view.topic, version), bytes: text.length };
    }
    return null;
  };

  const fromFile = (view: TopicView, version: number): (EventReading & { bytes: number }) | null => {
    try {
      const path = `${view.state.folder}${sep}${nameOf(view.state, version)}`;
      const text = readQuickly(path);
      const event = text === null ? null : readOwnEvent(text, view.topic, version);
      if (text !== null && event) return { event, oddities: NO_ODDITIES, bytes: text.length };
      const bytes = readPlainFile(path);
      return bytes && { ...readEventBytes(bytes, view.topic, version), bytes: bytes.length };
    } catch (error) {
      if (errno(error) === 'ENOENT') return null;
      const reason = `The file cannot be read: ${error instanceof Error ? error.message : String(error)}.`;
      return { ...damaged('unreadable-file', reason), bytes: 0 };
    }
  };

  const read = (view: TopicView, version: number): (EventReading & { readonly bytes: number }) | null => {
    let reading = fromIntents(view, version, view.intents) ?? fromFile(view, version);
    // A batch that is being made, or that a crash cut short, is whole in its intent; perhaps it was settled in between.
    if (!reading || reading.event === null) {
      reading = fromIntents(view, version, openIntents.of(view.topic)) ?? fromFile(view, version);
    }
    if (!reading) {
      view.state.stale = true;
      return null;
    }
    tell(view, version, reading);
    return reading;
  };

  const tell = ({ topic, state }: TopicView, version: number, reading: EventReading): void => {
    const ours = state.written.get(version);
    const isOverwritten = reading.event !== null && ours !== undefined && ours !== reading.event.id;
    if (reading.event !== null && reading.oddities.length === 0 && !isOverwritten) return findings.replace(['event', topic, version], []);
    const path = layout.inside(join(state.folder, nameOf(state, version)));
    if (reading.event === null) return findings.replace(['event', topic, version], [{ ...reading.damage, topic, version, path }]);
    const oddities = reading.oddities.map((oddity) => ({ ...oddity, topic, version, path }));
    if (isOverwritten) {
      const reason = `Another program replaced the event ${ours} that was appended here as version ${version}.`;
      oddities.push({ code: 'overwritten', reason, topic, version, path });
    }
    findings.replace(['event', topic, version], oddities);
  };

  return {
    look,
    read,
    wrote(state, first, ids) {
      const last = first + ids.length - 1;
      state.index = { ...state.index, ranges: withRange(state.index.ranges, first, last) };
      state.seenAt = entryFacts(state.folder)?.mtimeNs ?? 0n;
      state.recent = true;
      ids.forEach((id, index) => state.written.set(first + index, id));
      for (const version of state.written.keys()) {
        if (state.written.size <= MOST_WRITTEN) break;
        state.written.delete(version);
      }
      if (!state.ids || state.ids.upTo !== first - 1) return;
      for (const [index, id] of ids.entries()) if (!state.ids.versions.has(id)) state.ids.versions.set(id, first + index);
      state.ids.upTo = last;
    },
    forget(topic) {
      states.delete(topic);
      findings.forgetTopic(topic);
    },
  };
}
