import { MAX_OPTION_NAME, MAX_OPTION_TEXT, MAX_OPTIONS } from '../../../../shared/ipc/topic-limits.ts';
import { topicOptions, type TopicOptions } from '../../../../shared/model/topic-config.ts';

/** One option being edited. */
export interface OptionRow {
  readonly id: number;
  readonly name: string;
  readonly text: string;
  /** As it is stored; null: it is new. */
  readonly was: { readonly name: string; readonly text: string } | null;
  /** It will be gone when this is saved; until then it can be put back. */
  readonly removed: boolean;
}

/** What saving would do to one option. */
export interface OptionChange {
  readonly name: string;
  /** Null: was not there. */
  readonly before: string | null;
  /** Null: will not be there. */
  readonly after: string | null;
}

export function optionRows(options: TopicOptions): readonly OptionRow[] {
  return Object.entries(options).map(([name, text], id) => ({ id, name, text, was: { name, text }, removed: false }));
}

export function addRows(rows: readonly OptionRow[], pairs: readonly (readonly [string, string])[]): readonly OptionRow[] {
  const first = Math.max(-1, ...rows.map(({ id }) => id)) + 1;
  return [...rows, ...pairs.map(([name, text], index) => ({ id: first + index, name, text, was: null, removed: false }))];
}

/** A new row that nothing was written into says nothing. */
const isBlank = ({ was, name, text }: OptionRow): boolean => was === null && name === '' && text === '';

const standing = (rows: readonly OptionRow[]): readonly OptionRow[] => rows.filter((row) => !row.removed && !isBlank(row));

/** The options that the rows say. Names are members whatever they are called. */
export function optionsOf(rows: readonly OptionRow[]): TopicOptions {
  return topicOptions(standing(rows).map(({ name, text }) => [name, text] as const));
}

export type RowState = 'same' | 'added' | 'changed' | 'renamed' | 'removed';

export function rowState(row: OptionRow): RowState {
  if (row.removed) return 'removed';
  if (row.was === null) return 'added';
  if (row.was.name !== row.name) return 'renamed';
  return row.was.text === row.text ? 'same' : 'changed';
}

/** What is wrong with rows, by their ids. */
export function rowFaults(rows: readonly OptionRow[]): ReadonlyMap<number, string> {
  const faults = new Map<number, string>();
  const used = new Map<string, number>();
  for (const row of standing(rows)) {
    const { id, name, text } = row;
    if (name === '' && row.was?.name !== '') faults.set(id, 'An option needs a name.');
    else if (used.has(name)) faults.set(id, 'Another option has this name.');
    else if (name.length > MAX_OPTION_NAME) faults.set(id, `A name has at most ${MAX_OPTION_NAME} characters.`);
    else if (text.length > MAX_OPTION_TEXT) faults.set(id, `A value has at most ${MAX_OPTION_TEXT} characters.`);
    else if (!name.isWellFormed() || !text.isWellFormed()) faults.set(id, 'It holds half of a character (a lone surrogate).');
    used.set(name, id);
  }
  const [tooMany] = standing(rows).slice(MAX_OPTIONS);
  if (tooMany && !faults.has(tooMany.id)) faults.set(tooMany.id, `A topic has at most ${MAX_OPTIONS} options.`);
  return faults;
}

/** What differs, by name in code unit order. */
export function optionChanges(before: TopicOptions, after: TopicOptions): readonly OptionChange[] {
  const value = (options: TopicOptions, name: string): string | null => (Object.hasOwn(options, name) ? (options[name] ?? null) : null);
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .sort()
    .map((name) => ({ name, before: value(before, name), after: value(after, name) }))
    .filter((change) => change.before !== change.after);
}

/** Lines of `name=value` as pairs, of a text that was pasted; null where it is not such lines. A value may hold `=`. */
export function parseOptionLines(text: string): readonly (readonly [string, string])[] | null {
  const lines = text.split(/\r\n|\r|\n/).filter((line) => line.trim() !== '');
  const pairs = lines.flatMap((line): (readonly [string, string])[] => {
    const at = line.indexOf('=');
    return at < 1 ? [] : [[line.slice(0, at).trim(), line.slice(at + 1)]];
  });
  return lines.length > 0 && pairs.length === lines.length && pairs.every(([name]) => name !== '') ? pairs : null;
}

/**
 * The rows begun on other options, on `now`: what was added, changed, renamed or removed is so still, and what was left alone is
 * as it is now.
 */
export function rebaseRows(rows: readonly OptionRow[], now: TopicOptions): readonly OptionRow[] {
  const touched = rows.filter((row) => rowState(row) !== 'same' && !isBlank(row));
  const mine = new Map(touched.flatMap((row) => (row.was ? [[row.was.name, row] as const] : [])));
  const kept = Object.entries(now).map(([name, text]): Omit<OptionRow, 'id'> => {
    const row = mine.get(name);
    mine.delete(name);
    const was = { name, text };
    if (!row) return { name, text, was, removed: false };
    return { name: row.name, text: row.removed ? text : row.text, was, removed: row.removed };
  });
  // An option that is gone meanwhile: to remove it is done, to change it is to add it anew.
  const anew = touched
    .filter((row) => !row.removed && (row.was === null || mine.has(row.was.name)))
    .map(({ name, text }) => [name, text] as const);
  const added = anew.filter(([name]) => !kept.some((row) => row.name === name && !row.removed));
  const overwritten = new Map(anew.filter(([name]) => !added.some(([other]) => other === name)));
  const numbered = kept.map((row, id) => ({ ...row, id, text: overwritten.get(row.name) ?? row.text }));
  return addRows(numbered, added);
}
