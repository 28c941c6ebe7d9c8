import { dialog, type BrowserWindow } from 'electron';
import type { BatchFile } from '../../shared/ipc/contract/events.ts';
import { readBatchFile } from './read-batch-file.ts';

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

export async function pickBatch(window: BrowserWindow): Promise<BatchFile | null> {
  const chosen = await dialog.showOpenDialog(window, {
    title: 'Events from a file',
    buttonLabel: 'Take Into the Draft',
    properties: ['openFile'],
    filters: [
      { name: 'JSON', extensions: ['ndjson', 'jsonl', 'json'] },
      { name: 'All files', extensions: ['*'] },
    ],
  });
  const path = chosen.canceled ? undefined : chosen.filePaths[0];
  return path === undefined ? null : readBatchFile(path);
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
