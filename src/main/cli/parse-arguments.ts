import { parseArgs, type ParseArgsOptionsConfig } from 'node:util';
import { UsageError, type Command, type CommandArguments, type CommandOption } from './command.ts';

/**
 * Reads what follows a command's name. `--` ends the options, so that a topic may start with a dash.
 * @throws UsageError for an unknown option, a missing or surplus argument.
 */
export function parseArguments(command: Command, given: readonly string[]): CommandArguments {
  const { values, positionals } = parse(command, given);
  const missing = command.positionals[positionals.length];
  if (missing !== undefined) throw new UsageError(`${missing} is missing.`);
  const surplus = positionals[command.positionals.length];
  if (surplus !== undefined) throw new UsageError(`"${surplus}" is one argument too many.`);
  if (positionals.includes('')) throw new UsageError(`${command.positionals[positionals.indexOf('')]} is empty.`);
  const texts = (option: string): readonly string[] => {
    const value = values.get(option);
    return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
  };
  const text = (option: string): string | undefined => texts(option).at(-1);
  return {
    argument: (name) => positionals[command.positionals.indexOf(name)] ?? '',
    texts,
    text,
    flag: (option) => values.get(option) === true,
    number: (option, least) => {
      const value = text(option);
      if (value === undefined) return undefined;
      const number = Number(value);
      if (/^\d+$/.test(value) && Number.isSafeInteger(number) && number >= least) return number;
      throw new UsageError(`--${option} takes a whole number from ${least}, not "${value}".`);
    },
  };
}

function parse(command: Command, given: readonly string[]): { values: ReadonlyMap<string, unknown>; positionals: readonly string[] } {
  const options: ParseArgsOptionsConfig = Object.fromEntries(
    Object.entries(command.options).map(([name, { kind }]) => [name, parseOption(kind)] as const),
  );
  try {
    const { values, positionals } = parseArgs({ args: [...given], options, allowPositionals: true, strict: true });
    return { values: new Map(Object.entries(values)), positionals };
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

function parseOption(kind: CommandOption['kind']): ParseArgsOptionsConfig[string] {
  return kind === 'flag' ? { type: 'boolean' } : { type: 'string', multiple: true };
}
