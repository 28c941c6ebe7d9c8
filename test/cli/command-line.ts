import { Readable, Writable } from 'node:stream';
import { run, type ExitCode } from '../../src/main/cli/run.ts';
import type { ErrorFacts } from '../../src/shared/model/errors.ts';

export interface CliResult {
  readonly code: ExitCode;
  readonly stdout: string;
  readonly lines: readonly string[];
  readonly stderr: string;
  /** The last line of standard error; null where there is none. */
  readonly error: ErrorFacts | null;
}

/** Runs a command line in this process, with texts for its streams. */
export async function cli(args: readonly string[], input: string | Uint8Array = ''): Promise<CliResult> {
  const stdout = collector();
  const stderr = collector();
  const stdin = Readable.from([Buffer.from(input)].filter(({ length }) => length > 0));
  const code = await run(args, { stdin, stdout: stdout.stream, stderr: stderr.stream, folder: process.cwd() });
  const lines = linesOf(stdout.text());
  const last = linesOf(stderr.text()).at(-1);
  return {
    code,
    stdout: stdout.text(),
    lines,
    stderr: stderr.text(),
    error: code === 0 || last === undefined ? null : (JSON.parse(last) as ErrorFacts),
  };
}

/** What a command that must succeed printed, parsed; for answers of one line. */
export async function cliAnswer<T>(args: readonly string[], input: string | Uint8Array = ''): Promise<T> {
  const { code, lines, stderr } = await cli(args, input);
  if (code !== 0 || lines.length !== 1) throw new Error(`Exit code ${code} with ${lines.length} lines: ${stderr}`);
  return JSON.parse(lines[0] ?? '') as T;
}

function linesOf(text: string): string[] {
  return text.split('\n').slice(0, -1);
}

function collector(): { readonly stream: Writable; readonly text: () => string } {
  const chunks: Buffer[] = [];
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      chunks.push(chunk);
      done();
    },
  });
  return { stream, text: () => Buffer.concat(chunks).toString('utf8') };
}
