import { packedStateText } from '../../src/main/folding/sandbox/read-value.ts';
import { FoldRefused, openSandbox, type Sandbox } from '../../src/main/folding/sandbox/sandbox.ts';
import { createBatchWriter } from '../../src/main/folding/sandbox/write-batch.ts';
import type { StoredEvent } from '../../src/shared/model/event.ts';
import type { FoldFault } from '../../src/shared/model/fold.ts';
import { parseJsonText, type JsonText } from '../../src/shared/model/json-text.ts';
import { ENGINE } from './engine-bytes.ts';

export interface Limits {
  readonly memory?: number;
  readonly time?: number;
  readonly isTracked?: boolean;
}

/** A sandbox in this thread, with limits that a fold which does no harm never meets. */
export function sandboxHere(source: string, { memory = 64 * 1024 * 1024, time = 20_000, isTracked }: Limits = {}): Promise<Sandbox> {
  return openSandbox({ engine: ENGINE, source, memory, time, isTracked, isStopped: () => false });
}

export function eventOf(version: number, data: string, more: Partial<StoredEvent> = {}): StoredEvent {
  const timestamp = 1_772_438_400_000_000_000n + BigInt(version);
  return {
    id: `id-${version}`,
    topic: 't',
    type: 'T',
    version,
    timestamp,
    data: parseJsonText(data),
    metadata: parseJsonText('null'),
    ...more,
  };
}

const write = createBatchWriter();

/** The state after folding events in this thread, or the fault of the first that failed. */
export async function foldHere(source: string, events: readonly StoredEvent[], limits?: Limits): Promise<JsonText | FoldFault> {
  let sandbox: Sandbox;
  try {
    sandbox = await sandboxHere(source, limits);
  } catch (error) {
    if (error instanceof FoldRefused) return error.fault;
    throw error;
  }
  const run = sandbox.open();
  const written = write(events);
  const [unfit] = written.unfit.values();
  if (unfit !== undefined) return { kind: 'event', reason: unfit, line: null, column: null };
  const batch = sandbox.take(written);
  const loaded = run.load(sandbox.initial);
  if (loaded) return loaded;
  if ('kind' in batch) return batch;
  const { end } = run.run(batch, 0, events.length);
  if (typeof end !== 'string') return end;
  const { bytes, fault } = run.pack();
  if (fault) return fault;
  return packedStateText(bytes ?? new Uint8Array());
}
