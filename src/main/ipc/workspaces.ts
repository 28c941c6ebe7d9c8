import { EventStoreError, isEventStoreError } from '../../shared/model/errors.ts';
import type { StoreInfo } from '../../shared/ipc/contract/stores.ts';
import type { Engine, OpenChoices, OpenedStore } from './engine.ts';
import type { WatchOptions } from './watch.ts';
import type { WindowPort } from './window-port.ts';
import { createWorkspace, type Workspace } from './workspace.ts';

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

  /** Lets the page ask for this path: it came from a person, by dialog, command line or the list of recent stores. */
  trust(path: string): void;
  isTrusted(path: string): boolean;
  /**
   * Opens `path` in this window, or brings the window that has it to the front.
   * @throws EventStoreError what the engine throws, with `path` in the details; INVALID_INPUT when another window has the store.
   */
  open(workspace: Workspace, path: string, choices: OpenChoices): Promise<StoreInfo>;
  create(workspace: Workspace, path: string, adapter: 'sqlite' | 'fs'): Promise<StoreInfo>;
  openDemo(workspace: Workspace): Promise<StoreInfo>;
  close(workspace: Workspace): Promise<void>;
}

export interface WorkspacesOptions {
  readonly engine: Engine;
  /** A store was opened by path. */
  readonly opened?: (path: string) => void;
  readonly pace?: Pick<WatchOptions, 'seen' | 'hidden'>;
}

export function createWorkspaces({ engine, opened = () => {}, pace = {} }: WorkspacesOptions): Workspaces {
  const byId = new Map<number, Workspace>();
  /** Stores of windows that are gone and that have not settled yet. */
  const leaving = new Set<Promise<void>>();
  const trusted = new Set<string>();
  /** Which workspace shows, or is just opening, the store of an identity. Claimed before opening, so that two cannot. */
  const claims = new Map<string, Workspace>();

  function letGo(workspace: Workspace, keep?: string): void {
    for (const [identity, owner] of claims) if (owner === workspace && identity !== keep) claims.delete(identity);
  }

  async function take(workspace: Workspace, path: string, open: () => Promise<OpenedStore>): Promise<StoreInfo> {
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
      opened(info.path);
      return info;
    } catch (error) {
      if (claims.get(identity) === workspace) claims.delete(identity);
      throw withPath(error, path);
    }
  }

  /** The same store again, perhaps with other choices: the old one lets go first, since a store is open once. */
  async function reopen(workspace: Workspace, identity: string, path: string, open: () => Promise<OpenedStore>): Promise<StoreInfo> {
    await workspace.close();
    try {
      const info = await workspace.replace(open);
      claims.set(identity, workspace);
      return info;
    } catch (error) {
      letGo(workspace);
      throw withPath(error, path);
    }
  }

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
      const workspace = createWorkspace(window, pace);
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
    open: (workspace, path, choices) => take(workspace, path, () => engine.open(path, choices)),
    create: (workspace, path, adapter) => take(workspace, path, () => engine.create(path, adapter)),
    openDemo: async (workspace) => {
      const info = await workspace.replace(() => engine.openDemo());
      letGo(workspace);
      return info;
    },
    close,
  };
}

function withPath(error: unknown, path: string): unknown {
  if (!isEventStoreError(error)) return error;
  return new EventStoreError(error.code, error.message, { ...error.details, path }, error);
}
