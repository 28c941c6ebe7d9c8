import { errorFacts, isEventStoreError } from '../../shared/model/errors.ts';
import type { OpenFailure } from '../../shared/ipc/contract/stores.ts';
import type { OpenChoices } from './engine.ts';
import type { Workspace } from './workspace.ts';
import type { Workspaces } from './workspaces.ts';

/** What is done with a window's store without its page. A failure is left for the page to show; nothing here rejects. */
export interface Actions {
  /** What a command line asks for: a path before the demo, else nothing. */
  start(workspace: Workspace, wanted: OpenChoices & { readonly path: string | null; readonly demo: boolean }): Promise<void>;
  open(workspace: Workspace, path: string, choices?: OpenChoices): Promise<void>;
}

export function createActions(workspaces: Workspaces): Actions {
  async function settle(workspace: Workspace, of: Pick<OpenFailure, 'path' | 'readOnly'>, work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      // The window that has the store has come to the front, which says it all.
      if (isEventStoreError(error) && error.details['alreadyOpen'] === true) return;
      workspace.fail({ ...of, error: errorFacts(error) });
    }
  }

  function open(workspace: Workspace, path: string, choices: OpenChoices = {}): Promise<void> {
    // The page may ask for it again, as with another configuration topic.
    workspaces.trust(path);
    return settle(workspace, { path, readOnly: choices.readOnly }, () => workspaces.open(workspace, path, choices));
  }

  return {
    start: async (workspace, { path, demo, configTopic, readOnly }) => {
      if (path !== null) await open(workspace, path, { configTopic, readOnly });
      else if (demo) await settle(workspace, { path: null }, () => workspaces.openDemo(workspace));
    },
    open,
  };
}
