import { mkdir, open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { textSlices } from './text-slices.ts';

/** Writes a file that is the old one or the new one and nothing between, also after a crash. Only its owner may read it. */
export async function writeWholeFile(path: string, ...texts: readonly string[]): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const temporary = `${path}.${process.pid}.tmp`;
  const file = await open(temporary, 'w', 0o600);
  try {
    for (const text of texts) for await (const slice of textSlices(text)) await file.writeFile(slice);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(temporary, path);
}
