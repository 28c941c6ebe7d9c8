import type { DamagedVersion } from '../../shared/model/event.ts';
import { MAX_LOOKED, MAX_SCAN, type ScanSlice } from '../eventstore/ports/event-repository.ts';

/** Milliseconds after which a slice ends where it is: nobody waits longer for a thread that scans. */
const SLICE_MS = 8;

/** A slice of a scan while it is made. */
export interface ScanColumns {
  add(version: number, timestamp: bigint, type: string): void;
  addDamaged(damaged: DamagedVersion): void;
  /** How many more versions may be looked at after `scanned` of them; 0: the slice ends here. It always looks at one. */
  room(scanned: number): number;
  finish(scanned: number, next: number | null): ScanSlice;
}

/** Events that a slice has place for at first: a search gives few. */
const FIRST_PLACES = 256;

export function createScanColumns(): ScanColumns {
  let versions = new Float64Array(FIRST_PLACES);
  let timestamps = new BigInt64Array(FIRST_PLACES);
  let types = new Uint32Array(FIRST_PLACES);
  let length = 0;
  const names: string[] = [];
  const placeOfName = new Map<string, number>();
  const damaged: DamagedVersion[] = [];
  const deadline = performance.now() + SLICE_MS;

  const grow = (): void => {
    const [were, times, kinds] = [versions, timestamps, types];
    versions = new Float64Array(2 * length);
    timestamps = new BigInt64Array(2 * length);
    types = new Uint32Array(2 * length);
    versions.set(were);
    timestamps.set(times);
    types.set(kinds);
  };

  return {
    add(version, timestamp, type) {
      if (length === versions.length) grow();
      let place = placeOfName.get(type);
      if (place === undefined) {
        place = names.push(type) - 1;
        placeOfName.set(type, place);
      }
      versions[length] = version;
      timestamps[length] = timestamp;
      types[length] = place;
      length++;
    },
    addDamaged: (found) => void damaged.push(found),
    room: (scanned) =>
      scanned > 0 && performance.now() > deadline ? 0 : Math.max(0, Math.min(MAX_SCAN - length - damaged.length, MAX_LOOKED - scanned)),
    finish: (scanned, next) => ({
      versions: versions.slice(0, length),
      timestamps: timestamps.slice(0, length),
      types: types.slice(0, length),
      names,
      damaged,
      scanned,
      next,
    }),
  };
}

/** Whether an event is of this id, or holds this text in its metadata as JSON writes it. */
export function holdsText(text: string): (id: string, metadata: string) => boolean {
  const written = writtenInJson(text);
  return (id, metadata) => id === text || metadata.includes(written);
}

/** The text as it stands between the quotes of a JSON string. */
export function writtenInJson(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}
