import type { DamagedVersion } from '../../shared/model/event.ts';
import { MAX_SCAN, type ScanSlice } from '../eventstore/ports/event-repository.ts';

/** Milliseconds after which a slice ends where it is: nobody waits longer for a thread that scans. */
const SLICE_MS = 8;

/** A slice of a scan while it is made. */
export interface ScanColumns {
  add(version: number, timestamp: bigint, type: string): void;
  addDamaged(damaged: DamagedVersion): void;
  /** Whether the slice must end here, after `scanned` versions: it always looks at one. */
  isFull(scanned: number): boolean;
  finish(scanned: number, next: number | null): ScanSlice;
}

export function createScanColumns(): ScanColumns {
  const versions = new Float64Array(MAX_SCAN);
  const timestamps = new BigInt64Array(MAX_SCAN);
  const types = new Uint32Array(MAX_SCAN);
  let length = 0;
  const names: string[] = [];
  const placeOfName = new Map<string, number>();
  const damaged: DamagedVersion[] = [];
  const deadline = performance.now() + SLICE_MS;

  return {
    add(version, timestamp, type) {
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
    isFull: (scanned) => scanned >= MAX_SCAN || (scanned > 0 && performance.now() > deadline),
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
