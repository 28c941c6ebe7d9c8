import type { Problem } from '../../../../shared/model/problem.ts';

export interface ProblemGroup {
  /** '' for the store itself. */
  readonly topic: string;
  readonly problems: readonly Problem[];
}

/** How many there are of each code, most first. */
export function countCodes(problems: readonly Problem[]): readonly { readonly code: string; readonly count: number }[] {
  const groups = Map.groupBy(problems, ({ code }) => code);
  return [...groups]
    .map(([code, found]) => ({ code, count: found.length }))
    .sort((a, b) => b.count - a.count || (a.code < b.code ? -1 : 1));
}

/** The first `most` problems of a code (null: all), those of the store first, then each topic's by version. */
export function groupProblems(problems: readonly Problem[], code: string | null, most: number): readonly ProblemGroup[] {
  const sorted = problems
    .filter((problem) => code === null || problem.code === code)
    .toSorted((a, b) => compare(a.topic ?? '', b.topic ?? '') || (a.version ?? 0) - (b.version ?? 0));
  const groups = Map.groupBy(sorted.slice(0, most), ({ topic = '' }) => topic);
  return [...groups].map(([topic, found]) => ({ topic, problems: found }));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
