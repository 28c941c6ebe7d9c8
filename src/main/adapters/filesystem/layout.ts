import { join, relative, sep } from 'node:path';
import { MAX_VERSION } from '../../../shared/model/event.ts';
import { EventStoreError } from '../../../shared/model/errors.ts';

/** Where everything of one repository lies: the Go original's `configs` and `events`, and folders that it ignores. */
export interface Layout {
  readonly root: string;
  readonly configs: string;
  readonly events: string;
  readonly intents: string;
  readonly quarantine: string;
  readonly trash: string;
  readonly lock: string;
  topicFolder(topic: string): string;
  configFile(topic: string): string;
  /** The path as problems name it: relative to the repository, with slashes. */
  inside(path: string): string;
}

export function folderLayout(root: string): Layout {
  const at = (name: string): string => join(root, name);
  return {
    root,
    configs: at('configs'),
    events: at('events'),
    intents: at('intents'),
    quarantine: at('quarantine'),
    trash: at('trash'),
    lock: at('lock.db'),
    topicFolder: (topic) => join(root, 'events', contained(topic)),
    configFile: (topic) => join(root, 'configs', `${contained(topic)}.json`),
    inside: (path) => relative(root, path).split(sep).join('/'),
  };
}

/** True for a name that is one entry of its folder, whatever else is odd about it. Everything read or written passes here. */
export function isContainedName(name: string): boolean {
  if (name === '' || name === '.' || name === '..' || !name.isWellFormed()) return false;
  return !/[/\0]/.test(name) && (sep === '/' || !/[\\:]/.test(name));
}

// The last guard before a path is built: callers answer TOPIC_NOT_FOUND or INVALID_TOPIC_NAME before they come here.
function contained(name: string): string {
  if (isContainedName(name)) return name;
  throw new EventStoreError('INVALID_TOPIC_NAME', `"${name}" would leave the repository's folder.`, { topic: name });
}

/** Bytes of a topic name that still leave room for `.json.tmp` behind it in a file name of 255 bytes. */
const LONGEST_NAME = 246;

/** @throws EventStoreError INVALID_TOPIC_NAME for a name that could leave its folder here or on another system, or cannot be a file's. */
export function requireCreatableName(name: string): void {
  if (isContainedName(name) && !name.includes('\\') && Buffer.byteLength(name) <= LONGEST_NAME) return;
  const why = Buffer.byteLength(name) > LONGEST_NAME ? `it is longer than ${LONGEST_NAME} bytes` : 'it would leave its folder';
  throw new EventStoreError('INVALID_TOPIC_NAME', `A folder cannot hold a topic called ${JSON.stringify(name)}: ${why}.`, { topic: name });
}

export function eventFileName(version: number): string {
  return `v${String(version).padStart(10, '0')}.json`;
}

const INT64_MAX = 9223372036854775807n;

/**
 * The version that a file name stands for, by the Go original's rule: ends in `.json`, and what is left without one
 * leading `v` is a whole number. Null for any other name and for numbers that are no version (zero, negative, beyond int64).
 * A number that JavaScript cannot hold exactly is `too-large`.
 */
export function versionOfName(name: string): number | 'too-large' | null {
  const digits = /^v?\+?(\d+)\.json$/.exec(name)?.[1];
  if (digits === undefined) return null;
  const version = Number(digits);
  if (version >= 1 && version <= MAX_VERSION) return version;
  return version === 0 || BigInt(digits) > INT64_MAX ? null : 'too-large';
}
