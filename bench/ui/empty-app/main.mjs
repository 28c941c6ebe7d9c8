import { app, BrowserWindow } from 'electron';

// oxlint-disable-next-line tidemark/one-place -- a window to measure against, no part of the application
void app.whenReady().then(() => new BrowserWindow({ width: 1280, height: 800 }).loadURL('data:text/html,<p>empty</p>'));
