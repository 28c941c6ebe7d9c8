import { count, plural } from '../ui/format.ts';
import type { JsonDiff } from './json-diff.ts';
import { MOST_CHILDREN } from './json-nodes.ts';

const STOPPED: Readonly<Record<NonNullable<JsonDiff['stopped']>, string>> = {
  'too many': 'there are more; only the first are listed',
  'too deep': 'the texts are nested too deeply: the rest was not compared',
  'too long': `lists of more than ${count(MOST_CHILDREN)} elements were compared up to there`,
};

/** How many differences of which kind there are, and what was not compared. */
export function diffSummary({ changes, stopped }: JsonDiff): string {
  const of = (kind: JsonDiff['changes'][number]['kind']): number => changes.filter((change) => change.kind === kind).length;
  return [
    plural(changes.length, 'difference'),
    ...(
      [
        ['added', of('added')],
        ['removed', of('removed')],
        ['changed', of('changed')],
        ['in another order', of('order')],
      ] as const
    )
      .filter(([, number]) => number > 0)
      .map(([word, number]) => `${count(number)} ${word}`),
    ...(stopped === null ? [] : [STOPPED[stopped]]),
  ].join(' · ');
}
