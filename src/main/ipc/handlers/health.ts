import type { AreaHandlers } from '../handlers.ts';

export const healthHandlers: AreaHandlers<'health'> = {
  'health.get': async (_input, { workspace }) => {
    const store = workspace.store();
    const health = await store.health();
    return { health, problems: await store.problems() };
  },
};
