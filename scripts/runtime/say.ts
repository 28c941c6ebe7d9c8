/** One line a step: what is done and why. On stderr, so that stdout stays the program's own. */
export function say(line: string): void {
  process.stderr.write(`tidemark: ${line}\n`);
}

/** A failure of the set-up that the reader can act on: what happened, why, and what to do. Printed without a stack. */
export class SetupError extends Error {}

/** Runs a script's main function; a SetupError becomes one line and exit code 1, anything else keeps its stack. */
export function runScript(main: () => Promise<number>): void {
  main().then(
    (code) => {
      process.exitCode = code;
    },
    (error: unknown) => {
      if (error instanceof SetupError) say(error.message);
      else console.error(error);
      process.exitCode = 1;
    },
  );
}
