import { join, resolve } from 'node:path';
import { expect, test } from './support/test.ts';

const OUT = resolve(import.meta.dirname, '../out/main');

/** A question as a session puts it to the thread. */
interface Asked {
  readonly kind: string;
  readonly request: unknown;
}

const FOLD = `
export const initial = { count: 0, total: 0n };
export function fold(state, event) {
  if (event.version === 4) throw new Error('four');
  if (event.version === 5) for (;;);
  state.count++;
  state.total += event.data.id;
  return state;
}`;

test('the built fold thread folds, is exact, names what fails and stops what never ends, in Electron itself', async ({ launch }) => {
  const { electron } = await launch();
  const answers = await electron.evaluate(
    async (_electron, { entry, wasm, source }) => {
      const { Worker } = process.getBuiltinModule('node:worker_threads');
      const { pathToFileURL } = process.getBuiltinModule('node:url');
      const control = new SharedArrayBuffer(8);
      const worker = new Worker(pathToFileURL(entry), {
        workerData: { wasm, memory: 64 * 1024 * 1024, time: 500, control },
        env: {},
        resourceLimits: { stackSizeMb: 16 },
      });
      const ask = (id: number, { kind, request }: Asked): Promise<{ value?: unknown; error?: unknown }> =>
        new Promise((answer, fail) => {
          worker.once('message', answer);
          worker.once('error', fail);
          worker.postMessage({ id, kind, request });
        });
      try {
        const loaded = (await ask(1, { kind: 'load', request: { source } })).value as { initial: Uint8Array };
        const from = { version: 0, packed: loaded.initial, isShown: true };
        const events = [1, 2, 3, 4, 5, 6].map((version) => ({
          id: `e${version}`,
          topic: 't',
          type: 'T',
          version,
          timestamp: BigInt(version),
          data: '{"id":9007199254740993}',
          metadata: 'null',
        }));
        const folded = (await ask(2, { kind: 'fold', request: { after: 0, from, events, options: { settle: true } } })).value as {
          version: number;
          faults: { version: number; fault: { kind: string; line: number | null } }[];
        };
        const stretch = { from, events, skip: [4, 5] };
        const shown = (await ask(3, { kind: 'show', request: { stretch, at: [6] } })).value as { state: string }[];
        return {
          version: folded.version,
          faults: folded.faults.map(({ version, fault }) => `${version} ${fault.kind} ${fault.line}`),
          state: shown[0]?.state,
          seen: (await ask(4, { kind: 'load', request: { source: 'export const initial = 0; export const fold = 1;' } })).value,
        };
      } finally {
        await worker.terminate();
      }
    },
    { entry: join(OUT, 'fold-worker.js'), wasm: join(OUT, 'quickjs.wasm'), source: FOLD },
  );
  expect(answers).toEqual({
    version: 6,
    faults: ['4 throw 4', '5 time 5'],
    state: '{"count":4,"total":36028797018963972}',
    seen: { fault: expect.objectContaining({ kind: 'load' }) },
  });
});
