import type { Readable } from 'node:stream';
import type { Logger } from '../../shared/model/logger.ts';
import type { Output } from './output.ts';

/** What a command line said: checked against the command's own table, so every option is of its kind. */
export interface CommandArguments {
  /** The positional argument of this name; empty where an optional one was left out. */
  readonly argument: (name: string) => string;
  /** The last value given, or undefined. */
  readonly text: (option: string) => string | undefined;
  /** Every value given, in order. */
  readonly texts: (option: string) => readonly string[];
  /** A whole number from `least`. @throws UsageError */
  readonly number: (option: string, least: number) => number | undefined;
  readonly flag: (option: string) => boolean;
}

export interface CommandContext {
  readonly args: CommandArguments;
  readonly out: Output;
  readonly stdin: Readable;
  readonly logger: Logger;
  /** What relative paths are relative to. */
  readonly folder: string;
}

export interface CommandOption {
  readonly kind: 'text' | 'texts' | 'flag';
  /** `--limit N`: how the value is called in the help. */
  readonly value?: string;
  readonly help: string;
}

/** One command of the command line. `run` returns when everything it opened is closed again. */
export interface Command {
  readonly summary: string;
  readonly positionals: readonly string[];
  readonly options: Readonly<Record<string, CommandOption>>;
  readonly run: (context: CommandContext) => Promise<void>;
}

/** The command line itself is wrong: exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

const CONFIG_TOPIC: CommandOption = { kind: 'text', value: 'NAME', help: 'which topic is the configuration, where several could be' };
const ALLOW_OUTSIDE: CommandOption = { kind: 'flag', help: "allow repositories outside the store's folder to be written" };
const READ_ONLY: CommandOption = { kind: 'flag', help: 'refuse every write' };

/** Options of every command that opens a store. */
export const STORE_OPTIONS = { 'config-topic': CONFIG_TOPIC, 'allow-outside': ALLOW_OUTSIDE, 'read-only': READ_ONLY } as const;

/** Options of commands that say where a topic is stored. */
export const TOPIC_OPTIONS = {
  adapter: { kind: 'text', value: 'NAME', help: 'kind of storage: fs, sqlite or memory' },
  connection: { kind: 'text', value: 'PLACE', help: "where the adapter keeps the topic; relative to the store's folder" },
  option: { kind: 'texts', value: 'KEY=VALUE', help: 'an option of the topic; may be given several times' },
} as const satisfies Record<string, CommandOption>;
