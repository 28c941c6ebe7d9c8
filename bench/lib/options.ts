import { closeSync, openSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { SetupError } from '../../scripts/runtime/say.ts';
import { SIZES, type Size } from './seeded-stores.ts';

export interface Options {
  /** Of the largest store; null where the run may choose. */
  readonly size: Size | null;
  readonly quick: boolean;
  /** Where the result goes as JSON; it can be written. */
  readonly json: string | null;
  /** The groups to be measured, in their own order. */
  readonly groups: readonly string[];
}

/**
 * What the command line asks for, of the groups there are. Told before anything is measured, since a run takes minutes.
 * @throws SetupError where something is asked for that there is not, or the file cannot be written
 */
export function readOptions(args: readonly string[], groups: readonly string[]): Options {
  const { size, quick, json, only } = parsed(args);
  if (size !== undefined && !isSize(size)) throw new SetupError(`--size is one of ${Object.keys(SIZES).join(', ')}, not ${size}.`);
  const wanted = only?.split(',') ?? groups;
  const unknown = wanted.filter((name) => !groups.includes(name));
  if (unknown.length > 0) throw new SetupError(`--only takes ${groups.join(', ')}, not ${unknown.map((name) => `“${name}”`).join(', ')}.`);
  if (json !== undefined) mustBeWritable(json);
  return { size: size ?? null, quick, json: json ?? null, groups: groups.filter((name) => wanted.includes(name)) };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: { size: { type: 'string' }, quick: { type: 'boolean', default: false }, json: { type: 'string' }, only: { type: 'string' } },
    }).values;
  } catch (error) {
    throw new SetupError(error instanceof Error ? error.message : String(error));
  }
}

function mustBeWritable(file: string): void {
  try {
    closeSync(openSync(file, 'a'));
  } catch (error) {
    throw new SetupError(`--json ${file} cannot be written: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function isSize(text: string): text is Size {
  return Object.hasOwn(SIZES, text);
}
