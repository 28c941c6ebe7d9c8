import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import type { Plugin } from 'vite';

/**
 * Targets are set by hand to the oldest Electron that runs this code (33: the stand-in of scripts/runtime), because
 * electron-vite would guess them from the newest one.
 */
const NODE = 'node20.18';
const CHROME = 'chrome130';

/** A fold's thread finds QuickJS beside its own code (src/main/fold-places.ts). */
const quickJs: Plugin = {
  name: 'quickjs',
  generateBundle() {
    const place = fileURLToPath(import.meta.resolve('@jitl/quickjs-wasmfile-release-sync/wasm'));
    this.emitFile({ type: 'asset', fileName: 'quickjs.wasm', source: readFileSync(place) });
  },
};

export default defineConfig({
  main: {
    plugins: [quickJs],
    build: {
      target: NODE,
      outDir: 'out/main',
      sourcemap: true,
      // better-sqlite3 is the one run-time dependency, and native; everything else is bundled.
      externalizeDeps: { include: ['better-sqlite3'] },
      rollupOptions: {
        input: {
          index: 'src/main/index.ts',
          'storage-worker': 'src/main/threads/storage-worker.ts',
          'checkpoint-worker': 'src/main/threads/checkpoint-worker.ts',
          'fold-worker': 'src/main/folding/fold-worker.ts',
        },
        // Side by side: threads are found beside the code that starts them (src/main/threads/start-storage-worker.ts, fold-places.ts).
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      target: NODE,
      outDir: 'out/preload',
      // A sandboxed preload can require nothing but electron: it is one CommonJS file with everything inside.
      externalizeDeps: false,
      rollupOptions: {
        input: { index: 'src/preload/index.ts' },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'src/renderer',
    plugins: [react()],
    build: {
      target: CHROME,
      outDir: 'out/renderer',
      // The page's policy allows no inline script and no data: font.
      modulePreload: { polyfill: false },
      assetsInlineLimit: 0,
      minify: true,
      rollupOptions: {
        input: 'src/renderer/index.html',
        // What the first frame needs is one file: each is a request that main answers.
        output: { codeSplitting: { groups: [{ name: 'start', tags: ['$initial'] }] } },
      },
    },
  },
});
