// An Electron that does nothing but show a window with a word in it: what every start costs at least.
import { join } from 'node:path';
import { app, BrowserWindow } from 'electron';

void app.whenReady().then(() => {
  // oxlint-disable-next-line tidemark/one-place -- a window to measure against, no part of the application
  const window = new BrowserWindow({ width: 1280, height: 800, show: false, webPreferences: { sandbox: true } });
  window.once('ready-to-show', () => window.show());
  void window.loadFile(join(import.meta.dirname, 'index.html'));
});
