import type { Page } from '@playwright/test';

/** The first row of the grid that shows an event; resolves to the page's own clock when it was drawn. */
export async function firstRow(page: Page): Promise<number> {
  const shown = await page.waitForFunction(
    () => (document.querySelector('[role=gridcell][data-column=type]')?.textContent ? Date.now() : 0),
    undefined,
    { polling: 'raf', timeout: 60_000 },
  );
  return shown.jsonValue();
}

interface Measuring {
  frames?: number[];
  isOver?: boolean;
  reached?: Promise<number>;
}

/** Milliseconds between all frames the page draws while `work` is done. */
export async function framesDuring(page: Page, work: () => Promise<void>): Promise<readonly number[]> {
  await page.evaluate(() => {
    const measuring = globalThis as unknown as Measuring;
    const frames: number[] = (measuring.frames = []);
    measuring.isOver = false;
    let last = performance.now();
    const frame = (): void => {
      const now = performance.now();
      frames.push(now - last);
      last = now;
      if (measuring.isOver !== true) requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  });
  await work();
  return page.evaluate(() => {
    const measuring = globalThis as unknown as Measuring;
    measuring.isOver = true;
    return measuring.frames ?? [];
  });
}

/** Milliseconds from Enter in the jump box to the frame in which the row of that version shows its event. */
export async function jump(page: Page, version: number): Promise<number> {
  await page.keyboard.press('Control+g');
  await page.keyboard.type(String(version));
  await page.evaluate((text) => {
    (globalThis as unknown as Measuring).reached = new Promise((resolve) => {
      const begin = (event: KeyboardEvent): void => {
        if (event.key !== 'Enter') return;
        removeEventListener('keydown', begin, true);
        const from = performance.now();
        const look = (): void => {
          const cells = [...document.querySelectorAll('[role=gridcell][data-column=version]')];
          const row = cells.find((cell) => cell.textContent === text)?.closest('[role=row]');
          if (row?.querySelector('[data-column=type]')?.textContent) resolve(performance.now() - from);
          else requestAnimationFrame(look);
        };
        requestAnimationFrame(look);
      };
      addEventListener('keydown', begin, true);
    });
  }, version.toLocaleString('en'));
  await page.keyboard.press('Enter');
  return page.evaluate(() => (globalThis as unknown as Measuring).reached ?? Number.NaN);
}

/** Bytes of the page's JavaScript heap. */
export function heap(page: Page): Promise<number> {
  return page.evaluate(() => (performance as Performance & { readonly memory: { readonly usedJSHeapSize: number } }).memory.usedJSHeapSize);
}
