import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createStore, openStore, type OpenedStore } from '../../src/main/compose.ts';
import { openTestDesk, type TestDesk, type TestWindow } from '../ipc/test-desk.ts';
import { openTempFolder } from '../support/temp-folder.ts';

export type DiskKind = 'sqlite' | 'fs';
export const DISK_KINDS: readonly DiskKind[] = ['sqlite', 'fs'];

const MEMORY_DISK = '/dev/shm';

/** A new store on the disk; whoever makes it removes it. */
export interface DiskStore {
  readonly path: string;
  /** As a window opens it: repositories on a thread of their own. */
  open(): Promise<OpenedStore>;
  remove(): void;
}

/** `inMemory`: where the system has a disk in memory, there; for what is about numbers and not about the disk. */
export async function newDiskStore(adapter: DiskKind, { inMemory = false } = {}): Promise<DiskStore> {
  const folder = openTempFolder('load', inMemory && existsSync(MEMORY_DISK) ? MEMORY_DISK : undefined);
  const path = join(folder.path, adapter === 'sqlite' ? 'store.db' : 'store');
  await createStore(path, { adapter });
  return { path, open: () => openStore(path), remove: folder.close };
}

/** A window that shows a store, called as the page calls it. Whoever opens it closes the desk. */
export async function showInWindow(store: DiskStore): Promise<{ readonly desk: TestDesk; readonly window: TestWindow }> {
  const desk = openTestDesk();
  const window = desk.openWindow();
  desk.stores.set(store.path, async () => ({ ...(await store.open()), anyTopic: null }));
  window.answers.path = store.path;
  await window.ask('stores.openDialog', { kind: 'folder' });
  return { desk, window };
}
