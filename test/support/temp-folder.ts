import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface TempFolder {
  /** Absolute, with every link resolved, so that it compares equal to what realpath answers. */
  readonly path: string;
  close(): void;
}

/** A new empty folder. Whoever opens it closes it: `close` removes it with all that is in it. */
export function openTempFolder(label = 'test', under = tmpdir()): TempFolder {
  const path = realpathSync(mkdtempSync(join(under, `tidemark-${label}-`)));
  return { path, close: () => rmSync(path, { recursive: true, force: true }) };
}
