import { spreadOf, median } from './stats.ts';

export interface Row {
  /** Begins with the number of the target, where it belongs to one. */
  readonly name: string;
  readonly measured: number;
  /** What 99 % of the samples stay within; null where it is not told apart. */
  readonly p99: number | null;
  /** As `>= 0.85`, or `<= 16, 99 % <= 8`; empty where nothing is asked. */
  readonly target: string;
  /** `x` for a ratio, `ms`, `MB`, … */
  readonly unit: string;
  /** Between the rounds, in %; null where there was one. */
  readonly spread: number | null;
  readonly verdict: 'ok' | 'short' | 'noisy' | 'no target';
  /** What else is to be known: sizes, absolute figures. */
  readonly note: string;
}

/** A row, or a group of them, that could not be measured, and why. */
export interface Missing {
  readonly name: string;
  readonly why: string;
  /** It should have been measured: the run has failed. */
  readonly failed: boolean;
}

export interface Report {
  readonly rows: readonly Row[];
  readonly missing: readonly Missing[];
  /** Versions of what was measured, by name. */
  readonly versions: Readonly<Record<string, string>>;
  /** `PRAGMA synchronous` of every side, read back. */
  readonly synchronous: Readonly<Record<string, number>>;
  /** Judges a row by the median of its rounds, and by its tail where there is one. */
  add(name: string, values: readonly number[], target: Target, note?: string, tail?: Tail): void;
  /** A row that does not apply at this size or on this system, and why. */
  skip(name: string, why: string): void;
  /** Rows that should have been measured, and why they were not. */
  fail(name: string, error: unknown): void;
  uses(name: string, version: string): void;
  readBack(side: string, synchronous: number): void;
}

/** A row that asks for neither is told and not judged. */
export interface Target {
  readonly atLeast?: number;
  readonly atMost?: number;
  readonly unit: string;
}

/** What 99 % of the samples come to, and may. */
export interface Tail {
  readonly p99: number;
  readonly atMost: number;
}

/** A ratio that spreads further is not judged. */
export const NOISY = 60;

export function createReport(say: (line: string) => void): Report {
  const rows: Row[] = [];
  const missing: Missing[] = [];
  const versions: Record<string, string> = {};
  const synchronous: Record<string, number> = {};
  const miss = (one: Missing): void => {
    missing.push(one);
    say(`${one.name}: ${reason(one)}`);
  };
  return {
    rows,
    missing,
    versions,
    synchronous,
    add: (name, values, target, note = '', tail) => {
      const middle = median(values);
      const spread = values.length > 1 ? Math.round(spreadOf(values)) : null;
      const row: Row = {
        name,
        measured: round(middle),
        p99: tail ? round(tail.p99) : null,
        target: asked(target, tail),
        unit: target.unit,
        spread,
        verdict: judge(middle, spread, target, tail),
        note,
      };
      rows.push(row);
      say(line(row));
    },
    skip: (name, why) => miss({ name, why, failed: false }),
    fail: (name, error) => {
      const why = (error instanceof Error ? error.message : String(error)).split('\n', 1)[0]!;
      miss({ name, why, failed: true });
    },
    uses: (name, version) => void (versions[name] = version),
    readBack: (side, value) => void (synchronous[side] = value),
  };
}

/** One table in Markdown, the rows that are missing below it. */
export function markdown({ rows, missing }: Pick<Report, 'rows' | 'missing'>): string {
  const head = ['name', 'measured', 'target', 'spread', 'verdict', 'note'];
  const body = rows.map((row) => [row.name, figure(row), row.target, row.spread === null ? '' : `${row.spread} %`, row.verdict, row.note]);
  const table = [head, head.map(() => '---'), ...body].map((cells) => `| ${cells.join(' | ')} |`);
  return [...table, '', ...missing.map((one) => `- ${one.name}: ${reason(one)}`)].join('\n').trimEnd();
}

function judge(measured: number, spread: number | null, { atLeast, atMost, unit }: Target, tail?: Tail): Row['verdict'] {
  if (atLeast === undefined && atMost === undefined) return 'no target';
  if (unit === 'x' && (spread ?? 0) > NOISY) return 'noisy';
  const isMet = measured >= (atLeast ?? -Infinity) && measured <= (atMost ?? Infinity);
  return isMet && (!tail || tail.p99 <= tail.atMost) ? 'ok' : 'short';
}

function asked({ atLeast, atMost }: Target, tail?: Tail): string {
  const limits = [
    ...(atLeast === undefined ? [] : [`>= ${atLeast}`]),
    ...(atMost === undefined ? [] : [`<= ${atMost}`]),
    ...(tail ? [`99 % <= ${tail.atMost}`] : []),
  ];
  return limits.join(', ');
}

const figure = ({ measured, p99, unit }: Row): string =>
  p99 === null ? `${measured} ${unit}`.trimEnd() : `${measured} ${unit}, 99 % ${p99} ${unit}`;

const line = (row: Row): string => {
  const about = [row.target, ...(row.spread === null ? [] : [`spread ${row.spread} %`])].filter((part) => part !== '').join(', ');
  return `${row.verdict.padEnd(5)} ${row.name}: ${figure(row)}${about === '' ? '' : ` (${about})`} ${row.note}`.trimEnd();
};

const reason = ({ why, failed }: Missing): string => `${failed ? 'FAILED' : 'not measured'}: ${why}`;

const round = (value: number): number => Number(value.toPrecision(3));
