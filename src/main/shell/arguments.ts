import { resolve } from 'node:path';

/** What the command line asks for. */
export interface Arguments {
  /** Absolute. */
  readonly path: string | null;
  readonly demo: boolean;
  readonly configTopic: string | undefined;
  /** `--read-only`, `--read-write`; undefined: as is wise. */
  readonly readOnly: boolean | undefined;
}

/**
 * Reads `argv` as Electron gives it: the program first, then, in an unpackaged app, the folder of the app (`appPath`),
 * mixed with switches that are Chromium's and none of our business. The first path wins.
 */
export function parseArguments(argv: readonly string[], cwd: string, appPath: string | null): Arguments {
  let path: string | null = null;
  let demo = false;
  let readOnly: boolean | undefined;
  let configTopic: string | undefined;
  let appSeen = appPath === null;
  let literal = false;

  const rest = argv.slice(1).values();
  for (const given of rest) {
    if (!literal && given === '--') literal = true;
    else if (!literal && given === '--demo') demo = true;
    else if (!literal && given === '--read-only') readOnly = true;
    else if (!literal && given === '--read-write') readOnly = false;
    else if (!literal && given === '--config-topic') configTopic = rest.next().value;
    else if (!literal && given.startsWith('--config-topic=')) configTopic = given.slice('--config-topic='.length);
    else if (!literal && given.startsWith('-')) continue;
    else if (!appSeen && resolve(cwd, given) === appPath) appSeen = true;
    else path ??= resolve(cwd, given);
  }
  return { path, demo, configTopic, readOnly };
}
