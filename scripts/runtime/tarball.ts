import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { capture } from './command.ts';
import { SetupError } from './say.ts';

/**
 * Fetches a package's tarball into a folder through npm, so that the user's registry, proxy and cache settings apply,
 * and verifies its hash ourselves: what is run here was pinned in this repository, not at the registry.
 *
 * @param integrity `sha512-` and the hash in base64, as the registry states it
 * @throws SetupError when it cannot be fetched or is not the file that was pinned
 */
export async function fetchTarball(spec: string, integrity: string, folder: string): Promise<string> {
  // --ignore-scripts: packing must not run anything of this project.
  const packed = await capture('npm', ['pack', spec, '--ignore-scripts', '--pack-destination', folder], { cwd: folder });
  const name = packed.code === 0 ? (await readdir(folder)).find((entry) => entry.endsWith('.tgz')) : undefined;
  if (name === undefined) {
    throw new SetupError(
      `npm could not fetch ${spec}, so there is no Electron to run. Check that npm reaches its registry ("npm ping") and run the command again.\n${packed.output}`,
    );
  }
  const file = path.join(folder, name);
  const hash = createHash('sha512');
  await pipeline(createReadStream(file), hash);
  const found = `sha512-${hash.digest('base64')}`;
  if (found !== integrity) {
    throw new SetupError(
      `${spec} is not the file this project pinned: expected ${integrity}, got ${found}. It was not unpacked. Run "npm cache clean --force" and try again; if it stays so, do not use this registry.`,
    );
  }
  return file;
}
