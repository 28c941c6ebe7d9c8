import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

export interface ChildProcess {
  readonly pid: number;
  /** Every whole line of standard output so far, without its end; grows while the child runs. */
  readonly lines: readonly string[];
  /** Resolves with the next line that `matches` accepts (one already there too); rejects if the child ends first. */
  waitForLine(matches: (line: string) => boolean): Promise<string>;
  /** Resolves when the child has ended and all of its output is read. */
  readonly ended: Promise<ChildEnd>;
  kill(signal?: NodeJS.Signals): void;
  write(text: string): void;
}

export interface ChildEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stderr: string;
}

/** Runs a TypeScript file with this very Node in its own process, `under` another program where one is given. Whoever starts it waits for `ended`. */
export function startChild(
  script: string | URL,
  args: readonly string[] = [],
  env: Readonly<Record<string, string>> = {},
  under: readonly string[] = [],
): ChildProcess {
  const file = script instanceof URL ? script.pathname : script;
  const [program = '', ...rest] = [...under, process.execPath, file, ...args];
  const child = spawn(program, rest, { stdio: ['pipe', 'pipe', 'pipe'], env: { ...process.env, ...env } });
  const lines: string[] = [];
  const waiting = new Set<() => void>();
  let stderr = '';
  let over = false;
  const look = (): void => waiting.forEach((check) => check());
  const reader = createInterface({ input: child.stdout });
  reader.on('line', (line) => {
    lines.push(line);
    look();
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  // Writing to a child that was killed is no error of the test.
  child.stdin.on('error', () => {});
  const drained = new Promise<void>((resolve) => reader.once('close', resolve));
  const exited = new Promise<ChildEnd>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve({ code, signal, stderr }));
  });
  const ended = Promise.all([exited, drained]).then(([end]) => {
    over = true;
    look();
    return { ...end, stderr };
  });
  const waitForLine = (matches: (line: string) => boolean): Promise<string> =>
    new Promise((resolve, reject) => {
      const check = (): void => {
        const found = lines.find(matches);
        if (found === undefined && !over) return;
        waiting.delete(check);
        if (found === undefined) reject(new Error(`The child ended without the line waited for. It wrote: ${stderr}`));
        else resolve(found);
      };
      waiting.add(check);
      check();
    });
  return {
    pid: child.pid ?? -1,
    lines,
    waitForLine,
    ended,
    kill: (signal = 'SIGKILL') => child.kill(signal),
    write: (text) => child.stdin.write(text),
  };
}
