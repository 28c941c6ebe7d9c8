import { describe, expect, it } from 'vitest';
import { EventStoreError } from '../../src/shared/model/errors.ts';
import { BROKEN_APPENDING } from './broken/broken-appending.ts';
import { BROKEN_READING } from './broken/broken-reading.ts';
import { BROKEN_SCANNING } from './broken/broken-scanning.ts';
import { BROKEN_IDS } from './broken/broken-ids.ts';
import { BROKEN_STATISTICS } from './broken/broken-statistics.ts';
import { BROKEN_TOPICS } from './broken/broken-topics.ts';
import { BROKEN_TRASH } from './broken/broken-trash.ts';
import { keptMemorySubject } from './broken/kept-memory-adapter.ts';
import { describeEventRepository, LAWS } from './event-repository.contract.ts';
import { runLaw, type Law } from './law.ts';

const BROKEN = [
  ...BROKEN_TOPICS,
  ...BROKEN_APPENDING,
  ...BROKEN_READING,
  ...BROKEN_SCANNING,
  ...BROKEN_IDS,
  ...BROKEN_STATISTICS,
  ...BROKEN_TRASH,
];

/** The one law whose name begins so. */
function lawOf(beginning: string): Law {
  const found = LAWS.filter((law) => law.name.startsWith(beginning));
  if (found.length === 1) return found[0]!;
  return expect.fail(`${found.length} laws begin with "${beginning}"`);
}

/** A law notices by a failed expectation, or by a refusal where an answer is due; any other error is an accident. */
function isVerdict(failure: unknown): boolean {
  if (!(failure instanceof Error)) return false;
  return failure.name === 'AssertionError' || failure instanceof EventStoreError || isVerdict(failure.cause);
}

describeEventRepository('the right repository that the broken ones are made from', keptMemorySubject());

describe('a repository with a mistake', () => {
  for (const { mistake, breaks, wrap } of BROKEN) {
    for (const beginning of breaks) {
      it(`that ${mistake} breaks the law: ${beginning}`, async () => {
        const failure: unknown = await runLaw(lawOf(beginning), keptMemorySubject(wrap)).then(
          () => null,
          (error: unknown) => error,
        );
        expect(isVerdict(failure), `the law ends with ${String(failure)}`).toBe(true);
      });
    }
  }

  it('is there for every law: no law passes whatever a repository does', () => {
    const broken = new Set(BROKEN.flatMap(({ breaks }) => breaks.map((beginning) => lawOf(beginning).name)));
    expect(LAWS.map((law) => law.name).filter((name) => !broken.has(name))).toEqual([]);
  });

  it('has one mistake each, told apart by their names; so have the laws', () => {
    expect(new Set(BROKEN.map(({ mistake }) => mistake)).size).toBe(BROKEN.length);
    expect(new Set(LAWS.map((law) => law.name)).size).toBe(LAWS.length);
  });
});
