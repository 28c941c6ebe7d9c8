import { join } from 'node:path';
import { app, BrowserWindow, ipcMain, nativeTheme } from 'electron';
import { createActions } from './ipc/actions.ts';
import { createHandlers } from './ipc/handlers.ts';
import { serveCalls } from './ipc/router.ts';
import type { Workspace } from './ipc/workspace.ts';
import { createSlowSpots } from './ipc/slow-spots.ts';
import { createWorkspaces } from './ipc/workspaces.ts';
import { appPort } from './shell/app-port.ts';
import { applySettings } from './shell/apply-settings.ts';
import { parseArguments } from './shell/arguments.ts';
import { openDraftFiles } from './shell/draft-files.ts';
import { openLog } from './shell/logging.ts';
import { openMemory } from './shell/memory.ts';
import { openMenu } from './shell/menu.ts';
import { pageFor } from './shell/origin.ts';
import { registerAppScheme, serveApp, serveDev } from './shell/protocol.ts';
import { settleBeforeQuit } from './shell/quit.ts';
import { recentStores } from './shell/recent-stores.ts';
import { openSavedFolds } from './shell/saved-folds.ts';
import { lockDown } from './shell/security.ts';
import { openSettings } from './shell/settings.ts';
import { claimInstance, onSecondInstance } from './shell/single-instance.ts';
import { openWindow, windowPort } from './shell/window.ts';
import { windowEngine } from './window-engine.ts';

registerAppScheme();
// Where Chromium's own sandbox was switched off (root cannot use it), asking for it again would only end its processes.
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
const { page, origin, dev } = pageFor(app.isPackaged, process.env['ELECTRON_RENDERER_URL']);
const [devTools, appPath] = app.isPackaged ? [false, null] : [true, app.getAppPath()];

// Not awaited at the top level: Electron is ready only after this module has run.
if (claimInstance()) void boot(import.meta.dirname);
else app.quit();

async function boot(built: string): Promise<void> {
  const settings = await openSettings(join(app.getPath('userData'), 'settings.json'));
  const memory = await openMemory(join(app.getPath('userData'), 'memory.json'));
  const drafts = openDraftFiles(join(app.getPath('userData'), 'drafts'));
  const savedFolds = openSavedFolds(join(app.getPath('userData'), 'folds'));
  const { logger, file: logFile } = openLog(settings.get().logLevel);
  nativeTheme.themeSource = settings.get().theme;
  await app.whenReady();
  lockDown({ origin, page, devTools }, logger);
  if (dev) serveDev(origin);
  else await serveApp(join(built, '../renderer'));

  const engine = windowEngine(logger);
  const recent = recentStores(settings, () => {
    menu.refresh();
    for (const { window } of workspaces.all()) window.push('recent.changed', {});
  });
  const workspaces = createWorkspaces({
    engine,
    opened: ({ path, kind }) => {
      recent.opened(path, kind === 'memory' ? null : kind);
      // Where the system keeps a list of its own (not on Linux).
      app.addRecentDocument(path);
    },
  });
  const slowSpots = createSlowSpots();
  const handlers = createHandlers({
    workspaces,
    recent,
    disk: engine.disk,
    newWindow: () => newWindow(),
    app: appPort({ settings, memory, logFile, newWindow: () => newWindow() }),
    slowSpots,
    drafts,
    savedFolds,
  });
  serveCalls({ host: ipcMain, origin, find: workspaces.find, handlers, logger, slow: slowSpots.note });
  settleBeforeQuit(
    () => Promise.all([workspaces.closeAll(), settings.flush(), memory.flush(), drafts.flush(), savedFolds.flush()]).then(() => {}),
    logger,
  );

  const newWindow = (): Workspace => {
    const icon = join(app.getAppPath(), 'resources/icon.png');
    const window = openWindow({ page, preload: join(built, '../preload/index.cjs'), icon, devTools, settings, logger });
    const { id } = window.webContents;
    window.on('focus', menu.apply);
    window.on('closed', () => {
      menu.forget(id);
      workspaces.remove(id).catch((error: unknown) => logger.error('A store did not close well.', { error: String(error) }));
    });
    return workspaces.add(
      id,
      windowPort(window, (states) => menu.show(id, states)),
    );
  };
  const focused = (): Workspace =>
    workspaces.find(BrowserWindow.getFocusedWindow()?.webContents.id ?? -1) ?? workspaces.all()[0] ?? newWindow();
  for (const { path } of recent.list()) workspaces.trust(path);
  const menu = openMenu((id, argument) => focused().window.push('command.chosen', { id, argument }), { settings, devTools });
  applySettings(settings, (chosen) => workspaces.all().forEach(({ window }) => window.push('settings.changed', chosen)));

  const actions = createActions(workspaces);
  void actions.start(newWindow(), parseArguments(process.argv, process.cwd(), appPath));
  onSecondInstance(appPath, async (wanted) => {
    if (wanted.path !== null && (await workspaces.focus(wanted.path))) return;
    const workspace =
      workspaces.all().find((one) => one.info() === null) ?? (wanted.path === null && !wanted.demo ? focused() : newWindow());
    workspace.window.focus();
    void actions.start(workspace, wanted);
  });
  app.on('activate', () => workspaces.all().length === 0 && newWindow());
}
