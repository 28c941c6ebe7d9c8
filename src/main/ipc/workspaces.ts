import { EventStoreError, isEventStoreError } from '../../shared/model/errors.ts';
import type { StoreInfo, StoreStatus } from '../../shared/ipc/contract/stores.ts';
import type { Engine, OpenChoices } from './engine.ts';
import type { WatchOptions } from './watch.ts';
import type { WindowPort } from './window-port.ts';
import { createWorkspace, type Opening, type Workspace } from './workspace.ts';

/** All windows and their stores: at most one window shows a store. */
export interface Workspaces {
  /** `id` is what the router finds the workspace by (the id of the window's web contents). */
  add(id: number, window: WindowPort): Workspace;
  find(id: number): Workspace | undefined;
  /** The window is gone: its store is closed. */
  remove(id: number): Promise<void>;
  all(): readonly Workspace[];
  /** Closes every store, also those of windows that just went; rejects with the first failure once all have been tried. */
  closeAll(): Promise<void>;

  /** Lets the page ask for this path: it came from a person, by dialog, drop, command line or the list of recent stores. */
  trust(path: string): void;
  isTrusted(path: string): boolean;
  /** Brings the window that shows the store at `path` to the front; false where none does. */
  focus(path: string): Promise<boolean>;
  /**
   * Opens `path` in this window, or brings the window that has it to the front. Without a choice of `readOnly`, a store that
   * another program wrote in the last minute is opened read-only.
   * @throws EventStoreError what the engine throws, with `path` in the details; INVALID_INPUT when another window has the store.
   */
  open(workspace: Workspace, path: string, choices: OpenChoices): Promise<StoreInfo>;
  create(workspace: Workspace, path: string, adapter: 'sqlite' | 'fs'): Promise<StoreInfo>;
  openDemo(workspace: Workspace): Promise<StoreInfo>;
  /** @throws EventStoreError READ_ONLY where the store can never be written; the store stays open as it was. */
  unlock(workspace: Workspace): Promise<StoreInfo>;
  lock(workspace: Workspace): Promise<StoreInfo>;
  /**
   * Looks again whether the store can be reached. Where it cannot, it is opened anew: a disk that came back is another one.
   * @throws EventStoreError what the engine throws; the store that was there stays, with all that was read of it.
   */
  retry(workspace: Workspace): Promise<StoreStatus>;
  close(workspace: Workspace): Promise<void>;
}

export interface WorkspacesOptions {
  readonly engine: Engine;
  /** A store was opened by path. */
  readonly opened?: (info: StoreInfo) => void;
  readonly pace?: Pick<WatchOptions, 'seen' | 'hidden'>;
}

/** A store that was written so lately is perhaps being written still. */
const LATELY_MS = 60_000;

export function createWorkspaces({ engine, opened = () => {}, pace = {} }: WorkspacesOptions): Workspaces {
  const byId = new Map<number, Workspace>();
  /** Stores of windows that are gone and that have not settled yet. */
  const leaving = new Set<Promise<void>>();
  const trusted = new Set<string>();
  /** Which workspace shows, or is just opening, the store of an identity. Claimed before opening, so that two cannot. */
  const claims = new Map<string, Workspace>();
  /** By identity, the time of the last write to a store when we closed it after writing: that one was ours. */
  const ownWrites = new Map<string, number>();

  function letGo(workspace: Workspace, keep?: string): void {
    for (const [identity, owner] of claims) if (owner === workspace && identity !== keep) claims.delete(identity);
  }

  async function noteOwnWrites({ path, kind, readOnly }: StoreInfo): Promise<void> {
    if (kind === 'memory' || readOnly !== null) return;
    const at = await engine.disk.lastWrite(path);
    if (at !== null) ownWrites.set(await engine.identify(path), at);
  }

  /** The time of a write of another program within the last minute, else null. */
  async function writeElsewhere(path: string): Promise<number | null> {
    const at = await engine.disk.lastWrite(path);
    if (at === null || Date.now() - at > LATELY_MS || at <= (ownWrites.get(await engine.identify(path)) ?? -Infinity)) return null;
    return at;
  }

  async function openAt(path: string, choices: OpenChoices): Promise<Opening> {
    // Looked at before: a database that is opened after a crash may get side files of ours.
    const wroteElsewhere = choices.readOnly === undefined ? await writeElsewhere(path) : null;
    const store = await engine.open(path, { ...choices, readOnly: choices.readOnly ?? wroteElsewhere !== null });
    // Where writing is out of the question there is nothing to choose.
    return { ...store, wroteElsewhere: store.byChoice ? wroteElsewhere : null };
  }

  const createAt = async (path: string, adapter: 'sqlite' | 'fs'): Promise<Opening> => ({
    ...(await engine.create(path, adapter)),
    wroteElsewhere: null,
  });

  async function take(workspace: Workspace, path: string, open: () => Promise<Opening>): Promise<StoreInfo> {
    const identity = await engine.identify(path);
    const owner = claims.get(identity);
    if (owner === workspace) return reopen(workspace, identity, path, open);
    if (owner) {
      owner.window.focus();
      throw new EventStoreError('INVALID_INPUT', 'This store is already open in another window, which has come to the front.', {
        path,
        alreadyOpen: true,
      });
    }
    claims.set(identity, workspace);
    try {
      const info = await workspace.replace(open);
      letGo(workspace, identity);
      opened(info);
      return info;
    } catch (error) {
      if (claims.get(identity) === workspace) claims.delete(identity);
      throw withPath(error, path);
    }
  }

  /** The same store again, perhaps with other choices: the old one lets go first, since a store is open once. */
  async function reopen(workspace: Workspace, identity: string, path: string, open: () => Promise<Opening>): Promise<StoreInfo> {
    try {
      const info = await workspace.reopen(open);
      claims.set(identity, workspace);
      return info;
    } catch (error) {
      letGo(workspace);
      throw withPath(error, path);
    }
  }

  /** @throws EventStoreError NOT_INITIALIZED. */
  function shown(workspace: Workspace): StoreInfo {
    const info = workspace.info();
    if (info) return info;
    throw new EventStoreError('NOT_INITIALIZED', 'No store is open in this window. Open one first.');
  }

  const again = ({ path, configTopic }: StoreInfo, readOnly: boolean): Promise<Opening> =>
    openAt(path, { configTopic: configTopic ?? undefined, readOnly });

  async function close(workspace: Workspace): Promise<void> {
    try {
      await workspace.close();
    } finally {
      if (workspace.info() === null) letGo(workspace);
    }
  }

  function remove(id: number): Promise<void> {
    const workspace = byId.get(id);
    if (!workspace) return Promise.resolve();
    byId.delete(id);
    const done = close(workspace).finally(() => leaving.delete(done));
    leaving.add(done);
    return done;
  }

  return {
    add: (id, window) => {
      const workspace = createWorkspace({ window, disk: engine.disk, foldPlaces: engine.foldPlaces, pace, left: noteOwnWrites });
      byId.set(id, workspace);
      return workspace;
    },
    find: (id) => byId.get(id),
    remove,
    all: () => [...byId.values()],
    closeAll: async () => {
      for (const id of byId.keys()) void remove(id).catch(() => {});
      const results = await Promise.allSettled(leaving);
      const failed = results.find((result) => result.status === 'rejected');
      if (failed) throw failed.reason;
    },
    trust: (path) => void trusted.add(path),
    isTrusted: (path) => trusted.has(path),
    focus: async (path) => {
      const owner = claims.get(await engine.identify(path));
      owner?.window.focus();
      return owner !== undefined;
    },
    open: (workspace, path, choices) => take(workspace, path, () => openAt(path, choices)),
    create: (workspace, path, adapter) => take(workspace, path, () => createAt(path, adapter)),
    openDemo: async (workspace) => {
      const info = await workspace.replace(async () => ({ ...(await engine.openDemo()), wroteElsewhere: null }));
      letGo(workspace);
      return info;
    },
    unlock: async (workspace) => {
      const info = shown(workspace);
      if (info.readOnly === null) return info;
      if (!info.canUnlock) {
        throw new EventStoreError('READ_ONLY', `This store cannot be unlocked: ${info.readOnly}`, { reason: info.readOnly });
      }
      // One that only reads may stand beside the one that writes: when opening fails, nothing has changed.
      return workspace.replace(() => again(info, false));
    },
    lock: async (workspace) => {
      const info = shown(workspace);
      if (info.readOnly !== null) return info;
      if (info.kind === 'memory')
        throw new EventStoreError('INVALID_INPUT', 'A store in memory is gone when it is closed, so it cannot be reopened.', {});
      return reopen(workspace, await engine.identify(info.path), info.path, () => again(info, true));
    },
    retry: async (workspace) => {
      const info = shown(workspace);
      const available = await workspace.availability().check();
      if (!available.ok && available.code !== 'STORAGE_FULL' && available.code !== 'READ_ONLY' && info.kind !== 'memory') {
        await workspace.replace(() => again(info, info.canUnlock));
      }
      return workspace.status();
    },
    close,
  };
}

function withPath(error: unknown, path: string): unknown {
  if (!isEventStoreError(error)) return error;
  return new EventStoreError(error.code, error.message, { ...error.details, path }, error);
}
