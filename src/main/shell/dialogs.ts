import { writeFile } from 'node:fs/promises';
import { dialog, type BrowserWindow } from 'electron';
import { EventStoreError } from '../../shared/model/errors.ts';
import type { TextFile } from '../../shared/model/text-parts.ts';
import { foldFileName } from './fold-file-name.ts';
import { BATCH_FILE, FOLD_FILE, readTextFile } from './read-text-file.ts';

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

export async function pickBatch(window: BrowserWindow): Promise<TextFile | null> {
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
  return path === undefined ? null : readTextFile(path, BATCH_FILE);
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

const FOLDS = [
  { name: 'JavaScript', extensions: ['js', 'mjs'] },
  { name: 'All files', extensions: ['*'] },
];

export async function pickFold(window: BrowserWindow): Promise<TextFile | null> {
  const chosen = await dialog.showOpenDialog(window, {
    title: 'A fold from a file',
    buttonLabel: 'Take Into the Editor',
    properties: ['openFile'],
    filters: FOLDS,
  });
  const path = chosen.canceled ? undefined : chosen.filePaths[0];
  return path === undefined ? null : readTextFile(path, FOLD_FILE);
}

export async function saveFold(window: BrowserWindow, name: string, source: string): Promise<string | null> {
  const chosen = await dialog.showSaveDialog(window, {
    title: 'A fold into a file',
    buttonLabel: 'Export',
    defaultPath: foldFileName(name),
    filters: FOLDS,
    properties: ['createDirectory', 'showOverwriteConfirmation'],
  });
  if (chosen.canceled || chosen.filePath === '') return null;
  await writeFile(chosen.filePath, source).catch((error: unknown) => {
    throw new EventStoreError('STORAGE_UNAVAILABLE', `The fold was not written: ${(error as Error).message}`, { path: chosen.filePath });
  });
  return chosen.filePath;
}
