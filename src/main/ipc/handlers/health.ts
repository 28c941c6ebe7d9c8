import type { AreaHandlers } from '../handlers.ts';
import { healthReport } from '../health-report.ts';
import type { SlowSpots } from '../slow-spots.ts';
import type { AppPort } from './app.ts';

export interface HealthHandlersOptions {
  readonly app: Pick<AppPort, 'info' | 'home'>;
  readonly slowSpots: Pick<SlowSpots, 'list'>;
}

export function healthHandlers({ app, slowSpots }: HealthHandlersOptions): AreaHandlers<'health'> {
  return {
    'health.get': async (_input, { workspace }) => {
      const store = workspace.store();
      const health = await store.health();
      return { health, problems: await store.problems(), slow: slowSpots.list() };
    },

    'health.report': async (_input, { workspace }) => {
      const store = workspace.store();
      const [health, problems, status] = await Promise.all([store.health(), store.problems(), workspace.status()]);
      const facts = { app: app.info(), home: app.home(), info: workspace.info(), status, health, problems, slow: slowSpots.list() };
      return { text: healthReport(facts) };
    },
  };
}
