import path from 'node:path';

/** Options of the app that take the next argument as their value. */
const WITH_VALUE = new Set(['--config-topic']);

/**
 * The arguments of `npm start -- …` for the app: paths are meant from the folder the user typed in (npm itself changes to the
 * project's), and nothing at all means the demo store.
 */
export function appArguments(given: readonly string[], typedIn: string): readonly string[] {
  if (given.length === 0) return ['--demo'];
  return given.map((argument, index) => {
    if (argument.startsWith('-') || WITH_VALUE.has(given[index - 1] ?? '')) return argument;
    return path.resolve(typedIn, argument);
  });
}
