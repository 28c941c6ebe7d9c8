import fc from 'fast-check';
import type { ScanSlice } from '../../src/main/eventstore/ports/event-repository.ts';
import { createTopicDigest, type TopicDigest } from '../../src/main/jobs/topic-digest.ts';
import type { EventFilter } from '../../src/main/jobs/topic-matches.ts';

/** One version of a history as a scan tells it. */
export interface Told {
  readonly version: number;
  readonly type: string;
  readonly timestamp: bigint;
  readonly damaged: boolean;
}

export const INT64 = { min: -(2n ** 63n), max: 2n ** 63n - 1n } as const;

/** Times that ascend, that do not, and that lie at the ends of what can be stored. */
const time = fc.oneof(
  { weight: 6, arbitrary: fc.bigInt({ min: 1_700_000_000_000_000_000n, max: 1_700_000_000_000_000_050n }) },
  { weight: 2, arbitrary: fc.bigInt({ min: -(2n ** 33n), max: 2n ** 33n }) },
  { weight: 1, arbitrary: fc.bigInt(INT64) },
  { weight: 1, arbitrary: fc.constantFrom(INT64.min, INT64.max, -1n, 0n, 2n ** 32n - 1n, 2n ** 32n, -(2n ** 32n)) },
);

/** Histories with gaps, damage and times in any order. */
export const history: fc.Arbitrary<readonly Told[]> = fc
  .array(
    fc.record({
      gap: fc.oneof({ weight: 8, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.integer({ min: 1, max: 9 }) }),
      type: fc.constantFrom('a', 'b', 'c', '__proto__', 'constructor'),
      timestamp: time,
      damaged: fc.oneof({ weight: 9, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
    }),
    { maxLength: 60 },
  )
  .map((steps) => {
    let version = 0;
    return steps.map(({ gap, ...told }) => ({ ...told, version: (version += gap + 1) }));
  });

const bound = fc.option(time, { nil: null, freq: 3 });
export const filter: fc.Arbitrary<EventFilter> = fc.record({
  types: fc.option(fc.subarray(['a', 'b', 'c', '__proto__', 'none']), { nil: null }),
  from: bound,
  to: bound,
});

export interface ToldStore {
  told: readonly Told[];
  readonly scans: number[];
  scanEvents(topic: string, after: number): Promise<ScanSlice>;
}

/** A store whose scans tell this history, `size` versions a slice. */
export function toldStore(told: readonly Told[], size: number): ToldStore {
  const store: ToldStore = {
    told,
    scans: [],
    async scanEvents(_topic, after) {
      store.scans.push(after);
      const rest = store.told.filter(({ version }) => version > after);
      const slice = rest.slice(0, size);
      const healthy = slice.filter(({ damaged }) => !damaged);
      const names = [...new Set(healthy.map(({ type }) => type))];
      return {
        versions: Float64Array.from(healthy, ({ version }) => version),
        timestamps: BigInt64Array.from(healthy, ({ timestamp }) => timestamp),
        types: Uint32Array.from(healthy, ({ type }) => names.indexOf(type)),
        names,
        damaged: slice.filter(({ damaged }) => damaged).map(({ version }) => ({ version, code: 'odd', reason: 'odd', place: 'here' })),
        scanned: slice.length,
        next: rest.length > size ? slice.at(-1)!.version : null,
      };
    },
  };
  return store;
}

export const never = (): AbortSignal => new AbortController().signal;

export const latestOf = (told: readonly Told[]): number => told.at(-1)?.version ?? 0;

/** A digest that has caught up with a history. */
export async function digestOf(told: readonly Told[], size = 7): Promise<TopicDigest> {
  const digest = createTopicDigest(toldStore(told, size), 'orders');
  digest.aim(latestOf(told));
  await digest.advance(60_000, never());
  return digest;
}

/** What a filter lets through, the plain way. */
export function matching(told: readonly Told[], { types, from, to }: EventFilter): readonly Told[] {
  return told.filter(
    ({ damaged, type, timestamp }) =>
      !damaged && (types === null || types.includes(type)) && (from === null || timestamp >= from) && (to === null || timestamp < to),
  );
}
