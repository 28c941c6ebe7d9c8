import { foldNumber } from './number-token.ts';

/** The third argument of a reviver, which TypeScript's library does not describe yet: the number's own text. */
type Reviver = (key: string, value: unknown, context: { readonly source?: string }) => unknown;

/** Stands for a number that no JavaScript value holds. */
const EXACT = Symbol('exact');

/**
 * Where in a JSON text stand the numbers that arrive in a fold as exact numbers: keys and indexes from the root. Of a
 * repeated key the last value counts, as JSON.parse has it.
 */
export function exactPaths(text: string): readonly (readonly (string | number)[])[] {
  if (text === '') return [];
  const mark: Reviver = (_key, value, { source }) =>
    typeof value === 'number' && source !== undefined && foldNumber(source) === null ? EXACT : value;
  const root = JSON.parse(text, mark as (key: string, value: unknown) => unknown) as unknown;
  const found: (readonly (string | number)[])[] = [];
  const visit = (value: unknown, path: readonly (string | number)[]): void => {
    if (value === EXACT) found.push(path);
    else if (Array.isArray(value)) value.forEach((item, index) => visit(item, [...path, index]));
    else if (typeof value === 'object' && value !== null) {
      for (const [key, item] of Object.entries(value)) visit(item, [...path, key]);
    }
  };
  visit(root, []);
  return found;
}
