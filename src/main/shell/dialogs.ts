import { dialog, type BrowserWindow } from 'electron';
import type { BatchFile } from '../../shared/ipc/contract/events.ts';
import type { ErrorFacts } from '../../shared/model/errors.ts';
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

export async function pickConfigTopic(window: BrowserWindow, path: string, candidates: readonly string[]): Promise<string | null> {
  const offered = candidates.slice(0, 6);
  const { response } = await dialog.showMessageBox(window, {
    type: 'question',
    title: 'Tidemark',
    message: 'Which topic holds the configuration?',
    detail: `Several topics of ${path} could be it. The others are then shown as ordinary topics.${candidates.length > offered.length ? ' To choose another one, start Tidemark with --config-topic NAME.' : ''}`,
    buttons: [...offered, 'Cancel'],
    cancelId: offered.length,
    defaultId: 0,
    noLink: true,
  });
  return offered[response] ?? null;
}

/** Does not wait for the person. */
export function showFailure(window: BrowserWindow, what: string, error: ErrorFacts): void {
  void dialog.showMessageBox(window, {
    type: 'error',
    title: 'Tidemark',
    message: `${what} failed.`,
    detail: `${error.message}\n\n${error.code}`,
    buttons: ['Close'],
    noLink: true,
  });
}
