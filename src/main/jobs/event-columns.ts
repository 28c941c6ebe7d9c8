import type { ScanSlice } from '../eventstore/ports/event-repository.ts';
import { halvesOf } from './split-time.ts';

/** Events in one chunk: short work in one go, and little waste at the end of a topic. */
export const CHUNK = 16_384;

/** A run of events; the place of an event among all is `start` plus its place here. */
export interface EventChunk {
  readonly start: number;
  readonly size: number;
  readonly firstVersion: number;
  /** Null while no version is missing between them. */
  readonly versions: Float64Array | null;
  readonly timestamps: BigInt64Array;
  readonly halves: Int32Array;
  /** Numbers of types. */
  readonly types: Uint32Array;
  readonly earliest: bigint;
  readonly latest: bigint;
}

/** What is known of the events of a topic, in order of version: times and types, 12 bytes an event where versions have no gaps. */
export interface EventColumns {
  readonly size: number;
  readonly chunks: readonly EventChunk[];
  /** Takes the events of a slice; `typeOf` turns its places of names into numbers of types. */
  add(slice: ScanSlice, typeOf: readonly number[]): void;
  chunkOf(place: number): EventChunk;
  versionAt(place: number): number;
  /** How many events come before `version`. */
  countBefore(version: number): number;
}

type Growing = { -readonly [K in keyof EventChunk]: EventChunk[K] };

export function createEventColumns(): EventColumns {
  const chunks: Growing[] = [];
  let size = 0;

  const open = (firstVersion: number): Growing => {
    const timestamps = new BigInt64Array(CHUNK);
    const chunk: Growing = {
      start: size,
      size: 0,
      firstVersion,
      versions: null,
      timestamps,
      halves: halvesOf(timestamps),
      types: new Uint32Array(CHUNK),
      earliest: 0n,
      latest: 0n,
    };
    chunks.push(chunk);
    return chunk;
  };

  const keepVersion = (chunk: Growing, version: number): void => {
    const { firstVersion, size: place } = chunk;
    if (!chunk.versions) {
      if (version === firstVersion + place) return;
      chunk.versions = new Float64Array(CHUNK);
      for (let before = 0; before < place; before++) chunk.versions[before] = firstVersion + before;
    }
    chunk.versions[place] = version;
  };

  const chunkOf = (place: number): Growing => chunks[Math.floor(place / CHUNK)]!;

  return {
    get size() {
      return size;
    },
    chunks,
    chunkOf,
    add({ versions, timestamps, types }, typeOf) {
      let chunk = chunks.at(-1);
      for (let at = 0; at < versions.length; at++) {
        const version = versions[at]!;
        const time = timestamps[at]!;
        if (!chunk || chunk.size === CHUNK) chunk = open(version);
        keepVersion(chunk, version);
        chunk.timestamps[chunk.size] = time;
        chunk.types[chunk.size] = typeOf[types[at]!]!;
        if (chunk.size === 0 || time < chunk.earliest) chunk.earliest = time;
        if (chunk.size === 0 || time > chunk.latest) chunk.latest = time;
        chunk.size++;
        size++;
      }
    },
    versionAt(place) {
      const { start, firstVersion, versions } = chunkOf(place);
      return versions ? versions[place - start]! : firstVersion + place - start;
    },
    countBefore(version) {
      const at = firstPlace(chunks.length, (index) => chunks[index]!.firstVersion >= version) - 1;
      const chunk = chunks[at];
      if (!chunk) return 0;
      const { start, firstVersion, versions } = chunk;
      if (!versions) return start + Math.min(chunk.size, Math.ceil(version - firstVersion));
      return start + firstPlace(chunk.size, (place) => versions[place]! >= version);
    },
  };
}

/** The first of `length` places for which `holds`, where it holds from some place on; else `length`. */
export function firstPlace(length: number, holds: (place: number) => boolean): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
