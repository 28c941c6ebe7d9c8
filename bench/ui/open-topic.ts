import type { Page } from '@playwright/test';
import { TOPIC } from '../lib/seeded-stores.ts';

/** Goes to the one topic of a seeded store and waits for its rows. */
export async function openTopic(page: Page): Promise<void> {
  await page.getByRole('listbox', { name: 'Topics' }).getByRole('option', { name: TOPIC }).click();
  await page.getByRole('gridcell').first().waitFor();
}
