import type { Readable, Writable } from 'node:stream';
import { errorFacts, type ErrorFacts } from '../../shared/model/errors.ts';
import type { Logger } from '../../shared/model/logger.ts';
import { append } from './append.ts';
import { UsageError, type Command } from './command.ts';
import { createTopic } from './create-topic.ts';
import { deleteTopic } from './delete-topic.ts';
import { events } from './events.ts';
import { commandHelp, generalHelp, usage } from './help.ts';
import { fold } from './fold.ts';
import { history } from './history.ts';
import { info } from './info.ts';
import { newStore } from './new-store.ts';
import { createOutput, OutputClosed, type Output } from './output.ts';
import { parseArguments } from './parse-arguments.ts';
import { printJson } from './print-json.ts';
import { purgeTopic } from './purge-topic.ts';
import { restoreTopic } from './restore-topic.ts';
import { trash } from './trash.ts';
import { updateTopic } from './update-topic.ts';

const COMMANDS: ReadonlyMap<string, Command> = new Map<string, Command>([
  ['info', info],
  ['events', events],
  ['history', history],
  ['fold', fold],
  ['append', append],
  ['create-topic', createTopic],
  ['update-topic', updateTopic],
  ['delete-topic', deleteTopic],
  ['trash', trash],
  ['restore-topic', restoreTopic],
  ['purge-topic', purgeTopic],
  ['new', newStore],
]);

export interface Terminal {
  readonly stdin: Readable;
  readonly stdout: Writable;
  readonly stderr: Writable;
  /** What relative paths are relative to. */
  readonly folder: string;
}

export type ExitCode = 0 | 1 | 2;

/** Runs one command line; resolves with the exit code when all is closed and handed over. */
export async function run(given: readonly string[], { stdin, stdout, stderr, folder }: Terminal): Promise<ExitCode> {
  const out = createOutput(stdout);
  const fail = (code: ExitCode, facts: ErrorFacts): ExitCode => {
    stderr.write(`${printJson(facts)}\n`);
    return code;
  };
  try {
    await dispatch(given, { out, stdin, folder, logger: troubleLogger(stderr) });
    await out.flush();
    return 0;
  } catch (error) {
    if (error instanceof OutputClosed) return 0;
    if (error instanceof UsageError) return fail(2, { code: 'INVALID_INPUT', message: error.message, details: {} });
    // What was printed so far is whole lines; it is handed over before the reason why there is no more.
    await out.flush().catch(() => {});
    return fail(1, errorFacts(error));
  }
}

interface Work {
  readonly out: Output;
  readonly stdin: Readable;
  readonly folder: string;
  readonly logger: Logger;
}

async function dispatch([name, ...rest]: readonly string[], work: Work): Promise<void> {
  if (name === '--help' || name === '-h' || name === 'help') return work.out.line(generalHelp(COMMANDS));
  if (name === undefined) throw new UsageError(`no command was given.\n${generalHelp(COMMANDS)}`);
  const command = COMMANDS.get(name);
  if (!command) throw new UsageError(`there is no command "${name}". Commands: ${[...COMMANDS.keys()].join(', ')}.`);
  if (asksForHelp(rest)) return work.out.line(commandHelp(name, command));
  try {
    const args = parseArguments(command, rest);
    await command.run({ args, ...work });
  } catch (error) {
    if (error instanceof UsageError) throw new UsageError(`${error.message} Usage: ${usage(name, command.positionals)}`);
    throw error;
  }
}

/** Behind `--` stand topics, not options. */
function asksForHelp(rest: readonly string[]): boolean {
  const end = rest.indexOf('--');
  return (end === -1 ? rest : rest.slice(0, end)).some((item) => item === '--help' || item === '-h');
}

/** Standard output is results only; what a person should know of the way there goes to standard error. */
function troubleLogger(stderr: Writable): Logger {
  const say = (message: string, facts: Readonly<Record<string, unknown>> = {}): void =>
    void stderr.write(`${message} ${printJson(facts)}\n`);
  return { debug: () => {}, info: () => {}, warn: say, error: say };
}
