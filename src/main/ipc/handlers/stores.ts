import { EventStoreError } from '../../../shared/model/errors.ts';
import type { AreaHandlers } from '../handlers.ts';
import type { Workspaces } from '../workspaces.ts';

export function storesHandlers(workspaces: Workspaces): AreaHandlers<'stores'> {
  return {
    'stores.current': async (_input, { workspace }) => {
      // A page that loads while its store opens waits for it instead of showing the welcome screen for a moment.
      await workspace.settled();
      return workspace.info();
    },

    'stores.open': async ({ path, configTopic, readOnly }, { workspace }) => {
      if (!workspaces.isTrusted(path)) {
        throw new EventStoreError(
          'INVALID_INPUT',
          'This path was not chosen in a dialog, on the command line or from the recent stores. Open it with the dialog.',
          {
            field: 'path',
          },
        );
      }
      return workspaces.open(workspace, path, { configTopic, readOnly });
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
  };
}
