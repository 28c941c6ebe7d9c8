import { dialog, type BrowserWindow } from 'electron';

const DATABASES = [
  { name: 'SQLite event stores', extensions: ['db', 'sqlite', 'sqlite3', 'tidemark'] },
  { name: 'All files', extensions: ['*'] },
];

export async function pickStore(window: BrowserWindow, kind: 'file' | 'folder'): Promise<string | null> {
  const chosen = await dialog.showOpenDialog(window, {
    title: kind === 'file' ? 'Open an event store file' : 'Open an event store folder',
    buttonLabel: 'Open',
    properties: [kind === 'file' ? 'openFile' : 'openDirectory'],
    ...(kind === 'file' ? { filters: DATABASES } : {}),
  });
  return chosen.canceled ? null : (chosen.filePaths[0] ?? null);
}

export async function pickNewStore(window: BrowserWindow, adapter: 'sqlite' | 'fs'): Promise<string | null> {
  const chosen = await dialog.showSaveDialog(window, {
    title: adapter === 'sqlite' ? 'New event store in a file' : 'New event store in a folder',
    buttonLabel: 'Create',
    defaultPath: adapter === 'sqlite' ? 'events.db' : 'events',
    ...(adapter === 'sqlite' ? { filters: DATABASES } : {}),
    properties: ['createDirectory', 'showOverwriteConfirmation'],
  });
  return chosen.canceled || chosen.filePath === '' ? null : chosen.filePath;
}
