import { storeName, type RecentStore } from '../../../shared/ipc/contract/stores.ts';
import { EventStoreError } from '../../../shared/model/errors.ts';
import { createActions } from '../actions.ts';
import type { StoreDisk } from '../engine.ts';
import type { AreaHandlers } from '../handlers.ts';
import type { RecentEntry, RecentStores } from '../recent-stores.ts';
import type { Workspace } from '../workspace.ts';
import type { Workspaces } from '../workspaces.ts';

export interface StoresHandlersOptions {
  readonly workspaces: Workspaces;
  readonly recent: RecentStores;
  readonly disk: Pick<StoreDisk, 'exists'>;
  readonly newWindow: () => Workspace;
}

export function storesHandlers({ workspaces, recent, disk, newWindow }: StoresHandlersOptions): AreaHandlers<'stores'> {
  const actions = createActions(workspaces);

  async function openBeside(path: string, choices: Parameters<Workspaces['open']>[2]): Promise<void> {
    if (await workspaces.focus(path)) return;
    // What goes wrong is said in the new window.
    void actions.open(newWindow(), path, choices);
  }

  function requireTrusted(path: string): void {
    if (workspaces.isTrusted(path)) return;
    throw new EventStoreError(
      'INVALID_INPUT',
      'This path was not chosen in a dialog, on the command line or from the recent stores. Open it with the dialog.',
      { field: 'path' },
    );
  }

  async function present(entry: RecentEntry): Promise<RecentStore> {
    return { ...entry, name: storeName(entry.path), missing: !(await disk.exists(entry.path)) };
  }

  return {
    'stores.current': async (_input, { workspace }) => {
      // A page that loads while its store opens waits for it instead of showing the welcome screen for a moment.
      await workspace.settled();
      return workspace.info();
    },

    'stores.failure': async (_input, { workspace }) => workspace.failure(),

    'stores.dismissFailure': async (_input, { workspace }) => {
      workspace.fail(null);
      return null;
    },

    'stores.open': async ({ path, configTopic, readOnly }, { workspace }) => {
      requireTrusted(path);
      return workspaces.open(workspace, path, { configTopic, readOnly });
    },

    'stores.openInNewWindow': async ({ path, configTopic, readOnly }) => {
      requireTrusted(path);
      await openBeside(path, { configTopic, readOnly });
      return null;
    },

    'stores.openDropped': async ({ path, newWindow: beside }, { workspace }) => {
      workspaces.trust(path);
      if (!beside) return workspaces.open(workspace, path, {});
      await openBeside(path, {});
      return null;
    },

    'stores.openDialog': async ({ kind }, { workspace }) => {
      const path = await workspace.window.pickStore(kind);
      if (path === null) return null;
      workspaces.trust(path);
      return workspaces.open(workspace, path, {});
    },

    'stores.createDialog': async ({ adapter }, { workspace }) => {
      const path = await workspace.window.pickNewStore(adapter);
      if (path === null) return null;
      workspaces.trust(path);
      return workspaces.create(workspace, path, adapter);
    },

    'stores.openDemo': async (_input, { workspace }) => workspaces.openDemo(workspace),

    'stores.close': async (_input, { workspace }) => {
      await workspaces.close(workspace);
      return null;
    },

    'stores.unlock': async (_input, { workspace }) => workspaces.unlock(workspace),
    'stores.lock': async (_input, { workspace }) => workspaces.lock(workspace),
    'stores.status': async (_input, { workspace }) => workspace.status(),
    'stores.retry': async (_input, { workspace }) => workspaces.retry(workspace),

    'stores.recent': async () => Promise.all(recent.list().map(present)),

    'stores.pin': async ({ path, pinned }) => {
      recent.pin(path, pinned);
      return null;
    },

    'stores.forget': async ({ path }) => {
      recent.forget(path);
      return null;
    },

    'stores.find': async ({ path }, { workspace }) => {
      const known = recent.list().find((entry) => entry.path === path);
      if (!known) throw new EventStoreError('INVALID_INPUT', 'This path is none of the recent stores.', { field: 'path' });
      const found = await workspace.window.pickStore(known.kind === 'fs' ? 'folder' : 'file');
      if (found === null) return null;
      workspaces.trust(found);
      const info = await workspaces.open(workspace, found, {});
      if (found !== path) recent.replace(path, found);
      return info;
    },
  };
}
