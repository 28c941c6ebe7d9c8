import type { Page } from '@playwright/test';

/** Drags what lies at `paths` over the window, as another program would, and drops it there unless `hold`. */
export async function dropPaths(page: Page, paths: readonly string[], at: { x: number; y: number }, hold = false): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files: [...paths], dragOperationsMask: 1 };
  try {
    for (const type of ['dragEnter', 'dragOver', ...(hold ? [] : ['drop'])] as ('dragEnter' | 'dragOver' | 'drop')[]) {
      await session.send('Input.dispatchDragEvent', { type, ...at, data });
    }
  } finally {
    await session.detach();
  }
}

/** The same with a text. */
export async function dropText(page: Page, text: string, at: { x: number; y: number }): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const data = { items: [{ mimeType: 'text/plain', data: text }], dragOperationsMask: 1 };
  try {
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const) await session.send('Input.dispatchDragEvent', { type, ...at, data });
  } finally {
    await session.detach();
  }
}
