import type { FoldFault } from '../../../shared/model/fold.ts';

/** How a call into the sandbox ended other than with an answer. */
export interface Ended {
  readonly cause: 'stopped' | 'throw' | 'time' | 'memory' | 'stack';
  readonly thrown: Thrown;
}

/** What was thrown, as far as it could be told. */
export interface Thrown {
  readonly name: string;
  readonly message: string;
  /** As QuickJS writes it: innermost call first, `at name (file:line:column)`. */
  readonly stack: string;
}

type Place = Pick<FoldFault, 'line' | 'column'>;

/** The names that the person's texts have in stack traces. */
export const FOLD_FILE = 'fold.js';
export const CONDITION_FILE = 'condition.js';

/** The prelude's name for null, which QuickJS throws where there is no room for an error. */
const NULL = 'null';

const NOWHERE: Place = { line: null, column: null };

/** An error of QuickJS's own making, told by what it says. */
export function thrownBy(thrown: Thrown): Ended {
  if (thrown.name !== 'InternalError') return { cause: 'throw', thrown };
  return { cause: thrown.message === 'out of memory' ? 'memory' : thrown.message === 'stack overflow' ? 'stack' : 'throw', thrown };
}

export const OUT_OF_MEMORY: Ended = { cause: 'memory', thrown: { name: 'InternalError', message: 'out of memory', stack: '' } };

/** The limits that a call ran under: milliseconds, bytes. */
export interface CallLimits {
  readonly time: number;
  readonly memory: number;
}

/** Why a call of the fold ended. */
export function callFault({ cause, thrown }: Ended, limits: CallLimits): FoldFault {
  const place = placeIn(thrown.stack, FOLD_FILE);
  switch (cause) {
    case 'time':
      return {
        kind: 'time',
        reason: `It was stopped after ${seconds(limits.time)}, the time that it may take.`,
        ...place,
      };
    case 'memory':
      return {
        kind: 'memory',
        reason: `It needs more than ${mebibytes(limits.memory)} of memory, the limit of a fold and its state.`,
        ...place,
      };
    case 'stack':
      return { kind: 'stack', reason: 'It calls itself too deeply: the stack is full.', ...place };
    case 'stopped':
      return { kind: 'throw', reason: 'It was stopped.', ...place };
    case 'throw':
      if (thrown.name !== NULL) return { kind: 'throw', reason: said(thrown), ...place };
      return {
        kind: 'memory',
        reason: `It threw null, or ran out of ${mebibytes(limits.memory)} of memory: then not even an error can be made.`,
        ...NOWHERE,
      };
  }
}

/** Why the text is no fold: how loading it ended, or what it does not export. */
export function loadFault({ reason, line, column }: Pick<FoldFault, 'reason' | 'line' | 'column'>, source: string): FoldFault {
  if (!/could not load module /.test(reason)) return { kind: 'load', reason, line, column };
  return { kind: 'load', reason: NO_IMPORT, ...firstLine(source, /^\s*(?:import|export\b.*\bfrom)\b/) };
}

/** Why a text is no fold that waits while it loads: for what it imports, or for anything else. */
export function waitingFault(source: string): FoldFault {
  const importing = firstLine(source, /\bimport\s*\(/);
  if (importing.line !== null) return { kind: 'load', reason: NO_IMPORT, ...importing };
  return { kind: 'load', reason: 'A fold cannot wait: no await while it loads.', ...firstLine(source, /\bawait\b/) };
}

const NO_IMPORT = 'A fold cannot import anything: it is one text that stands for itself.';

function firstLine(source: string, pattern: RegExp): Place {
  const index = source.split('\n').findIndex((text) => pattern.test(text));
  return index === -1 ? NOWHERE : { line: index + 1, column: 1 };
}

export function initialFault({ reason, line, column }: FoldFault): FoldFault {
  return { kind: 'load', reason: `The initial state cannot be had. ${reason}`, line, column };
}

/** What stands around the text of a condition: it can be no statement, and a comment at its end hides nothing. */
export const CONDITION_START = '(state, event) => (';
export const CONDITION_END = '\n)';

export function conditionFault(thrown: Thrown, text: string): FoldFault {
  const reason = `The condition cannot be asked. ${said(thrown)}`;
  const lines = text.split('\n');
  const { line, column } = placeIn(thrown.stack, CONDITION_FILE);
  if (line === null || column === null) return { kind: 'load', reason, ...NOWHERE };
  // What is missing is found missing behind the text.
  if (line > lines.length) return { kind: 'load', reason, line: lines.length, column: (lines.at(-1) ?? '').length + 1 };
  return { kind: 'load', reason, line, column: line === 1 ? Math.max(1, column - CONDITION_START.length) : column };
}

/** What a fold returned that can be no state: `[what, []]` as JSON. */
export function returnFault(found: string): FoldFault {
  const [what] = JSON.parse(found) as [string];
  const reason = `fold returned ${what}. It must return the state after the event, as what JSON can hold.${hintFor(what)}`;
  return { kind: 'state', reason, ...NOWHERE, path: '' };
}

/** What the prelude found in a state that JSON cannot hold: `[what, path]` as JSON. */
export function shapeFault(found: string): FoldFault {
  const [what, path] = JSON.parse(found) as [string, readonly (string | number)[]];
  const pointer = path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
  const where = pointer === '' ? 'The state is' : `At ${pointer} the state holds`;
  return { kind: 'state', reason: `${where} ${what}, which JSON cannot hold.${hintFor(what)}`, ...NOWHERE, path: pointer };
}

const hintFor = (what: string): string => HINTS.find(([pattern]) => pattern.test(what))?.[1] ?? '';

const HINTS: readonly (readonly [RegExp, string])[] = [
  [/\((?:Map|Set)\)/, ' Use an object or a list.'],
  [/\(Date\)/, ' Keep its time: date.toISOString().'],
  [/\(Promise\)/, ' A fold answers at once: it cannot be async.'],
  [/of a class/, ' Use a plain object.'],
  [/^(?:NaN|-?Infinity)$/, ' A calculation went wrong.'],
];

function said({ name, message }: Thrown): string {
  if (name === '' || name === 'Error') return message === '' ? 'It threw an error without a message.' : message;
  return message === '' ? name : `${name}: ${message}`;
}

/** The innermost place in one of the person's own texts. */
function placeIn(stack: string, file: string): Place {
  const [, line, column] = new RegExp(`\\b${file.replace('.', '\\.')}:(\\d+):(\\d+)`).exec(stack) ?? [];
  return line === undefined ? NOWHERE : { line: Number(line), column: Number(column) };
}

const seconds = (milliseconds: number): string => {
  const rounded = Math.round(milliseconds / 100) / 10;
  return `${rounded} ${rounded === 1 ? 'second' : 'seconds'}`;
};

const mebibytes = (bytes: number): string => `${Math.round(bytes / 2 ** 20)} MiB`;
