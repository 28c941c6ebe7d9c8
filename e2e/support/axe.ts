import axe from 'axe-core';
import type { Page } from '@playwright/test';

/** What axe finds on the page as it is, one line a violation. Its own Playwright package cannot drive Electron. */
export async function axeViolations(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() => (window as unknown as { readonly axe: typeof axe }).axe.run());
  return violations.map(({ id, help, nodes }) => `${id}: ${help} (${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')})`);
}
