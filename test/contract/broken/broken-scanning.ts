import type { ScanSlice } from '../../../src/main/eventstore/ports/event-repository.ts';
import { allOf, columnsOf, mistake, type BrokenRepository } from './broken-repository.ts';

const placesOf = (slice: ScanSlice): readonly number[] => [...slice.versions.keys()];

export const BROKEN_SCANNING: readonly BrokenRepository[] = [
  mistake(
    'scans timestamps in floating point',
    (right) => ({
      async scan(topic, after, holding) {
        const slice = await right.scan(topic, after, holding);
        return { ...slice, timestamps: slice.timestamps.map((time) => BigInt(Number(time))) };
      },
    }),
    'a scan gives version, time and type of every event',
  ),
  mistake(
    'takes the cursor of a scan as inclusive',
    (right) => ({ scan: (topic, after, holding) => right.scan(topic, after - 1, holding) }),
    'a scan begins after its cursor',
  ),
  mistake(
    'scans a topic in one go',
    (right) => ({
      async scan(topic, after, holding) {
        const slices: ScanSlice[] = [];
        for (let next: number | null = after; next !== null; next = slices.at(-1)!.next)
          slices.push(await right.scan(topic, next, holding));
        const names = [...new Set(slices.flatMap((slice) => slice.names))];
        return {
          versions: Float64Array.from(slices.flatMap(({ versions }) => [...versions])),
          timestamps: BigInt64Array.from(slices.flatMap(({ timestamps }) => [...timestamps])),
          types: Uint32Array.from(slices.flatMap((slice) => [...slice.types].map((type) => names.indexOf(slice.names[type]!)))),
          names,
          damaged: slices.flatMap(({ damaged }) => damaged),
          scanned: slices.reduce((sum, { scanned }) => sum + scanned, 0),
          next: null,
        };
      },
    }),
    'a slice of a scan is bounded in versions',
  ),
  mistake(
    'compares ids of a scan without their case',
    (right) => ({
      async scan(topic, after, holding) {
        if (holding === null) return right.scan(topic, after, null);
        const slice = await right.scan(topic, after, null);
        const wanted = new Set(
          (await allOf(right, topic))
            .filter(
              ({ id, metadata }) => id.toLowerCase() === holding.toLowerCase() || metadata.includes(JSON.stringify(holding).slice(1, -1)),
            )
            .map(({ version }) => version),
        );
        return {
          ...slice,
          ...columnsOf(
            slice,
            placesOf(slice).filter((place) => wanted.has(slice.versions[place]!)),
          ),
        };
      },
    }),
    'a scan for an id gives the events of exactly this id',
  ),
  mistake(
    'looks for the bare text in metadata',
    (right) => ({
      async scan(topic, after, holding) {
        if (holding === null) return right.scan(topic, after, null);
        const slice = await right.scan(topic, after, null);
        const wanted = new Set(
          (await allOf(right, topic))
            .filter(({ id, metadata }) => id === holding || metadata.includes(holding))
            .map(({ version }) => version),
        );
        return {
          ...slice,
          ...columnsOf(
            slice,
            placesOf(slice).filter((place) => wanted.has(slice.versions[place]!)),
          ),
        };
      },
    }),
    'a scan for a text gives the events whose metadata',
  ),
  mistake(
    'looks at the first mebibyte of metadata',
    (right) => ({
      async scan(topic, after, holding) {
        if (holding === null) return right.scan(topic, after, null);
        const slice = await right.scan(topic, after, holding);
        const wanted = new Set(
          (await allOf(right, topic))
            .filter(({ id, metadata }) => id === holding || metadata.slice(0, 1024 * 1024).includes(holding))
            .map(({ version }) => version),
        );
        return {
          ...slice,
          ...columnsOf(
            slice,
            placesOf(slice).filter((place) => wanted.has(slice.versions[place]!)),
          ),
        };
      },
    }),
    'a scan finds what it looks for behind any amount',
  ),
  mistake(
    'scans nothing where there is no topic',
    (right) => ({
      async scan(topic, after, holding) {
        const known = (await right.findTopic(topic)) !== null;
        return known ? right.scan(topic, after, holding) : { ...columnsOf(NOTHING, []), names: [], damaged: [], scanned: 0, next: null };
      },
    }),
    'a scan of an empty topic is empty',
  ),
  mistake(
    'ends a scan at damage',
    (right) => ({
      async scan(topic, after, holding) {
        const slice = await right.scan(topic, after, holding);
        const [first] = slice.damaged;
        if (!first) return slice;
        const before = placesOf(slice).filter((place) => slice.versions[place]! < first.version);
        return { ...slice, ...columnsOf(slice, before), damaged: [first], scanned: before.length + 1, next: null };
      },
    }),
    'a scan passes damage and goes on',
    'a scan by looking names the damaged versions',
  ),
];

const NOTHING: ScanSlice = {
  versions: new Float64Array(),
  timestamps: new BigInt64Array(),
  types: new Uint32Array(),
  names: [],
  damaged: [],
  scanned: 0,
  next: null,
};
