import { workbench } from './pages/workbench.ts';
import { expect, test } from './support/test.ts';

test('who wants no motion gets none, in any dialog, menu or message', async ({ launch }) => {
  const { page } = await launch({ args: ['--demo'] });
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await workbench(page).openTopic('orders');
  await page.keyboard.press('Control+Shift+P');
  await expect(page.getByRole('dialog')).toBeVisible();
  const moving = await page.evaluate(
    () =>
      [...document.querySelectorAll('*')].filter((element) => {
        const { animationName, transitionDuration } = getComputedStyle(element);
        return animationName !== 'none' || transitionDuration.split(',').some((part) => Number.parseFloat(part) > 0);
      }).length,
  );
  expect(moving).toBe(0);
});

test('under forced colours what is focused, chosen and pressed is told by lines', async ({ launch }) => {
  const { page } = await launch({ args: ['--demo'] });
  await page.emulateMedia({ forcedColors: 'active' });
  const window = workbench(page);
  await window.openTopic('orders');
  const outline = (selector: string): Promise<string[]> =>
    page.evaluate(
      (chosen) =>
        [...document.querySelectorAll(chosen)].map((element) => {
          const { outlineStyle, outlineWidth } = getComputedStyle(element);
          return `${outlineStyle} ${outlineWidth}`;
        }),
      selector,
    );
  await window.goTo(540);
  for (const chosen of ['[role=option][aria-selected=true]', '[role=row][aria-selected=true]', 'button[aria-pressed=true]']) {
    const lines = await outline(chosen);
    expect(lines.length, chosen).toBeGreaterThan(0);
    expect(
      lines.every((line) => line === 'solid 2px' || line === 'solid 3px'),
      `${chosen}: ${lines.join(', ')}`,
    ).toBe(true);
  }
  await page.getByLabel('Jump to version or time').focus();
  expect(await outline('input:focus-visible')).toEqual(['solid 3px']);
});
