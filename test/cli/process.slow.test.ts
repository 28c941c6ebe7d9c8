import { spawn, type SpawnOptions } from 'node:child_process';
import { chmodSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { PassThrough, Writable } from 'node:stream';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createOutput } from '../../src/main/cli/output.ts';
import { openStoreCopy } from '../compat/copied-store.ts';
import { openTempFolder } from '../support/temp-folder.ts';
import { treeSnapshot } from '../support/tree-snapshot.ts';
import { cliAnswer } from './command-line.ts';
import { newStoreWithOrders } from './store-for-commands.ts';

const MAIN = join(import.meta.dirname, '../../src/main/cli/main.ts');

interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A program run to its end, with `input` on its standard input. */
function runProcess(command: string, args: readonly string[], input = '', options: SpawnOptions = {}): Promise<Ended> {
  const child = spawn(command, args, { ...options, stdio: 'pipe' });
  let stdout = '';
  let stderr = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  // A command that refuses its arguments does not wait for its input.
  child.stdin?.on('error', () => {}).end(input);
  return new Promise((resolve, reject) => {
    child.once('error', reject).once('close', (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
}

const cliProcess = (args: readonly string[], input = '', options: SpawnOptions = {}): Promise<Ended> =>
  runProcess(process.execPath, [MAIN, ...args], input, options);

async function storeWithEvents(count: number): Promise<string> {
  const path = await newStoreWithOrders();
  const data = `"${'x'.repeat(500)}"`;
  await cliAnswer(['append', path, 'orders'], Array.from({ length: count }, () => `{"type":"A","data":${data}}`).join('\n'));
  return path;
}

describe('the command line as a process', () => {
  test('prints results only on standard output and exits with 0, 1 or 2', async () => {
    const copy = openStoreCopy('damaged');
    onTestFinished(copy.close);
    const done = await cliProcess(['info', copy.path]);
    expect([done.code, done.stderr, done.stdout.split('\n').length]).toEqual([0, '', 2]);
    const failed = await cliProcess(['events', copy.path, 'truncated']);
    expect([failed.code, failed.stdout.split('\n').length]).toEqual([1, 5]);
    expect(JSON.parse(failed.stderr.trim().split('\n').at(-1) ?? '')).toMatchObject({ code: 'DAMAGED_EVENT' });
    const wrong = await cliProcess(['info']);
    expect([wrong.code, wrong.stdout]).toEqual([2, '']);
  });

  test('appends what comes through a pipe', async () => {
    const path = await newStoreWithOrders();
    const { code, stdout, stderr } = await cliProcess(['append', path, 'orders'], '{"type":"A","data":9007199254740993}\n');
    expect([code, stdout, stderr]).toEqual([0, '{"first":1,"last":1}\n', '']);
  });

  test('resolves paths against the folder it is run in', async () => {
    const path = await newStoreWithOrders();
    const { code } = await cliProcess(['info', 'store'], '', { cwd: dirname(path) });
    expect(code).toBe(0);
  });

  test('stops quietly when its reader goes away', async () => {
    const path = await storeWithEvents(3000);
    const script = `"$0" "$1" events "$2" orders | head -1 | wc -l; echo "\${PIPESTATUS[0]}"`;
    const { stdout, stderr } = await runProcess('bash', ['-c', script, process.execPath, MAIN, path]);
    expect(stdout.trim().split(/\s+/)).toEqual(['1', '0']);
    expect(stderr).toBe('');
    expect(readdirSync(dirname(path))).toEqual(['store']);
  });

  test('leaves the SQLite file alone, without side files, when it returns from a write', async () => {
    const path = await storeWithEvents(10);
    expect((await cliProcess(['append', path, 'orders'], '{"type":"B"}')).code).toBe(0);
    expect(readdirSync(dirname(path))).toEqual(['store']);
  });

  test('writers in several processes all get their turn: every acknowledged version is another one', async () => {
    const path = await newStoreWithOrders('fs');
    const answers = await Promise.all([1, 2, 3].map((n) => cliProcess(['append', path, 'orders'], `{"type":"A","data":${n}}`)));
    expect(answers.map(({ code, stderr }) => [code, stderr])).toEqual([1, 2, 3].map(() => [0, '']));
    expect(answers.map(({ stdout }) => (JSON.parse(stdout) as { first: number }).first).sort()).toEqual([1, 2, 3]);
  });
});

describe.runIf(process.getuid?.() === 0)('a person without permission', () => {
  // Only root can become somebody else; everybody else is already such a person in discover-store.test.ts.
  const asNobody: SpawnOptions = { uid: 65534, gid: 65534, cwd: '/' };

  test.each(['sqlite', 'fs'] as const)('is told STORAGE_UNAVAILABLE for a %s store that may not be read', async (adapter) => {
    const { path: folder, close } = openTempFolder('closed');
    onTestFinished(close);
    const path = join(folder, 'store');
    await cliAnswer(['new', path, '--adapter', adapter]);
    chmodSync(folder, 0o755);
    chmodSync(path, 0);
    const { code, stdout, stderr } = await cliProcess(['info', path], '', asNobody);
    expect([code, stdout]).toEqual([1, '']);
    expect(JSON.parse(stderr.trim())).toMatchObject({ code: 'STORAGE_UNAVAILABLE' });
  });

  test.each(['sqlite', 'fs'] as const)('reads a %s store that may only be read, and is refused when writing', async (adapter) => {
    const path = await newStoreWithOrders(adapter);
    chmodSync(dirname(path), 0o755);
    const before = treeSnapshot(dirname(path));
    const read = await cliProcess(['info', path], '', asNobody);
    expect([read.code, read.stderr]).toEqual([0, '']);
    const written = await cliProcess(['append', path, 'orders'], '{"type":"A"}', asNobody);
    expect(written.code).toBe(1);
    expect(['READ_ONLY', 'STORAGE_UNAVAILABLE']).toContain((JSON.parse(written.stderr.trim()) as { code: string }).code);
    expect(treeSnapshot(dirname(path))).toEqual(before);
  });
});

describe('output', () => {
  test('waits for its reader: no more than one piece is ever handed over unread', async () => {
    let waiting = 0;
    let most = 0;
    let release: (() => void) | null = null;
    const slow = new Writable({
      write(chunk: Buffer, _encoding, done) {
        waiting += chunk.length;
        most = Math.max(most, waiting);
        release = () => {
          waiting -= chunk.length;
          done();
        };
      },
    });
    const output = createOutput(slow);
    const line = 'x'.repeat(1000);
    let finished = false;
    const all = (async () => {
      for (let n = 0; n < 1000; n++) await output.line(line);
      await output.flush();
      finished = true;
    })();
    while (!finished) {
      await new Promise(setImmediate);
      const take = release as (() => void) | null;
      release = null;
      take?.();
    }
    await all;
    expect(most).toBeLessThan(70_000);
    expect(slow.writableLength).toBe(0);
  });

  test('passes on a failure that is not a closed pipe', async () => {
    const stream = new PassThrough();
    const output = createOutput(stream);
    stream.destroy(Object.assign(new Error('no space'), { code: 'ENOSPC' }));
    await new Promise(setImmediate);
    await expect(output.line('x').then(() => output.flush())).rejects.toMatchObject({ code: 'ENOSPC' });
  });
});
