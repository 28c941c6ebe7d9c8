import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import type { FoldPlaces } from './folding/open-fold-thread.ts';

/** Run as TypeScript a fold's thread lies in its folder and QuickJS in its package; built, both lie beside everything else. */
export function foldPlaces(): FoldPlaces {
  const here = import.meta.url;
  if (!here.endsWith('.ts')) return { entry: new URL('fold-worker.js', here), wasm: new URL('quickjs.wasm', here) };
  const wasm = createRequire(here).resolve('@jitl/quickjs-wasmfile-release-sync/wasm');
  return { entry: new URL('folding/fold-worker.ts', here), wasm: pathToFileURL(wasm) };
}
