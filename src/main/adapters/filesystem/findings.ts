import type { Problem } from '../../../shared/model/problem.ts';

/** What was found so far, by where it was found: looking there again replaces it, so a mended thing is gone. */
export interface Findings {
  /** Replaces everything known about `scope`. Scopes of a topic are arrays that start with its name. */
  replace(scope: FindingScope, problems: readonly Problem[]): void;
  /** Forgets what was found in a topic that is no longer here. */
  forgetTopic(topic: string): void;
  /** Newest last, each once, at most 1000. */
  all(): readonly Problem[];
}

export type FindingScope = readonly ['events' | 'config', string] | readonly ['event', string, number] | readonly ['folder', string];

/** The most problems kept of one kind of scope; a store with more damage than that is told from its newest. */
const MOST = 1000;

export function createFindings(): Findings {
  const found = new Map<string, { readonly scope: FindingScope; readonly problems: readonly Problem[] }>();
  const replace = (scope: FindingScope, problems: readonly Problem[]): void => {
    // Every healthy event comes by here: with nothing found so far that must cost nothing.
    if (problems.length === 0 && found.size === 0) return;
    const key = JSON.stringify(scope);
    if (problems.length === 0) {
      found.delete(key);
      return;
    }
    found.set(key, { scope, problems: problems.slice(0, MOST) });
    if (found.size <= 2 * MOST) return;
    const oldest = found.keys().next();
    if (!oldest.done) found.delete(oldest.value);
  };
  return {
    replace,
    forgetTopic(topic) {
      for (const [key, { scope }] of found) if (scope[0] !== 'folder' && scope[1] === topic) found.delete(key);
    },
    all() {
      const once = new Map<string, Problem>();
      for (const { problems } of found.values()) {
        for (const problem of problems) once.set(JSON.stringify([problem.code, problem.topic, problem.version, problem.path]), problem);
      }
      return [...once.values()].slice(-MOST);
    },
  };
}
