import type { Report } from './report.ts';

/** More noisy rows than this and the run says nothing. */
const MOST_NOISY = 2;
/** `PRAGMA synchronous = FULL`. */
const FULL = 2;

/** Whether every side flushes each of its commits. */
export const isDurable = (synchronous: Report['synchronous']): boolean => Object.values(synchronous).every((value) => value === FULL);

/** Why the figures of a run must not be taken; nothing where they may. A row that is short is a result, no failure. */
export function whyFailed({ rows, missing, synchronous }: Pick<Report, 'rows' | 'missing' | 'synchronous'>): string[] {
  const failed = missing.filter((one) => one.failed).map(({ name }) => name);
  const noisy = rows.filter(({ verdict }) => verdict === 'noisy').length;
  return [
    ...(failed.length > 0 ? [`not everything could be measured: ${failed.join(', ')}`] : []),
    ...(isDurable(synchronous) ? [] : ['the sides do not flush alike, so that their times cannot be compared']),
    ...(noisy > MOST_NOISY ? [`${noisy} rows are too noisy to be judged: the machine is busy with something else`] : []),
  ];
}
