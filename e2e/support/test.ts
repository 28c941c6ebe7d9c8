import { test as base } from '@playwright/test';
import { startApp, type LaunchOptions, type RunningApp } from './running-app.ts';
import { createTroubleList, type TroubleList } from './trouble-list.ts';

interface AppFixtures {
  /** Starts the built app; it is quit after the test. */
  readonly launch: (options?: LaunchOptions) => Promise<RunningApp>;
  /** Fails the test for any console error, uncaught error or violation of the policy that it did not allow. */
  readonly troubles: TroubleList;
}

export const test = base.extend<AppFixtures>({
  troubles: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright wants the fixtures it is to give taken apart, be there none
    async ({}, provide) => {
      const troubles = createTroubleList();
      await provide(troubles);
      expect(troubles.unexpected(), 'trouble in the page').toEqual([]);
    },
    { auto: true },
  ],
  launch: async ({ troubles }, provide) => {
    const running: RunningApp[] = [];
    await provide(async (options = {}) => {
      const app = await startApp(options, troubles);
      running.push(app);
      return app;
    });
    // Backwards: the first one takes the home folder along, in which later ones still keep their settings.
    for (const app of running.toReversed()) await app.quit();
  },
});

export const { expect } = test;
