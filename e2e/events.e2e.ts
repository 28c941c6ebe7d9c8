import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ElectronApplication, Page } from '@playwright/test';
import { axeViolations } from './support/axe.ts';
import { workbench } from './pages/workbench.ts';
import { holdCalls } from './support/held-calls.ts';
import { commandLine } from './support/stores.ts';
import { expect, test } from './support/test.ts';

const MANY = 300_000;
const START = Date.UTC(2026, 0, 1);
const line = (type: string, n: number): string =>
  `{"type":"${type}","id":"id-${n}","data":{"n":${n},"big":9007199254740993},"timestamp":${BigInt(START + n * 1000) * 1_000_000n}}\n`;

let folder: string;
let huge: string;
let hostile: string;

// One store for all tests that only read, made by another process.
test.beforeAll(async () => {
  test.setTimeout(180_000);
  folder = mkdtempSync(join(tmpdir(), 'tidemark-events-'));
  huge = join(folder, 'huge.db');
  hostile = join(folder, 'hostile.db');
  await commandLine(['new', huge]);
  await commandLine(['create-topic', huge, 'ticks']);
  const lines: string[] = [];
  for (let n = 1; n <= MANY; n++) lines.push(line(n % 1000 === 0 ? 'Rare' : `Tick${n % 3}`, n));
  await commandLine(['append', huge, 'ticks'], lines.join(''));
  await commandLine(['new', hostile]);
  await commandLine(['create-topic', hostile, 'hostile']);
  const texts = ['<img src=x onerror=alert(1)>', '\u202Egpj.exe\u202C\u200B', 'x'.repeat(100_000), '=1+1', ' spaces  '];
  await commandLine(
    ['append', hostile, 'hostile'],
    texts.map((text) => `${JSON.stringify({ type: text, id: text, data: { [text]: text }, metadata: { text } })}\n`).join(''),
  );
});
test.afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A store of its own for a test that writes, with `count` events. */
async function growingStore(name: string, count: number): Promise<string> {
  const path = join(folder, name);
  await commandLine(['new', path]);
  await commandLine(['create-topic', path, 'ticks']);
  await commandLine(['append', path, 'ticks'], events(1, count));
  return path;
}

const events = (from: number, to: number): string =>
  Array.from({ length: to - from + 1 }, (_, index) => line('Tick', from + index)).join('');
const clipboard = (electron: ElectronApplication): Promise<string> => electron.evaluate(({ clipboard: board }) => board.readText());
const head = (page: Page, name: string | RegExp) => page.getByRole('columnheader', { name });
const heads = (page: Page): Promise<readonly string[]> =>
  page.getByRole('columnheader').evaluateAll((all) => all.map((element) => element.getAttribute('aria-label') ?? ''));
const widthOf = async (page: Page, name: string | RegExp): Promise<number> => (await head(page, name).boundingBox())?.width ?? 0;
const summary = (page: Page, text: string | RegExp) => page.getByRole('region', { name: /^Topic/ }).getByText(text);

test('columns are resized, moved and hidden by mouse and by keyboard, and stay so over a restart', async ({ launch }) => {
  const home = mkdtempSync(join(tmpdir(), 'tidemark-home-'));
  const app = await launch({ args: [huge], home });
  const { page } = app;
  await workbench(page).openTopic('ticks');
  await expect(head(page, 'Type')).toBeVisible();

  const before = await widthOf(page, 'Type');
  const edge = await page.getByRole('separator', { name: 'Width of Type' }).boundingBox();
  if (!edge) throw new Error('no edge');
  await page.mouse.move(edge.x + 4, edge.y + 8);
  await page.mouse.down();
  await page.mouse.move(edge.x + 44, edge.y + 8, { steps: 4 });
  await page.mouse.up();
  await expect.poll(() => widthOf(page, 'Type')).toBe(before + 40);
  await page.getByRole('separator', { name: 'Width of Type' }).dblclick();
  await expect.poll(() => widthOf(page, 'Type')).toBeLessThan(before);

  await head(page, 'Id').dragTo(head(page, 'Type'), { targetPosition: { x: 4, y: 8 } });
  await expect.poll(() => heads(page)).toEqual(['Version', 'Time (UTC)', 'Id', 'Type', 'Data']);

  // The same by keyboard: into the heads, along them, and their edges.
  await head(page, 'Version').focus();
  await page.keyboard.press('ArrowRight');
  await expect(head(page, 'Time (UTC)')).toBeFocused();
  await page.keyboard.press('Alt+Shift+ArrowRight');
  await expect.poll(() => heads(page)).toEqual(['Version', 'Id', 'Time (UTC)', 'Type', 'Data']);
  await expect(head(page, 'Time (UTC)')).toBeFocused();
  await page.keyboard.press('Tab');
  const separator = page.getByRole('separator', { name: 'Width of Time' });
  await expect(separator).toBeFocused();
  const width = Number(await separator.getAttribute('aria-valuenow'));
  await page.keyboard.press('ArrowRight');
  await expect(separator).toHaveAttribute('aria-valuenow', String(width + 8));
  await page.keyboard.press('Shift+ArrowLeft');
  await expect(separator).toHaveAttribute('aria-valuenow', String(width + 7));

  await head(page, 'Id').click({ button: 'right' });
  await page.getByRole('menuitemcheckbox', { name: 'Id' }).click();
  await page.keyboard.press('Escape');
  await expect(head(page, 'Id')).toBeHidden();
  await app.chooseMenu('events.columns');
  await page.getByRole('checkbox', { name: 'Size' }).check();
  await page.getByRole('button', { name: 'Move Size up' }).click();
  await page.getByRole('button', { name: 'Done' }).click();
  await expect.poll(() => heads(page)).toEqual(['Version', 'Time (UTC)', 'Size', 'Type', 'Data']);
  await expect(page.getByRole('grid')).toHaveAttribute('aria-colcount', '5');
  await app.quit();

  const again = (await launch({ args: [huge], home })).page;
  await workbench(again).openTopic('ticks');
  await expect.poll(() => heads(again)).toEqual(['Version', 'Time (UTC)', 'Size', 'Type', 'Data']);
  await expect(again.getByRole('separator', { name: 'Width of Time' })).toHaveAttribute('aria-valuenow', String(width + 7));
  await head(again, 'Type').click({ button: 'right' });
  await again.getByRole('menuitem', { name: 'Reset Columns' }).click();
  await expect.poll(() => heads(again)).toEqual(['Version', 'Time (UTC)', 'Type', 'Id', 'Data']);
  rmSync(home, { recursive: true, force: true });
});

test('a narrow window scrolls sideways and keeps the heads over their cells', async ({ launch }) => {
  const { page, electron } = await launch({ args: [huge] });
  await electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(960, 600));
  const window = workbench(page);
  await window.openTopic('ticks');
  await expect(window.row(MANY)).toBeVisible();
  await window.grid.evaluate((element) => (element.scrollLeft = 10_000));
  const cell = await window
    .row(MANY - 3)
    .locator('[data-column=data]')
    .boundingBox();
  const data = await head(page, 'Data').boundingBox();
  expect(data?.x).toBe(cell?.x);
  expect(await window.grid.evaluate((element) => element.scrollLeft)).toBeGreaterThan(50);
});

test('events are filtered by type and time with their counts, and by the type of an event', async ({ launch }) => {
  const { page } = await launch({ args: [huge] });
  const window = workbench(page);
  await window.openTopic('ticks');
  await window.grid.focus();
  await page.keyboard.press('Control+F');
  const search = page.getByRole('searchbox', { name: 'Search types' });
  await expect(search).toBeFocused();
  await expect(page.getByRole('checkbox', { name: 'Tick1, 99,900 events' })).toBeVisible();
  await page.keyboard.type('rare');
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('checkbox', { name: 'Rare, 300 events' })).toBeFocused();
  await page.keyboard.press('Space');
  await page.keyboard.press('Escape');
  await expect(summary(page, '300 of 300,000 events')).toBeVisible();
  await expect(window.grid).toHaveAttribute('aria-rowcount', '301');
  await expect(window.row(MANY)).toContainText('Rare');
  await expect(window.row(MANY - 1000)).toContainText('Rare');

  // Exact to the last row, and the cursor goes along when the filter goes.
  await window.grid.focus();
  await page.keyboard.press('End');
  await expect(page.getByRole('region', { name: 'Event 1000', exact: true })).toBeVisible();
  await page.keyboard.press('ArrowUp');
  await expect(page.getByRole('region', { name: 'Event 2000', exact: true })).toBeVisible();

  await page.getByRole('button', { name: 'Time', exact: true }).click();
  await page.getByLabel('From').fill('2026-01-0x');
  await expect(page.getByText('Type a time as 2026-03-04')).toBeVisible();
  await page.getByLabel('From').fill('2026-01-02');
  await page.getByLabel('Before').fill('2026-01-01');
  await expect(page.getByText('This is not after the beginning.')).toBeVisible();
  await page.getByLabel('Before').fill('2026-01-03');
  await page.keyboard.press('Enter');
  // From second 86,400 on and before second 172,800, each thousandth.
  await expect(summary(page, '86 of 300,000 events')).toBeVisible();
  await page.getByRole('button', { name: 'Remove Rare' }).click();
  await expect(summary(page, '86,400 of 300,000 events')).toBeVisible();
  await window.grid.focus();
  await page.keyboard.press('Home');
  await expect(page.getByRole('region', { name: 'Event 172799', exact: true })).toBeVisible();
  await page.keyboard.press('End');
  await expect(page.getByRole('region', { name: 'Event 86400', exact: true })).toBeVisible();

  await page.getByRole('button', { name: 'Clear Filter' }).click();
  await expect(window.grid).toHaveAttribute('aria-rowcount', String(MANY + 1));
  await window.goTo(5000);
  await page.keyboard.press('Shift+F10');
  await page.getByRole('menuitem', { name: 'Filter by This Type' }).click();
  await expect(summary(page, '300 of 300,000 events')).toBeVisible();
  await expect(window.row(5000)).toHaveAttribute('aria-selected', 'true');

  await page.getByRole('button', { name: 'Time', exact: true }).click();
  await page.getByLabel('From').fill('2030-01-01');
  await page.keyboard.press('Enter');
  await expect(page.getByText('No event matches')).toBeVisible();
  await page.getByRole('button', { name: 'Clear Filter' }).last().click();
  await expect(window.row(5000)).toBeVisible();
});

test('the jump box goes to versions and times, and says what it understood or what is wrong', async ({ launch }) => {
  const { page } = await launch({ args: [huge] });
  const window = workbench(page);
  await window.openTopic('ticks');
  await expect(window.row(MANY)).toBeVisible();
  await page.keyboard.press('Control+G');
  const box = page.getByLabel('Jump to version or time');
  await expect(box).toBeFocused();
  await page.keyboard.type('300001');
  await expect(page.getByText('Versions go from 1 to 300,000.')).toBeVisible();
  await box.fill('2026-01-02 03:04:05.5');
  await expect(page.getByText('The first event at or after 2026-01-02 03:04:05.5 UTC')).toBeVisible();
  await page.keyboard.press('Enter');
  // 97,445.5 seconds after the first of January.
  await expect(page.getByRole('region', { name: 'Event 97446', exact: true })).toBeVisible();
  await expect(window.row(97_446)).toBeInViewport();
  await expect(window.grid).toBeFocused();
  await page.keyboard.press('Control+G');
  await page.keyboard.type(`${BigInt(START + 7000) * 1_000_000n}ns`);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: 'Event 7', exact: true })).toBeVisible();
  await page.keyboard.press('Control+G');
  await page.keyboard.type('2200-01-01');
  await page.keyboard.press('Enter');
  await expect(page.getByText('There is no such event')).toBeVisible();
});

test('one, a range and many are selected and copied exactly, by mouse and by keyboard', async ({ launch }) => {
  const { page, electron } = await launch({ args: [huge] });
  const window = workbench(page);
  await window.openTopic('ticks');
  await window.goTo(5);
  await page.keyboard.press('Control+C');
  await expect(page.getByText('1 event copied as JSON')).toBeVisible();
  const stored = (await commandLine(['events', huge, 'ticks', '--after', '4', '--limit', '1'])).trim();
  expect(await clipboard(electron)).toBe(stored);

  await page.keyboard.press('Shift+ArrowUp');
  await page.keyboard.press('Shift+ArrowUp');
  await expect(summary(page, '3 selected')).toBeVisible();
  await page.keyboard.press('Control+C');
  await expect(page.getByText('3 events copied as NDJSON')).toBeVisible();
  expect((await clipboard(electron)).match(/"version":\d+/g)).toEqual(['"version":5', '"version":6', '"version":7']);

  await window.row(4).click({ modifiers: ['Control'] });
  await window.row(6).click({ modifiers: ['Control'] });
  await expect(summary(page, '3 selected')).toBeVisible();
  await page.keyboard.press('Shift+F10');
  await page.getByRole('menuitem', { name: 'Copy the Version' }).click();
  await expect.poll(() => clipboard(electron)).toBe('4\n5\n7');
  await page.keyboard.press('Escape');
  await expect(summary(page, '3 selected')).toBeHidden();

  // Without moving what is selected: Ctrl+arrow, then Ctrl+Space.
  await window.grid.focus();
  await window.row(10).click();
  await page.keyboard.press('Control+ArrowDown');
  await page.keyboard.press('Control+ArrowDown');
  await page.keyboard.press('Control+Space');
  await expect(summary(page, '2 selected')).toBeVisible();
  await page.keyboard.press('Shift+F10');
  await page.getByRole('menuitem', { name: 'Copy a Link' }).click();
  await expect.poll(() => clipboard(electron)).toBe('ticks#8\nticks#10');

  await page.keyboard.press('Home');
  await page.keyboard.press('Shift+End');
  await expect(summary(page, '300,000 selected')).toBeVisible();
  await page.keyboard.press('Shift+F10');
  await page.getByRole('menuitem', { name: 'Copy the Version' }).click();
  await expect(page.getByText('300,000 events copied')).toBeVisible({ timeout: 30_000 });
  const versions = (await clipboard(electron)).split('\n');
  expect([versions.length, versions[0], versions.at(-1)]).toEqual([MANY, '1', String(MANY)]);

  await page.keyboard.press('Control+A');
  await page.keyboard.press('Shift+F10');
  await page.getByRole('menuitem', { name: 'Copy as CSV', exact: true }).click();
  await page.getByRole('button', { name: 'Stop' }).click();
  await expect(page.getByText('Copying was stopped')).toBeVisible();
  expect((await clipboard(electron)).split('\n')).toHaveLength(MANY);
});

test('all of a filter is copied, and nothing between', async ({ launch }) => {
  const { page, electron } = await launch({ args: [huge] });
  const window = workbench(page);
  await window.openTopic('ticks');
  await window.goTo(9000);
  await page.keyboard.press('Shift+F10');
  await page.getByRole('menuitem', { name: 'Filter by This Type' }).click();
  await expect(summary(page, '300 of 300,000 events')).toBeVisible();
  await window.grid.focus();
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Shift+ArrowDown');
  await expect(summary(page, '3 selected')).toBeVisible();
  await page.keyboard.press('Control+A');
  await expect(summary(page, '300 selected')).toBeVisible();
  await page.keyboard.press('Control+C');
  await expect(page.getByText('300 events copied as NDJSON')).toBeVisible();
  const lines = (await clipboard(electron)).trimEnd().split('\n');
  expect(lines).toHaveLength(300);
  expect(lines.every((text) => text.includes('"type":"Rare"'))).toBe(true);
});

test('keys pressed before the rows have come are not lost', async ({ launch }) => {
  const { page, electron } = await launch({ args: [huge] });
  const window = workbench(page);
  await window.openTopic('ticks');
  await window.goTo(9000);
  const places = await holdCalls(electron, 'survey.placeOf');
  const rows = await holdCalls(electron, 'survey.rows');
  await page.keyboard.press('Shift+F10');
  await page.getByRole('menuitem', { name: 'Filter by This Type' }).click();
  await expect(summary(page, '300 of 300,000 events')).toBeVisible();
  await window.grid.focus();
  // Nobody knows yet where among the 300 version 9,000 is, nor what the rows are.
  await page.keyboard.press('Shift+ArrowUp');
  await page.keyboard.press('Shift+ArrowUp');
  await places.release();
  await page.keyboard.press('Shift+ArrowUp');
  await rows.release();
  await expect(summary(page, '4 selected')).toBeVisible();
  await expect(window.row(12_000)).toHaveAttribute('aria-selected', 'true');
  await expect(window.event.getByRole('heading')).toContainText('Rare');
});

for (const order of ['Newest', 'Oldest'] as const) {
  test(`a burst of 10,000 events of another process is shown whole while it is followed, ${order.toLowerCase()} first`, async ({
    launch,
  }) => {
    const store = await growingStore(`follow-${order}.db`, 500);
    const { page } = await launch({ args: [store] });
    const window = workbench(page);
    await window.openTopic('ticks');
    await page.getByRole('button', { name: order, exact: true }).click();
    await window.grid.focus();
    await page.keyboard.press('Control+L');
    await expect(page.getByRole('button', { name: 'Follow', exact: true })).toHaveAttribute('aria-pressed', 'true');
    await expect(window.row(500)).toBeInViewport();

    await commandLine(['append', store, 'ticks'], events(501, 10_500));
    await expect(window.row(10_500)).toBeInViewport();
    await expect(window.row(10_495)).toContainText('Tick');
    await expect(window.grid).toHaveAttribute('aria-rowcount', '10501');
    await expect(page.getByRole('button', { name: /new · jump/ })).toBeHidden();
    await expect(page.getByText(/live · .*\/s/)).toBeVisible();

    // Every one of them is there: the edges of the burst and its middle, by keyboard.
    for (const version of [501, 5000, 10_499]) {
      await window.goTo(version);
      await expect(window.row(version)).toContainText(`id-${version}`);
    }
    // Going there to read has stopped following.
    await expect(page.getByRole('button', { name: 'Follow', exact: true })).toHaveAttribute('aria-pressed', 'false');
  });

  test(`what is being read stays at its pixel while 10,000 events come, ${order.toLowerCase()} first`, async ({ launch }) => {
    const store = await growingStore(`read-${order}.db`, 500);
    const { page } = await launch({ args: [store] });
    const window = workbench(page);
    await window.openTopic('ticks');
    await page.getByRole('button', { name: order, exact: true }).click();
    await window.grid.focus();
    await page.keyboard.press('Control+L');
    await expect(window.row(500)).toBeInViewport();
    // Scrolling away from the newest pauses.
    await window.grid.hover();
    await page.mouse.wheel(0, order === 'Newest' ? 1000 : -1000);
    await expect(page.getByRole('button', { name: 'Follow', exact: true })).toHaveAttribute('aria-pressed', 'false');
    await window.row(450).or(window.row(460)).first().waitFor();
    const eye = await window.grid.evaluate((element) => {
      const { top, height } = element.getBoundingClientRect();
      const row = document.elementFromPoint(element.getBoundingClientRect().left + 40, top + height / 2)?.closest('[role=row]');
      return { text: row?.querySelector('[data-column=version]')?.textContent ?? '', y: row?.getBoundingClientRect().y ?? 0 };
    });
    const version = Number(eye.text.replaceAll(',', ''));
    expect(version).toBeGreaterThan(400);

    await commandLine(['append', store, 'ticks'], events(501, 10_500));
    const pill = page.getByRole('button', { name: '10,000 new · jump to latest' });
    await expect(pill).toBeVisible();
    expect((await window.row(version).boundingBox())?.y).toBe(eye.y);
    await expect(window.row(version)).toContainText(`id-${version}`);

    await pill.press('Enter');
    await expect(window.row(10_500)).toBeInViewport();
    await expect(pill).toBeHidden();
    await expect(page.getByRole('button', { name: 'Follow', exact: true })).toHaveAttribute('aria-pressed', 'true');
  });
}

test('what another process writes is on the screen within half a second', async ({ launch }) => {
  const store = await growingStore('soon.db', 10);
  const { page } = await launch({ args: [store] });
  const window = workbench(page);
  await window.openTopic('ticks');
  await page.keyboard.press('Control+L');
  await expect(window.row(10)).toBeVisible();
  // When each row comes, told by the page itself; when it was written, by the event.
  await page.evaluate(() => {
    const seen = ((window as unknown as { seen: Record<string, number> }).seen = {});
    new MutationObserver(() => {
      for (const cell of document.querySelectorAll('[role=gridcell][data-column=id]')) {
        (seen as Record<string, number>)[cell.textContent ?? ''] ??= Date.now();
      }
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
  });
  const delays: number[] = [];
  for (let n = 11; n <= 16; n++) {
    await commandLine(['append', store, 'ticks'], `{"type":"Tick","id":"soon-${n}","data":${n}}\n`);
    await expect(window.row(n)).toContainText(`soon-${n}`);
    const seen = await page.evaluate((id) => (window as unknown as { seen: Record<string, number> }).seen[id] ?? 0, `soon-${n}`);
    const [written] = /(?<="timestamp":)\d+/.exec(await commandLine(['events', store, 'ticks', '--after', String(n - 1)])) ?? ['0'];
    delays.push(seen - Number(BigInt(written) / 1_000_000n));
  }
  test.info().annotations.push({ type: 'delay in ms', description: delays.join(', ') });
  process.stdout.write(`    delays of other processes' events: ${delays.join(', ')} ms\n`);
  expect(delays.toSorted((a, b) => a - b)[2]).toBeLessThan(500);
});

test('an event is marked, and is the beginning of an append', async ({ launch }) => {
  const store = await growingStore('mark.db', 20);
  const { page } = await launch({ args: [store] });
  const window = workbench(page);
  await window.openTopic('ticks');
  await window.goTo(12);
  await page.keyboard.press('Space');
  await expect(window.row(12).getByTitle('Marked for comparison')).toBeVisible();
  await page.keyboard.press('Space');
  await expect(window.row(12).getByTitle('Marked for comparison')).toBeHidden();
  await page.keyboard.press('Shift+F10');
  await page.getByRole('menuitem', { name: 'Append Like This…' }).click();
  await expect(window.dialog.or(page.getByRole('region', { name: /Append/ })).first()).toBeVisible();
});

test('hostile types and ids harm neither grid, filter nor copy', async ({ launch }) => {
  const { page, electron } = await launch({ args: [hostile] });
  const window = workbench(page);
  await window.openTopic('hostile');
  await expect(window.row(1)).toContainText('<img src=x onerror=alert(1)>');
  await page.keyboard.press('Control+F');
  await expect(page.getByRole('checkbox')).toHaveCount(4);
  await page.getByRole('button', { name: 'Only <img' }).click();
  await page.keyboard.press('Escape');
  await expect(summary(page, '1 of 5 events')).toBeVisible();
  await page.getByRole('button', { name: 'Clear Filter' }).click();
  await window.goTo(3);
  await page.keyboard.press('Control+C');
  await expect(page.getByText('1 event copied as JSON')).toBeVisible();
  expect((await clipboard(electron)).length).toBeGreaterThan(400_000);
  await page.getByRole('separator', { name: 'Width of Type' }).dblclick();
  await expect(window.row(3)).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
});

for (const theme of ['light', 'dark'] as const) {
  test(`the grid with its filter, its menus and its columns passes axe in the ${theme} theme`, async ({ launch }) => {
    const app = await launch({ args: [huge] });
    const { page } = app;
    await page.emulateMedia({ colorScheme: theme });
    const window = workbench(page);
    await window.openTopic('ticks');
    await window.goTo(1000);
    await page.keyboard.press('Shift+ArrowDown');
    await page.keyboard.press('Space');
    await page.keyboard.press('Control+F');
    await expect(page.getByRole('checkbox', { name: /^Rare/ })).toBeVisible();
    await page.getByRole('checkbox', { name: /^Rare/ }).click();
    expect(await axeViolations(page), 'type filter').toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Time', exact: true }).click();
    await page.getByLabel('From').fill('nonsense');
    expect(await axeViolations(page), 'time filter').toEqual([]);
    await page.keyboard.press('Escape');
    await expect(page.getByLabel('From')).toBeHidden();
    expect(await axeViolations(page), 'filtered grid').toEqual([]);
    await app.chooseMenu('events.columns');
    await expect(window.dialog).toBeVisible();
    expect(await axeViolations(page), 'columns').toEqual([]);
  });
}
