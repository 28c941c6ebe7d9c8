import { join } from 'node:path';
import { app, BrowserWindow } from 'electron';
import type { Logger } from '../shared/model/logger.ts';
import { createActions } from './ipc/actions.ts';
import { createHandlers } from './ipc/handlers.ts';
import { createLongTexts } from './ipc/long-texts.ts';
import { serveCalls, type IpcHost } from './ipc/router.ts';
import { createSlowSpots } from './ipc/slow-spots.ts';
import type { Workspace } from './ipc/workspace.ts';
import { createWorkspaces } from './ipc/workspaces.ts';
import { appPort } from './shell/app-port.ts';
import { applySettings } from './shell/apply-settings.ts';
import { parseArguments } from './shell/arguments.ts';
import { openDraftFiles } from './shell/draft-files.ts';
import { openMemory } from './shell/memory.ts';
import { openMenu } from './shell/menu.ts';
import { settleBeforeQuit } from './shell/quit.ts';
import { recentStores } from './shell/recent-stores.ts';
import { openSavedFolds } from './shell/saved-folds.ts';
import type { SettingsFile } from './shell/settings.ts';
import { onSecondInstance } from './shell/single-instance.ts';
import { windowPort } from './shell/window-port.ts';
import { windowEngine } from './window-engine.ts';

export interface ServedWindows {
  /** Where calls of pages come in. */
  readonly host: IpcHost;
  readonly first: BrowserWindow;
  /** Opens one more. */
  readonly newWindow: () => BrowserWindow;
  /** The one origin whose pages may call. */
  readonly origin: string;
  readonly devTools: boolean;
  readonly settings: SettingsFile;
  readonly logger: Logger;
  readonly logFile: string;
}

/** Gives windows what is behind them: stores, calls, the menu. */
export async function serveWindows(options: ServedWindows): Promise<void> {
  const { host, origin, devTools, settings, logger, logFile } = options;
  const userData = app.getPath('userData');
  const appPath = app.isPackaged ? null : app.getAppPath();
  const memory = await openMemory(join(userData, 'memory.json'));
  const drafts = openDraftFiles(join(userData, 'drafts'));
  const savedFolds = openSavedFolds(join(userData, 'folds'));

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
  for (const { path } of recent.list()) workspaces.trust(path);

  const serve = (window: BrowserWindow): Workspace => {
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
  const newWindow = (): Workspace => serve(options.newWindow());
  const focused = (): Workspace =>
    workspaces.find(BrowserWindow.getFocusedWindow()?.webContents.id ?? -1) ?? workspaces.all()[0] ?? newWindow();
  const menu = openMenu((id, argument) => focused().window.push('command.chosen', { id, argument }), { settings, devTools });
  applySettings(settings, (chosen) => workspaces.all().forEach(({ window }) => window.push('settings.changed', chosen)));

  const slowSpots = createSlowSpots();
  const texts = createLongTexts();
  const handlers = createHandlers({
    workspaces,
    recent,
    disk: engine.disk,
    newWindow,
    app: appPort({ settings, memory, logFile, newWindow }),
    slowSpots,
    drafts,
    savedFolds,
    texts,
  });
  serveCalls({ host, origin, find: workspaces.find, handlers, texts, logger, slow: slowSpots.note });
  settleBeforeQuit(
    () => Promise.all([workspaces.closeAll(), settings.flush(), memory.flush(), drafts.flush(), savedFolds.flush()]).then(() => {}),
    logger,
  );

  const actions = createActions(workspaces);
  // It is seen before it is served, and may have been closed.
  if (!options.first.isDestroyed()) void actions.start(serve(options.first), parseArguments(process.argv, process.cwd(), appPath));
  onSecondInstance(appPath, async (wanted) => {
    if (wanted.path !== null && (await workspaces.focus(wanted.path))) return;
    const workspace =
      workspaces.all().find((one) => one.info() === null) ?? (wanted.path === null && !wanted.demo ? focused() : newWindow());
    workspace.window.focus();
    void actions.start(workspace, wanted);
  });
  app.on('activate', () => workspaces.all().length === 0 && newWindow());
}
