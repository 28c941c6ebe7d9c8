import { app } from 'electron';
import { z } from 'zod';
import { parseArguments, type Arguments } from './arguments.ts';

/** Chromium reorders the command line of a second start, so it sends its own along. */
const secondStart = z.object({ argv: z.array(z.string()), cwd: z.string() });

/** True when this process is the only one of this person; else the first one was told what was asked for. */
export function claimInstance(): boolean {
  return app.requestSingleInstanceLock({ argv: process.argv, cwd: process.cwd() });
}

/** `appPath` as for parseArguments. */
export function onSecondInstance(appPath: string | null, listener: (wanted: Arguments) => Promise<void>): void {
  app.on('second-instance', (_event, argv, cwd, data) => {
    const sent = secondStart.safeParse(data);
    void listener(parseArguments(sent.success ? sent.data.argv : argv, sent.success ? sent.data.cwd : cwd, appPath));
  });
}
