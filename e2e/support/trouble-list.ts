import type { BrowserContext } from '@playwright/test';

/** Everything a page complained of: console errors, uncaught errors, violations of the content security policy. */
export interface TroubleList {
  watch(context: BrowserContext): void;
  /** Trouble that this test provokes on purpose. */
  allow(pattern: RegExp): void;
  /** What nobody allowed. */
  unexpected(): readonly string[];
}

export function createTroubleList(): TroubleList {
  const found: string[] = [];
  const allowed: RegExp[] = [];
  return {
    watch: (context) => {
      // A violation of the policy is a console error too, so one listener hears both.
      context.on('console', (message) => {
        if (message.type() === 'error') found.push(`console error: ${message.text()}`);
      });
      context.on('weberror', (error) => found.push(`uncaught in the page: ${error.error().stack ?? error.error().message}`));
      context.on('page', (page) => page.on('crash', () => found.push('the page crashed')));
    },
    allow: (pattern) => void allowed.push(pattern),
    unexpected: () => found.filter((trouble) => !allowed.some((pattern) => pattern.test(trouble))),
  };
}
