import { describe, it } from 'vitest';
import { applies, readTraits, runLaw, type Law } from './law.ts';
import { AGREEMENT_LAWS } from './laws/agreement.ts';
import { APPENDING_LAWS } from './laws/appending.ts';
import { CHANGE_LAWS } from './laws/changes.ts';
import { CONCURRENCY_LAWS } from './laws/concurrency.ts';
import { DAMAGE_LAWS } from './laws/damage.ts';
import { FIDELITY_LAWS } from './laws/fidelity.ts';
import { ID_LAWS } from './laws/ids.ts';
import { LIFECYCLE_LAWS } from './laws/lifecycle.ts';
import { READING_LAWS } from './laws/reading.ts';
import { RETRYING_LAWS } from './laws/retrying.ts';
import { SCANNING_LAWS } from './laws/scanning.ts';
import { STATISTICS_LAWS } from './laws/statistics.ts';
import { TOPIC_LAWS } from './laws/topics.ts';
import { TRASH_LAWS } from './laws/trash.ts';
import type { ContractFactory } from './subject.ts';

export const LAWS: readonly Law[] = [
  ...TOPIC_LAWS,
  ...APPENDING_LAWS,
  ...RETRYING_LAWS,
  ...READING_LAWS,
  ...SCANNING_LAWS,
  ...ID_LAWS,
  ...STATISTICS_LAWS,
  ...FIDELITY_LAWS,
  ...TRASH_LAWS,
  ...CHANGE_LAWS,
  ...CONCURRENCY_LAWS,
  ...LIFECYCLE_LAWS,
  ...DAMAGE_LAWS,
  ...AGREEMENT_LAWS,
];

/** Generous: a law of two seconds may wait for a disk that other tests keep busy. */
const LAW_MS = 60_000;

/** Registers every law that applies to what the factory makes: the one suite of every adapter. */
export function describeEventRepository(name: string, factory: ContractFactory): void {
  describe(name, async () => {
    const traits = await readTraits(factory);
    for (const law of LAWS) if (applies(law, traits)) it(law.name, () => runLaw(law, factory), LAW_MS);
  });
}
