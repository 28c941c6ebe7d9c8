import { BrowserWindow, Menu, nativeTheme, screen } from 'electron';
import type { Logger } from '../../shared/model/logger.ts';
import { editMenu } from './edit-menu.ts';
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
