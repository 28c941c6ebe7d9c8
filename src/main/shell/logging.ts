import { join } from 'node:path';
import { app, dialog } from 'electron';
import log from 'electron-log/main';
import type { Logger } from '../../shared/model/logger.ts';
import type { StoredSettings } from './settings.ts';

const MAX_BYTES = 5 * 1024 * 1024;

/**
 * The log file, `main.log` in the app's log folder; at 5 MiB it becomes `main.old.log`. It holds what the program did,
 * with names, versions and counters, never event data. A fault nobody caught is written there before the program ends.
 */
export function openLog(level: StoredSettings['logLevel']): { readonly logger: Logger; readonly file: string } {
  const file = join(app.getPath('logs'), 'main.log');
  log.transports.file.resolvePathFn = () => file;
  log.transports.file.maxSize = MAX_BYTES;
  log.transports.file.level = level;
  log.transports.console.level = app.isPackaged ? false : 'error';
  log.transports.ipc.level = false;

  process.on('uncaughtException', (error) => {
    log.error('A fault that nobody caught; Tidemark ends.', error);
    if (app.isPackaged)
      dialog.showErrorBox('Tidemark has to end', `${error.message}\n\nWhat was acknowledged is stored. The log is ${file}.`);
    app.exit(1);
  });
  process.on('unhandledRejection', (reason) => log.error('A promise failed and nobody looked.', reason));

  const logger: Logger = {
    debug: (message, facts) => log.debug(...line(message, facts)),
    info: (message, facts) => log.info(...line(message, facts)),
    warn: (message, facts) => log.warn(...line(message, facts)),
    error: (message, facts) => log.error(...line(message, facts)),
  };
  return { logger, file };
}

function line(message: string, facts: Readonly<Record<string, unknown>> | undefined): [string, ...unknown[]] {
  return facts === undefined ? [message] : [message, facts];
}
