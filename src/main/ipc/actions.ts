import { errorFacts, isEventStoreError } from '../../shared/model/errors.ts';
import type { OpenChoices } from './engine.ts';
import type { Workspace } from './workspace.ts';
import type { Workspaces } from './workspaces.ts';

/** What a command line does with a window's store. Settles the failure with the person and never rejects. */
export interface Actions {
  /** What a command line asks for: a path before the demo, else nothing. */
  start(workspace: Workspace, wanted: OpenChoices & { readonly path: string | null; readonly demo: boolean }): Promise<void>;
  open(workspace: Workspace, path: string, choices?: OpenChoices): Promise<void>;
}

export function createActions(workspaces: Workspaces): Actions {
  async function settle(workspace: Workspace, what: string, work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (isEventStoreError(error) && error.details['alreadyOpen'] === true) return;
      workspace.window.showFailure(what, errorFacts(error));
    }
  }

  async function open(workspace: Workspace, path: string, choices: OpenChoices): Promise<void> {
    workspaces.trust(path);
    try {
      await workspaces.open(workspace, path, choices);
    } catch (error) {
      const configTopic = await chooseTopic(workspace, path, error);
      if (configTopic === null) return;
      if (configTopic === undefined) throw error;
      await workspaces.open(workspace, path, { ...choices, configTopic });
    }
  }

  const openSettled = (workspace: Workspace, path: string, choices: OpenChoices): Promise<void> =>
    settle(workspace, `Opening ${path}`, () => open(workspace, path, choices));
  const openDemo = (workspace: Workspace): Promise<void> =>
    settle(workspace, 'Opening the demo store', () => workspaces.openDemo(workspace));

  return {
    start: async (workspace, { path, demo, configTopic, readOnly }) => {
      if (path !== null) await openSettled(workspace, path, { configTopic, readOnly });
      else if (demo) await openDemo(workspace);
    },
    open: (workspace, path, choices = {}) => openSettled(workspace, path, choices),
  };
}

/** The person's choice where several topics could be the configuration; undefined when that is not what went wrong. */
async function chooseTopic(workspace: Workspace, path: string, error: unknown): Promise<string | null | undefined> {
  if (!isEventStoreError(error, 'INVALID_INPUT')) return undefined;
  const { candidates } = error.details;
  if (!Array.isArray(candidates) || candidates.length === 0) return undefined;
  return workspace.window.pickConfigTopic(
    path,
    candidates.map((candidate) => String(candidate)),
  );
}
