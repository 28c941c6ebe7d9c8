import { mkdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { foldPage } from './pages/fold.ts';
import { workbench } from './pages/workbench.ts';
import { treeSnapshot } from '../test/support/tree-snapshot.ts';
import { axeViolations } from './support/axe.ts';
import { commandLine, makeOld } from './support/stores.ts';
import { expect, test } from './support/test.ts';

const EXAMPLES = resolve(import.meta.dirname, '../examples/folds');
const example = (name: string): string => readFileSync(join(EXAMPLES, `${name}.js`), 'utf8');
const SUM = 'export const initial = { sum: 0 };\nexport function fold(state, event) {\n  return { sum: state.sum + event.data.n };\n}\n';
const FRAIL = SUM.replace('  return', "  if (event.version === 7) throw new Error('seven');\n  return");

/** A new store with a topic `numbers` of so many events; answers its path. */
async function storeOf(folder: string, events: number, adapter: 'sqlite' | 'fs' = 'sqlite'): Promise<string> {
  const path = join(folder, adapter === 'sqlite' ? 'numbers.db' : 'numbers');
  await commandLine(['new', path, '--adapter', adapter]);
  await commandLine(['create-topic', path, 'numbers']);
  await commandLine(['append', path, 'numbers'], lines(1, events));
  makeOld(path);
  return path;
}

const lines = (first: number, last: number): string =>
  Array.from({ length: last - first + 1 }, (_none, index) => `{"type":"Counted","data":{"n":${first + index}}}\n`).join('');

test('a fold is written, run, and looked at version by version', async ({ launch }) => {
  const { page } = await launch({ args: ['--demo'] });
  await workbench(page).openTopic('orders');
  const fold = foldPage(page);
  await fold.open();
  await expect(fold.editor).toContainText('How many events of each type there are');
  await fold.button('Run').click();
  await expect(fold.said).toHaveText('553 events folded');
  await expect(fold.step(553)).toBeVisible();
  await expect(fold.after).toContainText('OrderPlaced');
  await expect(fold.changes.getByRole('option')).toHaveCount(1);
  await fold.goTo(1);
  await expect(fold.step(1)).toBeVisible();
  await expect(fold.before).toContainText('2 B');
  await fold.button('Step forward').click();
  await expect(fold.step(2)).toBeVisible();
  await expect(fold.changes).toContainText('difference');
  await fold.button('Play').click();
  await expect(fold.step(4)).toBeVisible();
  await fold.button('Pause').click();
  await fold.changes.getByRole('button', { name: 'Text' }).click();
  await expect(fold.changes.getByRole('textbox', { name: 'Both states as text' })).toBeVisible();
});

test('text, version and fold are there after other views, journeys and a restart', async ({ launch }, info) => {
  const home = made(join(info.outputDir, 'home'));
  const first = await launch({ args: ['--demo'], home });
  const { page } = first;
  const window = workbench(page);
  await window.openTopic('orders');
  const fold = foldPage(page);
  await fold.open();
  const source = `// my own\n${example('count-by-type')}`;
  await fold.run(source);
  await expect(fold.said).toHaveText('553 events folded');
  await fold.goTo(41);
  await expect(fold.step(41)).toBeVisible();
  await fold.button('Open Event').click();
  await expect(page.getByRole('region', { name: 'Event 41', exact: true })).toBeVisible();
  await page.keyboard.press('Alt+ArrowLeft');
  await expect(fold.step(41)).toBeVisible();
  await expect(fold.editor).toContainText('// my own');
  await window.openTopic('payments');
  await expect(fold.view.getByText('Nothing is folded yet')).toBeVisible();
  await expect(fold.editor).toContainText('// my own');
  await fold.choose('Folds', 'Example: Running total');
  await expect(fold.editor).toContainText('Amounts in cents');
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(fold.editor).toContainText('// my own');
  await first.quit();
  const again = await launch({ args: ['--demo'], home });
  await workbench(again.page).openTopic('orders');
  await foldPage(again.page).open();
  await expect(foldPage(again.page).editor).toContainText('// my own');
});

test('folds are saved, chosen, renamed and removed with a way back; the store stays as it was', async ({ launch }, info) => {
  const path = await storeOf(made(info.outputDir), 10);
  const before = readFileSync(path);
  const app = await launch({ args: [path] });
  const { page } = app;
  await workbench(page).openTopic('numbers');
  const fold = foldPage(page);
  await fold.open();
  await fold.run(SUM);
  await expect(fold.after).toContainText('55');
  await fold.button('Save').click();
  await page.getByRole('dialog').getByLabel('Name').fill('Sum');
  await page.keyboard.press('Enter');
  await expect(fold.view.getByText('Sum', { exact: true })).toBeVisible();
  await fold.choose('More', 'Rename the Fold…');
  await page.getByRole('dialog').getByLabel('Name').fill('Total');
  await page.keyboard.press('Enter');
  await expect(fold.view.getByText('Total', { exact: true })).toBeVisible();
  await fold.choose('Folds', 'Example: Latest per key');
  await fold.choose('Folds', 'Total');
  await expect(fold.editor).toContainText('state.sum + event.data.n');
  await fold.choose('More', 'Remove the Saved Fold');
  await expect(fold.view.getByText('Not saved')).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(fold.view.getByText('Total', { exact: true })).toBeVisible();
  const file = join(info.outputDir, 'exported.js');
  await app.answerDialogs(file);
  await fold.choose('More', 'Export the Fold…');
  await expect(page.getByText('Exported', { exact: true })).toBeVisible();
  expect(readFileSync(file, 'utf8')).toBe(SUM);
  await fold.choose('Folds', 'Example: Count by type');
  await fold.choose('More', 'Import a Fold…');
  await expect(fold.editor).toContainText('state.sum + event.data.n');
  await page.keyboard.press('Control+1');
  expect(readFileSync(path).equals(before)).toBe(true);
});

test('events that fail are marked, said why, and led to; bisect finds where a condition begins and says how', async ({ launch }, info) => {
  const path = await storeOf(made(info.outputDir), 3000);
  const { page } = await launch({ args: [path] });
  await workbench(page).openTopic('numbers');
  const fold = foldPage(page);
  await fold.open();
  await fold.run(FRAIL);
  await expect(fold.said).toHaveText('3,000 events folded');
  await expect(fold.failing).toHaveText('1 event failed');
  await fold.goTo(1);
  await fold.button('Next Failing Event').click();
  await expect(fold.step(7)).toContainText('This event failed. Line 3');
  await expect(fold.step(7)).toContainText('seven');
  await expect(fold.changes).toContainText('the event failed');
  await fold.button('Show Line 3').click();
  await expect(fold.editor).toBeFocused();
  await fold.condition.fill('state.sum >= 5043');
  await fold.button('Find').click();
  await expect(fold.bisectAnswer).toHaveText('It first holds after version 100. Scanned: asked after every event, 100 times.');
  await expect(fold.step(100)).toBeVisible();
  await fold.view.getByRole('checkbox', { name: 'Once true, it stays true' }).check();
  await fold.button('Find').click();
  await expect(fold.bisectAnswer).toContainText('It first holds after version 100. Searched by halves');
  await fold.condition.fill('state.a.b');
  await fold.view.getByRole('checkbox', { name: 'Once true, it stays true' }).uncheck();
  await fold.button('Find').click();
  await expect(fold.bisectAnswer).toContainText('The condition cannot be asked. TypeError');
  await expect(fold.bisectAnswer).not.toContainText('holds');
  await fold.condition.fill('state.sum > 1 && state.a.b');
  await fold.button('Find').click();
  await expect(fold.bisectAnswer).toContainText('It never holds.');
  await expect(fold.bisectAnswer).toContainText('It threw 2,998 times');
  await fold.condition.fill('state.sum = 5');
  await fold.button('Find').click();
  await expect(fold.bisectAnswer).toContainText('===');

  // A state that cannot be shown is no event that failed.
  await fold.run('export const initial = 0;\nexport const fold = (_, { version: v }) => ({ ratio: v > 2 && v < 6 ? NaN : v });');
  await expect(fold.failing).toContainText('No event fails · 1 place');
  await fold.goTo(3);
  await expect(fold.step(3)).toContainText('The state cannot be shown from here. At /ratio the state holds NaN');
  await expect(fold.changes).toContainText('cannot be compared');
  await expect(fold.step(3)).not.toContainText('failed');
});

test('events that fail are all on the line of versions, however many, and every one is led to', async ({ launch }, info) => {
  const path = await storeOf(made(info.outputDir), 3000);
  const { page } = await launch({ args: [path] });
  await workbench(page).openTopic('numbers');
  const fold = foldPage(page);
  await fold.open();
  await fold.run(
    'export const initial = 0;\nexport function fold(state, { version }) {\n  if (version > 1500 || version === 7) throw new Error("no");\n  return version;\n}',
  );
  await expect(fold.failing).toHaveText('1,501 events failed', { timeout: 30_000 });
  await expect(fold.view.getByTitle('Version 7 fails', { exact: true })).toHaveCount(1);
  const many = fold.view.getByTitle(/^Version [\d,]+ fails \(and \d+ more nearby\)$/);
  await expect.poll(() => many.count()).toBeGreaterThan(25);
  await fold.goTo(0);
  for (const version of [7, 1501, 1502]) {
    await page.keyboard.press('F4');
    await expect(fold.step(version)).toContainText('This event failed. Line 3');
  }
});

test('by keyboard alone: write, run, step, next failing event, bisect', async ({ launch }, info) => {
  const path = await storeOf(made(info.outputDir), 20);
  const { page } = await launch({ args: [path] });
  await workbench(page).openTopic('numbers');
  const fold = foldPage(page);
  await page.keyboard.press('Control+4');
  await fold.editor.focus();
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText(FRAIL);
  await page.keyboard.press('Control+Enter');
  await expect(fold.said).toHaveText('20 events folded');
  await fold.slider.focus();
  await page.keyboard.press('Home');
  await expect(fold.view.getByRole('region', { name: 'Before the first event' })).toBeVisible();
  await page.keyboard.press('ArrowRight');
  await expect(fold.step(1)).toBeVisible();
  await page.keyboard.press('F4');
  await expect(fold.step(7)).toContainText('This event failed');
  await page.keyboard.press('End');
  await expect(fold.step(20)).toBeVisible();
  await page.keyboard.press('Shift+F4');
  await expect(fold.step(7)).toBeVisible();
  await fold.condition.focus();
  await page.keyboard.type('state.sum > 10');
  await page.keyboard.press('Enter');
  await expect(fold.step(5)).toBeVisible();
  await fold.editor.focus();
  await page.keyboard.press('Control+End');
  await page.keyboard.type('event.data.');
  await expect(page.getByRole('option', { name: '.n' })).toBeVisible();
});

test('a topic that grows is folded on, and nobody is moved', async ({ launch }, info) => {
  const path = await storeOf(made(info.outputDir), 10);
  const { page } = await launch({ args: [path, '--read-write'] });
  await workbench(page).openTopic('numbers');
  const fold = foldPage(page);
  await fold.open();
  await fold.run(SUM);
  await expect(fold.said).toHaveText('10 events folded');
  await fold.goTo(4);
  await expect(fold.step(4)).toBeVisible();
  await commandLine(['append', path, 'numbers'], lines(11, 22));
  await expect(fold.said).toHaveText('22 events folded', { timeout: 15_000 });
  await expect(fold.step(4)).toBeVisible();
  await fold.button('12 new events').click();
  await expect(fold.after).toContainText('253');
});

/** What is written, and what the person is told. */
const BAD: readonly (readonly [string, string, RegExp])[] = [
  [
    'a syntax error',
    'export const initial = 0;\nexport function fold(state, event) {\n  return state +;\n}',
    /^Line 3, column \d+: SyntaxError/,
  ],
  ['an endless loop while it loads', 'export const initial = 0;\nfor (;;);\nexport function fold() {}', /did not end|time|stopped/i],
  ['no fold at all', 'export const initial = 0;', /fold/],
];
const FAILS: readonly (readonly [string, string, RegExp])[] = [
  ['a returned function', 'export const initial = 0;\nexport const fold = () => () => 1;', /function/],
  [
    'cyclic state',
    'export const initial = {};\nexport const fold = (state, event) => {\n  const next = { n: event.version };\n  next.self = next;\n  return next;\n};',
    /cannot be shown/,
  ],
];

for (const adapter of ['sqlite', 'fs'] as const) {
  test(`bad folds over a ${adapter} store are told what is wrong, where it is; the window stays live, the store as it was`, async ({
    launch,
  }, info) => {
    test.slow();
    const folder = made(join(info.outputDir, 'store'));
    const path = await storeOf(folder, 12, adapter);
    const before = treeSnapshot(folder);
    const { page } = await launch({ args: [path] });
    await workbench(page).openTopic('numbers');
    const fold = foldPage(page);
    await fold.open();
    for (const [what, source, says] of BAD) {
      await fold.run(source);
      await expect(fold.trouble, what).toHaveText(says, { timeout: 15_000 });
    }
    for (const [what, source, says] of FAILS) {
      await fold.run(source);
      await expect(fold.said, what).toHaveText('12 events folded');
      await fold.goTo(3);
      await expect(fold.step(3), what).toContainText(says);
    }

    await fold.run(
      'export const initial = {};\nexport function fold(state, event) {\n  state.__proto__ = event.version;\n  return state;\n}',
    );
    await expect(fold.said).toHaveText('12 events folded');
    await expect(fold.after).toContainText('__proto__');

    await fold.run('export const initial = 0;\nexport function fold(state, event) {\n  for (;;);\n}');
    await expect(fold.said).toHaveText(/^Folded 0 of 12/);
    // The window is live meanwhile: another view and back.
    await page.keyboard.press('Control+1');
    await expect(page.getByRole('grid')).toBeVisible();
    await fold.open();
    const asked = performance.now();
    await fold.button('Stop').click();
    await expect(fold.said).toHaveText(/^Stopped at version \d+ of 12/);
    expect(performance.now() - asked).toBeLessThan(2000);

    await fold.run(
      'export const initial = [];\nexport function fold(state, event) {\n  const all = [];\n  for (;;) all.push(new Array(100000).fill(1));\n}',
    );
    await expect(fold.said).toHaveText(/^Gave up at version 3 of 12/, { timeout: 30_000 });
    await fold.goTo(1);
    await expect(fold.step(1)).toContainText('This event failed. Line 4');

    await fold.run(
      'export const initial = [];\nexport function fold(state, event) {\n  state.push("x".repeat(2 ** 25));\n  return state;\n}',
    );
    await expect(fold.view.getByText(/The fold failed at version \d+: It needs more than 256 MiB of memory/)).toBeVisible({
      timeout: 60_000,
    });
    await fold.run(SUM);
    await expect(fold.said).toHaveText('12 events folded');
    expect(treeSnapshot(folder)).toEqual(before);
  });
}

for (const theme of ['light', 'dark'] as const) {
  test(`a fold passes axe in the ${theme} theme`, async ({ launch }) => {
    const { page } = await launch({ args: ['--demo'] });
    await page.emulateMedia({ colorScheme: theme });
    await workbench(page).openTopic('orders');
    const fold = foldPage(page);
    await fold.open();
    expect(await axeViolations(page)).toEqual([]);
    await fold.run(example('state-machine').replace('OrderConfirmed', 'OrderAccepted'));
    await expect(fold.said).toHaveText('553 events folded');
    await fold.button('Previous Failing Event').click();
    await expect(fold.view.getByText('This event failed.')).toBeVisible();
    expect(await axeViolations(page)).toEqual([]);
    await fold.run('export const initial = ;');
    await expect(fold.trouble).toBeVisible();
    expect(await axeViolations(page)).toEqual([]);
  });
}

function made(folder: string): string {
  mkdirSync(folder, { recursive: true });
  return folder;
}
