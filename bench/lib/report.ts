import { spreadOf, median } from './stats.ts';

export interface Row {
  /** Begins with the number of the target. */
  readonly name: string;
  readonly measured: number;
  /** As `>= 0.85`. */
  readonly target: string;
  /** `x` for a ratio, `ms`, `MB`, … */
  readonly unit: string;
  /** Between the rounds, in %; null where there was one. */
  readonly spread: number | null;
  readonly verdict: 'ok' | 'short' | 'noisy';
  /** What else is to be known: sizes, absolute figures. */
  readonly note: string;
}

export interface Report {
  readonly rows: readonly Row[];
  readonly missing: readonly { readonly name: string; readonly why: string }[];
  /** Judges a row by the median of its rounds. */
  add(name: string, values: readonly number[], target: Target, note?: string): void;
  /** A row that could not be measured here, and why. */
  skip(name: string, why: string): void;
}

export interface Target {
  readonly atLeast?: number;
  readonly atMost?: number;
  readonly unit: string;
}

/** A ratio that spreads further is not judged. */
export const NOISY = 60;

export function createReport(say: (line: string) => void): Report {
  const rows: Row[] = [];
  const missing: Report['missing'][number][] = [];
  return {
    rows,
    missing,
    add: (name, values, { atLeast, atMost, unit }, note = '') => {
      const measured = round(median(values));
      const spread = values.length > 1 ? Math.round(spreadOf(values)) : null;
      const isMet = (atLeast === undefined || measured >= atLeast) && (atMost === undefined || measured <= atMost);
      const verdict = unit === 'x' && (spread ?? 0) > NOISY ? 'noisy' : isMet ? 'ok' : 'short';
      const target = atLeast === undefined ? `<= ${atMost}` : `>= ${atLeast}`;
      const row = { name, measured, target, unit, spread, verdict, note } as const;
      rows.push(row);
      say(line(row));
    },
    skip: (name, why) => {
      missing.push({ name, why });
      say(`${name}: not measured: ${why}`);
    },
  };
}

/** One table in Markdown, the rows that are missing below it. */
export function markdown({ rows, missing }: Pick<Report, 'rows' | 'missing'>): string {
  const head = ['name', 'measured', 'target', 'spread', 'verdict', 'note'];
  const body = rows.map(({ name, measured, target, unit, spread, verdict, note }) => [
    name,
    `${measured} ${unit}`,
    target,
    spread === null ? '' : `${spread} %`,
    verdict,
    note,
  ]);
  const table = [head, head.map(() => '---'), ...body].map((cells) => `| ${cells.join(' | ')} |`);
  return [...table, '', ...missing.map(({ name, why }) => `- ${name}: not measured: ${why}`)].join('\n').trimEnd();
}

const line = ({ name, measured, unit, target, spread, verdict, note }: Row): string =>
  `${verdict.padEnd(5)} ${name}: ${measured} ${unit} (${target}${spread === null ? '' : `, spread ${spread} %`}) ${note}`.trimEnd();

const round = (value: number): number => Number(value.toPrecision(3));
