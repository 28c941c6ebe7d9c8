import { createHash } from 'node:crypto';
import { lstatSync, readFileSync, readdirSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Everything under `root` as sorted lines of path, kind, mode, modification time in nanoseconds and, for a file,
 * size and SHA-256. Two equal snapshots mean that nothing was written, made, renamed or removed in between.
 * A missing root is an empty list. Links are read, never followed.
 */
export function treeSnapshot(root: string): readonly string[] {
  if (!lstatSync(root, { throwIfNoEntry: false })) return [];
  return [
    describe(root, '.'),
    ...readdirSync(root, { recursive: true, encoding: 'utf8' })
      .sort()
      .map((path) => describe(join(root, path), path)),
  ];
}

function describe(path: string, shown: string): string {
  const stat = lstatSync(path, { bigint: true });
  const facts = `${shown} ${stat.mode.toString(8)} ${stat.mtimeNs}`;
  if (stat.isSymbolicLink()) return `${facts} link ${readlinkSync(path)}`;
  if (!stat.isFile()) return `${facts} ${stat.isDirectory() ? 'folder' : 'other'}`;
  return `${facts} file ${stat.size} ${createHash('sha256').update(readFileSync(path)).digest('hex')}`;
}
