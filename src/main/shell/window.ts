import { BrowserWindow, Menu, nativeTheme, Notification, screen } from 'electron';
import { PUSH } from '../../shared/ipc/channels.ts';
import type { Push, Pushes } from '../../shared/ipc/pushes.ts';
import type { Logger } from '../../shared/model/logger.ts';
import type { CommandStates } from './menu.ts';
import { pickBatch, pickFold, pickNewStore, pickStore, saveFold } from './dialogs.ts';
import { editMenu } from './edit-menu.ts';
import { platform } from './platform.ts';
import type { SettingsFile } from './settings.ts';
import { backgroundColor, besideOthers, MIN_SIZE, webPreferences, windowBounds, windowTitle } from './window-options.ts';

export interface WindowOptions {
  /** URL of the one page. */
  readonly page: string;
  /** Paths of the built preload script and of the icon. */
  readonly preload: string;
  readonly icon: string;
  readonly devTools: boolean;
  readonly settings: SettingsFile;
  readonly logger: Logger;
}

const RELOADS_A_MINUTE = 3;

/** The only place that makes a window. It is shown once its page has painted, where the last one was. */
export function openWindow({ page, preload, icon, devTools, settings, logger }: WindowOptions): BrowserWindow {
  const { bounds, maximized } = settings.get();
  const screens = screen.getAllDisplays().map((display) => display.workArea);
  const others = BrowserWindow.getAllWindows().map((other) => other.getNormalBounds());
  const wanted = BrowserWindow.getFocusedWindow()?.getNormalBounds() ?? others.at(-1) ?? bounds;
  const window = new BrowserWindow({
    ...windowBounds(wanted === null ? null : besideOthers(wanted, others), screens),
    minWidth: MIN_SIZE.width,
    minHeight: MIN_SIZE.height,
    title: windowTitle(null, null),
    icon,
    show: false,
    backgroundColor: backgroundColor(nativeTheme.shouldUseDarkColors),
    webPreferences: webPreferences(preload, devTools),
  });

  const recolour = (): void => window.setBackgroundColor(backgroundColor(nativeTheme.shouldUseDarkColors));
  nativeTheme.on('updated', recolour);
  window.on('closed', () => nativeTheme.off('updated', recolour));
  window.on('page-title-updated', (event) => event.preventDefault());
  window.on('close', () => {
    settings.set({ bounds: window.getNormalBounds(), maximized: window.isMaximized() });
  });
  window.once('ready-to-show', () => {
    if (maximized) window.maximize();
    window.show();
  });
  window.webContents.on('dom-ready', () => window.webContents.setZoomLevel(settings.get().zoom));
  // Menus of the page's own never come here: they prevent the system's.
  window.webContents.on('context-menu', (_event, params) => {
    const template = editMenu(params);
    if (template) Menu.buildFromTemplate(template).popup({ window });
  });
  comeBack(window, logger);
  window.loadURL(page).catch((error: unknown) => logger.error('The page could not be loaded.', { page, error: String(error) }));
  return window;
}

/** A page that crashed or was killed is loaded again: the store and its writes live in main and have lost nothing. */
function comeBack(window: BrowserWindow, logger: Logger): void {
  let reloads: readonly number[] = [];
  window.webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
    logger.error('The page of a window is gone.', { reason, exitCode });
    const now = Date.now();
    reloads = reloads.filter((at) => now - at < 60_000);
    if (reason === 'clean-exit' || reloads.length >= RELOADS_A_MINUTE) return;
    reloads = [...reloads, now];
    // In its own turn: Electron ends the process when a page is reloaded inside this event.
    setImmediate(() => {
      if (!window.isDestroyed()) window.webContents.reload();
    });
  });
  window.on('unresponsive', () => logger.warn('The page of a window does not answer.'));
}

/** What a workspace may ask of `window`; the shape of main/ipc's WindowPort. */
export function windowPort(window: BrowserWindow, showCommands: (states: CommandStates) => void) {
  let store: string | null = null;
  let topic: string | null = null;
  const showTitle = (): void => {
    if (!window.isDestroyed()) window.setTitle(windowTitle(store, topic));
  };
  return {
    push<P extends Push>(name: P, payload: Pushes[P]): void {
      if (!window.isDestroyed() && !window.webContents.isDestroyed()) window.webContents.send(PUSH, name, payload);
    },
    focus: (): void => {
      if (window.isMinimized()) window.restore();
      window.show();
      window.focus();
    },
    isVisible: (): boolean => !window.isDestroyed() && window.isVisible() && !window.isMinimized(),
    showStore: (name: string | null): void => {
      [store, topic] = [name, null];
      showTitle();
    },
    showTopic: (name: string | null): void => {
      topic = name;
      showTitle();
    },
    showCommands,
    showProgress: (progress: number | 'unknown' | null): void => {
      if (window.isDestroyed() || !platform.iconProgress) return;
      // Electron's own numbers: below 0 takes the bar away, above 1 makes one that tells no end.
      window.setProgressBar(progress === null ? -1 : progress === 'unknown' ? 2 : progress);
    },
    notify: (title: string, body: string): void => {
      if (BrowserWindow.getFocusedWindow() || !Notification.isSupported()) return;
      const notification = new Notification({ title, body });
      notification.on('click', () => {
        if (!window.isDestroyed()) window.focus();
      });
      notification.show();
    },
    pickStore: (kind: 'file' | 'folder') => pickStore(window, kind),
    pickNewStore: (adapter: 'sqlite' | 'fs') => pickNewStore(window, adapter),
    pickBatch: () => pickBatch(window),
    pickFold: () => pickFold(window),
    saveFold: (name: string, source: string) => saveFold(window, name, source),
  };
}
