import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { applicationArguments, applicationEnvironment, type StartOptions } from './start-electron.ts';

const PROBE = fileURLToPath(new URL('first-paint.cjs', import.meta.url));

/**
 * Starts an application, waits until its first window has painted an element of `selector` that has text, and lets it quit.
 * Answers the milliseconds from the spawn to that frame, told by the page itself: nothing polls and nothing is attached.
 */
export async function timeToPaint(options: StartOptions, selector: string): Promise<number> {
  const began = performance.timeOrigin + performance.now();
  const child = spawn(options.electron.executable, ['-r', PROBE, ...applicationArguments(options)], {
    env: { ...applicationEnvironment(options), FIRST_PAINT: selector },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
  await once(child, 'close');
  const painted = /^first paint ([\d.]+)$/m.exec(said)?.[1];
  if (painted === undefined) throw new Error(`The application ended without a first paint: ${said.slice(0, 200)}`);
  return Number(painted) - began;
}
