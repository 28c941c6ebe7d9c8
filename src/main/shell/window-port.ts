import { BrowserWindow, Notification } from 'electron';
import { PUSH } from '../../shared/ipc/channels.ts';
import type { Push, Pushes } from '../../shared/ipc/pushes.ts';
import { pickBatch, pickFold, pickNewStore, pickStore, saveFold } from './dialogs.ts';
import type { CommandStates } from './menu.ts';
import { platform } from './platform.ts';
import { windowTitle } from './window-options.ts';

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
