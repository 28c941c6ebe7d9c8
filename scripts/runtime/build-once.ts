import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import path from 'node:path';

/**
 * Makes a folder of the cache at most once: it is built beside its place and renamed into it whole, so that a build that was
 * killed leaves nothing that looks finished, and two checkouts building at the same time both end with a good one.
 */
export async function buildOnce(place: string, build: (folder: string) => Promise<void>): Promise<string> {
  if (existsSync(place)) return place;
  await mkdir(path.dirname(place), { recursive: true });
  const folder = await mkdtemp(`${place}.building-`);
  try {
    await build(folder);
    await rename(folder, place);
  } catch (error) {
    // A rename onto a folder that somebody else finished meanwhile fails; theirs is as good as ours.
    if (!existsSync(place)) throw error;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return place;
}
