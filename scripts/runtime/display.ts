import { spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import { say, SetupError } from './say.ts';
import { ensureXvfb } from './system-packages.ts';

export interface Display {
  /** To be added to the environment of what needs a window. */
  readonly environment: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

const READY_MS = 20_000;

/**
 * The display there is, or a virtual one that lives until `close`.
 * Xvfb picks its own free number and says it (-displayfd): asking first and starting then, as xvfb-run -a does, races with others.
 */
export async function openDisplay(): Promise<Display> {
  const none: Display = { environment: {}, close: async () => {} };
  if (process.platform !== 'linux' || process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY']) return none;
  await ensureXvfb();
  say('starting a virtual display (Xvfb), because neither DISPLAY nor WAYLAND_DISPLAY is set');

  const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1600x1200x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const gone = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  const stop = (): void => void server.kill('SIGTERM');
  process.once('exit', stop);
  const number = await displayNumber(server.stdio[3] as Readable, gone);
  if (number === null) {
    server.kill('SIGKILL');
    throw new SetupError('Xvfb did not start within 20 seconds. Run "Xvfb :99" by hand to see why.');
  }
  return {
    environment: { DISPLAY: `:${number}` },
    close: async () => {
      process.off('exit', stop);
      server.kill('SIGTERM');
      await gone;
    },
  };
}

async function displayNumber(pipe: Readable, gone: Promise<void>): Promise<string | null> {
  const said = new Promise<string>((resolve) => {
    let text = '';
    pipe.on('data', (chunk: Buffer) => {
      text += chunk.toString('utf8');
      if (text.includes('\n')) resolve(text.trim());
    });
  });
  const abort = new AbortController();
  const late = new Promise<null>((resolve) => {
    const timer = setTimeout(() => resolve(null), READY_MS);
    abort.signal.addEventListener('abort', () => clearTimeout(timer));
  });
  const number = await Promise.race([said, gone.then(() => null), late]);
  abort.abort();
  return number;
}
