import type { Dirent } from 'node:fs';
import { join } from 'node:path';
import type { Problem } from '../../../shared/model/problem.ts';
import { entryFacts, folderEntries } from './disk.ts';
import { eventFileName, versionOfName, type Layout } from './layout.ts';
import { countOf, gapsOf, latestOf, rangesOf, withRange, type VersionRanges } from './version-ranges.ts';

/** What the names in a topic's folder say, from one listing. */
export interface TopicIndex {
  readonly ranges: VersionRanges;
  /** The file of every version whose file does not have the ten-digit name. */
  readonly oddNames: ReadonlyMap<number, string>;
  /** A file name whose number JavaScript cannot hold: nothing can follow it, so the topic takes no more events. */
  readonly beyond: string | null;
  readonly problems: readonly Problem[];
}

/** Gaps are looked at twice, because a listing taken while files are being made may skip one of them. */
const MOST_CONFIRMED = 10_000;
const MOST_GAPS_NAMED = 100;

export function indexTopic(layout: Layout, topic: string, confirmGaps: boolean): TopicIndex {
  const folder = layout.topicFolder(topic);
  const problems: Problem[] = [];
  const tell = (code: string, name: string, reason: string, version?: number): void => {
    problems.push({ code, reason, topic, path: layout.inside(join(folder, name)), ...(version === undefined ? {} : { version }) });
  };
  const versions: number[] = [];
  const odd: { readonly version: number; readonly name: string }[] = [];
  let beyond: string | null = null;

  for (const entry of folderEntries(folder)) {
    const version = versionOfName(entry.name);
    if (version !== null && !entry.isFile()) {
      tell(...notAFile(entry), version === 'too-large' ? undefined : version);
    } else if (version === 'too-large') {
      beyond = entry.name;
      tell('version-too-large', entry.name, 'Its number is larger than JavaScript can count exactly, so this topic takes no more events.');
    } else if (version === null) {
      const leftover = entry.name.endsWith('.tmp');
      if (leftover)
        tell('leftover-temp-file', entry.name, 'A temporary file that a crash left behind. It is no event and was never confirmed.');
      else tell('stray-file', entry.name, `${entry.isFile() ? 'A file' : 'Something'} that is no event.`);
    } else if (entry.name === eventFileName(version)) versions.push(version);
    else odd.push({ version, name: entry.name });
  }

  versions.sort((a, b) => a - b);
  let ranges = rangesOf(versions);
  if (confirmGaps) ranges = confirmed(ranges, folder);

  const oddNames = new Map<number, string>();
  const plain = new Set(odd.length > 0 ? versions : []);
  // By version, a name with `v` before one without it: the choice must not depend on the order of a listing.
  odd.sort((a, b) => a.version - b.version || (a.name < b.name ? 1 : -1));
  for (const { version, name } of odd) {
    if (plain.has(version) || oddNames.has(version)) {
      const wins = oddNames.get(version) ?? eventFileName(version);
      tell('duplicate-version', name, `A second file for version ${version}; ${wins} is the one that counts.`, version);
      continue;
    }
    oddNames.set(version, name);
    ranges = withRange(ranges, version, version);
    if (name.startsWith('v')) tell('odd-name', name, `The usual name of version ${version} is ${eventFileName(version)}.`, version);
    else tell('name-without-v', name, `The name lacks the leading v; it is read as version ${version}.`, version);
  }

  for (const { first, last } of gapsOf(ranges).slice(0, MOST_GAPS_NAMED)) {
    const what = first === last ? `Version ${first} is missing.` : `Versions ${first} to ${last} are missing.`;
    problems.push({ code: 'gap', reason: what, topic, version: first, path: layout.inside(folder) });
  }
  return { ranges, oddNames, beyond, problems };
}

function notAFile(entry: Dirent): [code: string, name: string, reason: string] {
  if (entry.isDirectory()) return ['folder-named-like-event', entry.name, 'A folder that has the name of an event. It is no event.'];
  if (entry.isSymbolicLink()) return ['link-instead-of-file', entry.name, 'A link that has the name of an event. Links are not followed.'];
  return ['not-a-file', entry.name, 'It has the name of an event and is no file.'];
}

function confirmed(ranges: VersionRanges, folder: string): VersionRanges {
  let result = ranges;
  let left = MOST_CONFIRMED;
  for (const { first, last } of gapsOf(ranges)) {
    if (last - first + 1 > left) break;
    left -= last - first + 1;
    for (let version = first; version <= last; version++) {
      if (isEventFile(folder, version)) result = withRange(result, version, version);
    }
  }
  return result;
}

/** Whether a plain file with the ten-digit name of `version` is in `folder`. */
export function isEventFile(folder: string, version: number): boolean {
  return entryFacts(join(folder, eventFileName(version)))?.isFile() ?? false;
}

/** The index after files were made that follow the latest version, found by asking for one name after another. */
export function probedUpward(index: TopicIndex, folder: string): TopicIndex {
  const known = latestOf(index.ranges);
  let latest = known;
  while (isEventFile(folder, latest + 1)) latest++;
  return latest === known ? index : { ...index, ranges: withRange(index.ranges, known + 1, latest) };
}

export function isSmall(index: TopicIndex): boolean {
  return countOf(index.ranges) + index.oddNames.size + index.problems.length <= SMALL;
}

/** Up to this many names a new listing costs less than a millisecond, so it is taken whenever the folder may have changed. */
const SMALL = 500;
