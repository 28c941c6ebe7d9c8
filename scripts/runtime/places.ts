import { homedir } from 'node:os';
import path from 'node:path';

/** The folder of the checkout. */
export const projectFolder = path.resolve(import.meta.dirname, '../..');

/** Shared by all checkouts of one user, so that a second one is instant. */
export function cacheFolder(): string {
  const base = process.env['XDG_CACHE_HOME'];
  return path.join(base !== undefined && path.isAbsolute(base) ? base : path.join(homedir(), '.cache'), 'tidemark');
}

export function packageFolder(name: string): string {
  return path.join(projectFolder, 'node_modules', name);
}
