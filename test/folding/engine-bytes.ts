import { readFileSync } from 'node:fs';
import { foldPlaces } from '../../src/main/fold-places.ts';

/** QuickJS as WebAssembly, for sandboxes in this thread. */
export const ENGINE: ArrayBuffer = new Uint8Array(readFileSync(foldPlaces().wasm)).buffer;
