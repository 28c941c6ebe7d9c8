import type { Command } from './command.ts';

const PROGRAM = 'npm run -s cli --';

export function generalHelp(commands: ReadonlyMap<string, Command>): string {
  const width = Math.max(...[...commands.keys()].map((name) => name.length));
  const lines = [...commands].map(([name, { summary }]) => `  ${name.padEnd(width)}  ${summary}`);
  return [
    `Usage: ${PROGRAM} COMMAND ARGUMENTS`,
    '',
    'Commands:',
    ...lines,
    '',
    `"${PROGRAM} COMMAND --help" says more. Results go to standard output as JSON; a failure is the last line of standard`,
    'error, as { code, message, details }. Exit code 0: done, 1: refused or failed, 2: wrong arguments.',
  ].join('\n');
}

export function commandHelp(name: string, { summary, positionals, options }: Command): string {
  const rows = Object.entries(options).map(([option, { value, help }]) => [value ? `--${option} ${value}` : `--${option}`, help] as const);
  const width = Math.max(...rows.map(([left]) => left.length));
  return [
    `Usage: ${usage(name, positionals)}`,
    '',
    `${summary[0]?.toUpperCase()}${summary.slice(1)}.`,
    '',
    'Options:',
    ...rows.map(([left, help]) => `  ${left.padEnd(width)}  ${help}`),
  ].join('\n');
}

export function usage(name: string, positionals: readonly string[]): string {
  return [PROGRAM, name, ...positionals, '[OPTIONS]'].join(' ');
}
