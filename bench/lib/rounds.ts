import { NOISY } from './report.ts';
import { median, spreadOf } from './stats.ts';

export interface RoundLimits {
  readonly least: number;
  /** What still spreads after so many is noisy. */
  readonly most: number;
}

export interface Rounds<K extends string> {
  /** The value of each round. */
  readonly samples: Readonly<Record<K, readonly number[]>>;
  /** `over` / `under` of each round. */
  ratios(over: K, under: K): readonly number[];
  p50(name: K): number;
}

/**
 * Runs every contestant once a round, in an order that turns, so that what slows the machine down slows all of them. Goes on
 * until the ratios of `judged` spread less than a noisy one does, or the cap is reached. A run answers its measure, mostly ms.
 */
export async function inRounds<K extends string>(
  runs: Readonly<Record<K, () => number | Promise<number>>>,
  judged: readonly (readonly [over: NoInfer<K>, under: NoInfer<K>])[],
  { least, most }: RoundLimits,
): Promise<Rounds<K>> {
  const names = Object.keys(runs) as K[];
  const samples = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<K, number[]>;
  const ratios = (over: K, under: K): number[] => samples[over].map((value, round) => value / (samples[under][round] ?? NaN));
  for (let round = 0; round < most; round++) {
    for (let turn = 0; turn < names.length; turn++) {
      const name = names[(round + turn) % names.length]!;
      samples[name].push(await runs[name]());
    }
    if (round + 1 >= least && judged.every(([over, under]) => spreadOf(ratios(over, under)) < NOISY)) break;
  }
  return { samples, ratios, p50: (name) => median(samples[name]) };
}

/** The median milliseconds of `times` runs. */
export async function typicalMs(times: number, run: (index: number) => unknown): Promise<number> {
  const all: number[] = [];
  for (let index = 0; index < times; index++) {
    const began = performance.now();
    await run(index);
    all.push(performance.now() - began);
  }
  return median(all);
}
