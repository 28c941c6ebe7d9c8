import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { app, dialog, ipcMain, Menu, nativeTheme } from 'electron';
import { takeCallsEarly } from './ipc/early-calls.ts';
import { loadAppFiles } from './shell/app-files.ts';
import { openLog } from './shell/logging.ts';
import { pageFor } from './shell/origin.ts';
import { registerAppScheme, serveApp, serveDev } from './shell/protocol.ts';
import { lockDown } from './shell/security.ts';
import { openSettings } from './shell/settings.ts';
import { claimInstance } from './shell/single-instance.ts';
import { openWindow } from './shell/window.ts';
import { STORAGE_THREAD, startStorageWorkerAhead } from './threads/start-storage-worker.ts';

registerAppScheme();
// Where Chromium's own sandbox was switched off (root cannot use it), asking for it again would only end its processes.
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
// Ours comes with the rest; else Electron makes one of its own first.
Menu.setApplicationMenu(null);

// Not awaited at the top level: Electron is ready only after this module has run.
if (claimInstance()) start(import.meta.dirname).catch(couldNotStart);
else app.quit();

/**
 * The first window comes before everything that serves it: while the system starts its page's process, the rest of the
 * program is read. The thread on which stores lie starts first of all, because that takes longer than opening one.
 */
async function start(built: string): Promise<void> {
  startStorageWorkerAhead(STORAGE_THREAD);
  const { page, origin, dev } = pageFor(app.isPackaged, process.env['ELECTRON_RENDERER_URL']);
  const devTools = !app.isPackaged;
  const [settings, files] = await Promise.all([
    openSettings(join(app.getPath('userData'), 'settings.json')),
    dev ? null : loadAppFiles(join(built, '../renderer')),
  ]);
  const { logger, file: logFile } = openLog(settings.get().logLevel);
  nativeTheme.themeSource = settings.get().theme;
  await app.whenReady();
  lockDown({ origin, page, devTools }, logger);
  const host = takeCallsEarly(ipcMain);
  const { handedOut } = files ? serveApp(files) : serveDev(origin);

  const preload = join(built, '../preload/index.cjs');
  const icon = join(app.getAppPath(), 'resources/icon.png');
  const newWindow = () => openWindow({ page, preload, icon, devTools, settings, logger });
  const first = newWindow();
  await handedOut;
  await turn();
  const { serveWindows } = await import('./serve-windows.ts');
  await serveWindows({ host, first, newWindow, origin, devTools, settings, logger, logFile });
}

/** Without what serves it a window would wait for ever. */
function couldNotStart(error: unknown): void {
  const reason = error instanceof Error ? error.message : String(error);
  dialog.showErrorBox(
    'Tidemark could not start',
    `STARTUP_FAILED: ${reason}\n\nNo store was opened or changed. If this comes again, install Tidemark anew.`,
  );
  app.exit(1);
}
