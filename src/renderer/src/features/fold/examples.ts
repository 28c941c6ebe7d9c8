/** The files that the documentation and the command line speak of: there is one copy of each. */
const FILES = import.meta.glob<string>('../../../../../examples/folds/*.js', { query: '?raw', import: 'default', eager: true });

const source = (name: string): string => FILES[`../../../../../examples/folds/${name}.js`] ?? '';

/** Folds to begin with; the first one is what the editor holds before anybody wrote anything. */
export const EXAMPLES = [
  { title: 'Count by type', source: source('count-by-type') },
  { title: 'Latest per key', source: source('latest-per-key') },
  { title: 'Running total', source: source('running-total') },
  { title: 'State machine with invalid transitions', source: source('state-machine') },
] as const;
