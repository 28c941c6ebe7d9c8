import { openBench, type Bench } from './bench.ts';
import type { ContractFactory, Trait, Traits } from './subject.ts';

/**
 * One promise of the port, as data: the suite registers it with vitest, the test of the suite runs it against
 * repositories that break it. It passes when `run` resolves.
 */
export interface Law {
  readonly name: string;
  /** Applies only to subjects with all of these traits. */
  readonly needs: readonly Trait[];
  readonly run: (bench: Bench) => Promise<void>;
}

export function law(name: string, run: (bench: Bench) => Promise<void>, ...needs: readonly Trait[]): Law {
  return { name, needs, run };
}

export function applies({ needs }: Law, traits: Traits): boolean {
  return needs.every((trait) => traits[trait]);
}

/** Runs one law on a fresh subject and gives everything back, also when the law fails. */
export async function runLaw({ run }: Law, factory: ContractFactory): Promise<void> {
  const bench = await openBench(factory);
  try {
    await run(bench);
  } finally {
    await bench.close();
  }
}

/** Opens one repository to ask what it promises. */
export async function readTraits(factory: ContractFactory): Promise<Traits> {
  const bench = await openBench(factory);
  try {
    const { durable, shared, foreignWriters, guardsAppends } = (await bench.open()).capabilities;
    const { spellings, damage, damagesAll } = bench.subject;
    return {
      durable,
      shared,
      foreignWriters,
      guardsAppends,
      paths: spellings !== undefined,
      damageable: damage !== undefined,
      damagedWhole: damagesAll ?? false,
    };
  } finally {
    await bench.close();
  }
}
