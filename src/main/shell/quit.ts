import { app } from 'electron';
import type { Logger } from '../../shared/model/logger.ts';
import { platform } from './platform.ts';

/** A store that cannot settle (a disk that hangs) must not keep the program for ever. What is acknowledged is stored. */
const PATIENCE_MS = 10_000;

/** Runs `settle` once before the program ends. */
export function settleBeforeQuit(settle: () => Promise<void>, logger: Logger): void {
  let settled = false;
  let settling = false;
  app.on('will-quit', (event) => {
    if (settled) return;
    event.preventDefault();
    if (settling) return;
    settling = true;
    const late = Promise.withResolvers<void>();
    const timer = setTimeout(() => late.reject(new Error(`not settled after ${PATIENCE_MS} ms`)), PATIENCE_MS);
    void Promise.race([settle(), late.promise])
      .catch((error: unknown) => logger.error('Closing did not go well.', { error: String(error) }))
      .finally(() => {
        clearTimeout(timer);
        settled = true;
        app.quit();
      });
  });
  app.on('window-all-closed', () => {
    if (!platform.outlivesWindows) app.quit();
  });
}
