import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { appendPage } from './pages/append.ts';
import { foldPage } from './pages/fold.ts';
import { whatIfPage } from './pages/what-if.ts';
import { workbench } from './pages/workbench.ts';
import { axeViolations } from './support/axe.ts';
import { commandLine, makeOld } from './support/stores.ts';
import { expect, test } from './support/test.ts';

const SUM =
  'export const initial = { sum: 0, last: null };\nexport function fold(state, event) {\n' +
  "  if (event.data.n === 0) throw new Error('nothing');\n  return { sum: state.sum + event.data.n, last: event.type };\n}\n";

/** A new store in one file with a topic `numbers` of so many events; answers its path. */
async function storeOf(folder: string, events: number): Promise<string> {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, 'numbers.db');
  await commandLine(['new', path]);
  await commandLine(['create-topic', path, 'numbers']);
  const lines = Array.from({ length: events }, (_none, index) => `{"type":"Counted","data":{"n":${index + 1}}}\n`).join('');
  await commandLine(['append', path, 'numbers'], lines);
  makeOld(path);
  return path;
}

type Launched = Awaited<ReturnType<Parameters<Parameters<typeof test>[2]>[0]['launch']>>['page'];

/** Folds the topic and opens the scratch copy where the fold stands at `version`. */
async function toWhatIf(page: Launched, version: number) {
  await workbench(page).openTopic('numbers');
  const fold = foldPage(page);
  await fold.open();
  await fold.run(SUM);
  await expect(fold.said).toContainText('events folded');
  await fold.goTo(version);
  const whatIf = whatIfPage(page);
  await whatIf.open();
  return whatIf;
}

test('events are skipped, edited, moved and added in a scratch copy; both states are shown; nothing is written', async ({
  launch,
}, info) => {
  const path = await storeOf(info.outputDir, 10);
  const before = readFileSync(path);
  const { page } = await launch({ args: [path] });
  const whatIf = await toWhatIf(page, 4);
  await expect(whatIf.said).toHaveText('10 events folded');
  await expect(whatIf.selected()).toContainText('v4');
  await expect(whatIf.differences).toContainText('None: both states are the same');

  await whatIf.button('Skip').click();
  await expect(whatIf.row(4)).toContainText('skipped');
  // What is skipped is shown beside the topic after it.
  await expect(whatIf.topicState).toContainText('after version 4');
  await expect(whatIf.topicState).toContainText('10');
  await expect(whatIf.scratchState).toContainText('after event 3');
  await expect(whatIf.differences).toContainText('1 difference');
  await whatIf.row(6).click();
  await expect(whatIf.selected()).toContainText('v6');
  await expect(whatIf.topicState).toContainText('21');
  await expect(whatIf.scratchState).toContainText('17');
  await expect(whatIf.differences).toContainText('1 difference');

  await whatIf.button('Edit…').click();
  await expect(whatIf.data).toContainText('"n": 6');
  await whatIf.write(whatIf.data, '{"n": 6,}');
  await expect(whatIf.dialog).toContainText('not valid JSON');
  await expect(whatIf.dialog.getByRole('button', { name: 'Edit' })).toBeDisabled();
  await whatIf.write(whatIf.data, '{"n": 600}');
  await whatIf.dialog.getByRole('button', { name: 'Edit' }).click();
  await expect(whatIf.row(6)).toContainText('edited');
  await expect(whatIf.scratchState).toContainText('611');

  await whatIf.button('Move Up').click();
  await expect(whatIf.row(5)).toContainText('moved');
  await expect(whatIf.selected()).toContainText('v6');

  await whatIf.button('Add After…').click();
  await whatIf.type.fill('Corrected');
  await whatIf.write(whatIf.data, '{"n": 0}');
  await whatIf.dialog.getByRole('button', { name: 'Add' }).click();
  await expect(whatIf.row(6)).toContainText('added');
  await expect(whatIf.scratchState).toContainText('This event failed.');
  await expect(whatIf.said).toHaveText('10 events folded · 1 event failed');
  await expect(whatIf.view).toContainText('1 skipped, 1 edited, 1 moved, 1 added');

  await page.keyboard.press('F4');
  await expect(page.getByText('No event after this one fails')).toBeVisible();
  await whatIf.row(1).click();
  await page.keyboard.press('F4');
  await expect(whatIf.selected()).toContainText('Corrected');
  await whatIf.row(1).click();
  await whatIf.button('Next Failing Event').click();
  await expect(whatIf.selected()).toContainText('Corrected');

  await whatIf.button('At the End').click();
  await expect(whatIf.topicState).toContainText('55');
  await expect(whatIf.scratchState).toContainText('645');
  await whatIf.differences.getByRole('button', { name: 'Text' }).click();
  await expect(page.getByRole('textbox', { name: 'Both states as text' })).toBeVisible();

  await whatIf.button('Undo the Change').click();
  await expect(whatIf.row(6)).not.toContainText('added');
  await whatIf.button('Redo the Change').click();
  await expect(whatIf.row(6)).toContainText('added');

  // It is there after another view, and is thrown away only when that is said twice.
  await page.keyboard.press('Control+1');
  await page.keyboard.press('Control+4');
  await expect(whatIf.row(6)).toContainText('added');
  await whatIf.button('Throw Away…').click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Keep It' }).click();
  await expect(whatIf.row(6)).toContainText('added');
  await whatIf.button('Throw Away…').click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Throw Away' }).click();
  await expect(foldPage(page).view).toBeVisible();
  expect(readFileSync(path).equals(before)).toBe(true);
});

test('by keyboard alone: skip, take back, move, edit, add, undo, and the added events in the append editor, token by token', async ({
  launch,
}, info) => {
  const path = await storeOf(info.outputDir, 10);
  const { page } = await launch({ args: [path] });
  const whatIf = await toWhatIf(page, 3);
  await expect(whatIf.list).toBeFocused();
  await page.keyboard.press('Delete');
  await expect(whatIf.row(3)).toContainText('skipped');
  await page.keyboard.press('Delete');
  await expect(whatIf.row(3)).not.toContainText('skipped');
  await page.keyboard.press('Alt+ArrowDown');
  await expect(whatIf.row(4)).toContainText('moved');
  await page.keyboard.press('Alt+ArrowUp');
  await expect(whatIf.list.getByText('moved')).toHaveCount(0);
  await page.keyboard.press('Control+z');
  await expect(whatIf.row(4)).toContainText('moved');
  await page.keyboard.press('Control+z');
  await expect(whatIf.list.getByText('moved')).toHaveCount(0);

  await page.keyboard.press('End');
  await expect(whatIf.row(10)).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Insert');
  await whatIf.type.focus();
  await page.keyboard.type('Corrected');
  await whatIf.write(whatIf.data, '{"n": 9007199254740993, "price": 1.10}');
  await whatIf.write(whatIf.metadata, '{"by": "me"}');
  await page.keyboard.press('Control+Enter');
  await expect(whatIf.dialog).toBeHidden();
  await expect(whatIf.list).toBeFocused();
  await expect(whatIf.row(11)).toContainText('added');
  // A number that JavaScript cannot hold comes to the fold as a BigInt, which it cannot add to a number.
  await expect(whatIf.said).toHaveText('11 events folded · 1 event failed');

  await whatIf.button('Hand 1 Added Event to the Append Editor…').press('Enter');
  const append = appendPage(page);
  const LINE = '{"type":"Corrected","data":{"n":9007199254740993,"price":1.10},"metadata":{"by":"me"}}';
  await expect.poll(async () => (await append.text(append.events)).trim()).toBe(LINE);

  // Once more: now there is a draft, and it is asked for first.
  await page.keyboard.press('Control+4');
  await expect(whatIf.row(11)).toContainText('added');
  await expect(whatIf.button('Hand 1 Added Event to the Append Editor…')).toBeEnabled();
  await whatIf.button('Hand 1 Added Event to the Append Editor…').press('Enter');
  await expect(page.getByRole('alertdialog')).toContainText('would be replaced by "1 added event of the what-if"');
  await page.keyboard.press('Escape');
  await expect.poll(async () => (await append.text(append.events)).trim()).toBe(LINE);
});

test('a read-only store hands nothing on, and says why', async ({ launch }, info) => {
  const path = await storeOf(info.outputDir, 3);
  const { page } = await launch({ args: ['--read-only', path] });
  const whatIf = await toWhatIf(page, 3);
  await page.keyboard.press('Insert');
  await whatIf.type.fill('Corrected');
  await page.keyboard.press('Control+Enter');
  await expect(whatIf.row(4)).toContainText('added');
  const hand = whatIf.button('Hand 1 Added Event to the Append Editor…');
  await expect(hand).toBeDisabled();
  await expect(hand).toHaveAttribute('title', /^Read-only/);
});

for (const theme of ['light', 'dark'] as const) {
  test(`the what-if passes axe in the ${theme} theme`, async ({ launch }, info) => {
    const path = await storeOf(info.outputDir, 10);
    const { page } = await launch({ args: [path] });
    await page.emulateMedia({ colorScheme: theme });
    const whatIf = await toWhatIf(page, 4);
    await page.keyboard.press('Delete');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Alt+ArrowDown');
    await expect(whatIf.differences).toContainText('difference');
    expect(await axeViolations(page)).toEqual([]);
    await page.keyboard.press('Enter');
    await expect(whatIf.data).toContainText('"n"');
    expect(await axeViolations(page)).toEqual([]);
  });
}
