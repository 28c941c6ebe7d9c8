import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { projectFolder } from '../../scripts/runtime/places.ts';

const OUT = path.join(projectFolder, 'out');
const PAGE = path.join(OUT, 'renderer');

/** Bytes of what was built, by their names in the budget. Sizes, not timings: they are the same on every machine. */
export function bundleSizes(): Readonly<Record<'rendererBytes' | 'startBytes' | 'mainBytes' | 'preloadBytes', number>> {
  return {
    rendererBytes: sizeOf('renderer'),
    startBytes: sizeOfStart(),
    mainBytes: sizeOf('main'),
    preloadBytes: sizeOf('preload'),
  };
}

/** What is shipped of a part of the build: everything but source maps. */
function sizeOf(part: string): number {
  const files = readdirSync(path.join(OUT, part), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return files.reduce((sum, { parentPath, name }) => sum + (name.endsWith('.map') ? 0 : statSync(path.join(parentPath, name)).size), 0);
}

/** The scripts and styles that are read before the first frame: those that the page itself names. */
function sizeOfStart(): number {
  const page = readFileSync(path.join(PAGE, 'index.html'), 'utf8');
  const files = [...page.matchAll(/(?:src|href)="\.\/(assets\/[^"]+\.(?:js|css))"/g)].map(([, file = '']) => path.join(PAGE, file));
  if (files.length === 0) throw new Error('The page that was built names no script and no style.');
  return files.reduce((sum, file) => sum + statSync(file).size, 0);
}
