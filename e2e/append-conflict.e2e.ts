import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { appendPage } from './pages/append.ts';
import { workbench } from './pages/workbench.ts';
import { holdCalls } from './support/held-calls.ts';
import { commandLine, copyStore, storedData, type StoreCopy } from './support/stores.ts';
import { expect, test } from './support/test.ts';

let store: StoreCopy;
let home: string;
test.beforeEach(() => {
  store = copyStore('small');
  home = mkdtempSync(join(tmpdir(), 'tidemark-home-'));
});
test.afterEach(() => {
  store.remove();
  rmSync(home, { recursive: true, force: true });
});

test('a batch from a file, by dialog and by dropping, lands in a conflict and is rebased', async ({ launch }) => {
  const app = await launch({ args: [store.path] });
  const { page } = app;
  const window = workbench(page);
  const append = appendPage(page);
  const file = join(home, 'events.ndjson');
  const events = Array.from({ length: 1000 }, (_, n) => `{"type":"Imported","data":{"n":${n},"big":9007199254740993}}`);
  writeFileSync(file, `${events.join('\n')}\n`);
  await window.openTopic('payments');
  await append.open();
  await app.answerDialogs(file);
  await append.next('From a file…').click();
  await expect(append.says).toContainText('Taken from events.ndjson');
  await append.toReview();
  await expect(append.review).toContainText('1,000 events');
  await expect(append.review).toContainText('versions 6 to 1,005');
  await commandLine(['append', store.path, 'payments'], '{"type":"FromElsewhere","data":{}}\n');
  await append.next('Append 1,000 events to payments').click();
  await expect(append.conflict).toBeVisible();
  // A look at what was written, and back to the draft.
  await append.conflict.getByRole('button', { name: /FromElsewhere/ }).click();
  await expect(window.event.getByRole('heading')).toContainText('FromElsewhere');
  await page.keyboard.press('Alt+ArrowLeft');
  await expect(append.view).toBeVisible();
  await expect(append.view.getByText('1 event was appended since the draft began.')).toBeVisible();
  await append.view.getByRole('button', { name: 'Expect 6' }).click();
  await append.append();
  // A file an event, each on the disk: on a busy machine that takes a while.
  await expect(page.getByText('Appended 1,000 events, versions 7 to 1,006')).toBeVisible({ timeout: 30_000 });
  const stored = (await storedData(store.path, 'payments', 6)).at(-1);
  expect(stored).toBe('{"n":999,"big":9007199254740993}');

  // What is no text, or too large, is refused and the draft is as it was.
  await append.open();
  await append.mode('Batch');
  await append.write(append.events, '{"type":"Mine"}');
  writeFileSync(file, Buffer.from([0xff, 0xfe, 0x00]));
  await append.next('From a file…').click();
  await expect(append.view.getByRole('alert')).toContainText('INVALID_INPUT');
  await expect(append.view.getByRole('alert')).toContainText('not UTF-8');
  await append.view.getByRole('button', { name: 'Keep editing' }).click();
  expect(await append.text(append.events)).toBe('{"type":"Mine"}');
  const dropped = await page.evaluateHandle(() => {
    const data = new DataTransfer();
    data.items.add(new File(['{"type":"Dropped","data":{"n":1.10}}'], 'dropped.json'));
    return data;
  });
  await append.events.dispatchEvent('drop', { dataTransfer: dropped });
  await page.getByRole('alertdialog').getByRole('button', { name: 'Replace the draft' }).click();
  await expect.poll(() => append.text(append.events)).toBe('{"type":"Dropped","data":{"n":1.10}}');
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(() => append.text(append.events)).toBe('{"type":"Mine"}');
});

test('a batch is written, meets a conflict, and is rebased, by keyboard alone', async ({ launch }) => {
  const { page, electron } = await launch({ args: [store.path] });
  const { keyboard } = page;
  const window = workbench(page);
  const append = appendPage(page);
  await expect(window.topics.getByRole('option', { name: 'payments' })).toBeVisible();
  await keyboard.press('Control+P');
  await keyboard.type('payments');
  await keyboard.press('Enter');
  await expect(window.row(5)).toBeVisible();
  await keyboard.press('Control+Shift+A');
  await expect(append.type).toBeFocused();
  const modes = append.view.getByRole('tablist', { name: 'How many' }).getByRole('tab');
  for (let tabs = 0; tabs < 4; tabs++) await keyboard.press('Shift+Tab');
  await expect(modes.first()).toBeFocused();
  await keyboard.press('ArrowRight');
  await keyboard.press('Enter');
  await expect(append.events).toBeVisible();
  while (!(await append.events.evaluate((element) => element === document.activeElement))) await keyboard.press('Tab');
  await keyboard.insertText('{"type":"Refunded","data":{"cents":9007199254740993}}\n{"type":"Closed","data":{"rate":1.10}}');
  await keyboard.press('Control+Enter');
  await expect(append.says).toContainText('Valid: 2 events');
  await keyboard.press('Control+Enter');
  await expect(append.review).toContainText('versions 6 to 7');
  await commandLine(['append', store.path, 'payments'], '{"type":"FromElsewhere","data":{}}\n');
  await keyboard.press('Control+Enter');
  await expect(append.conflict).toContainText('VERSION_CONFLICT');
  const newer = append.conflict.getByRole('list', { name: 'Newer events' }).getByRole('button');
  await expect(newer).toContainText('FromElsewhere');

  // Sent again as it is, it is refused again. What was refused before can be read, and keeps the focus, meanwhile.
  const sent = await holdCalls(electron, 'events.append');
  await keyboard.press('Control+Enter');
  await expect(append.says).toContainText('Appending');
  await keyboard.press('Tab');
  await expect(newer).toBeFocused();
  await sent.release();
  await expect(append.says).toContainText('It failed. The draft is kept.');
  await expect(append.conflict).toContainText('You expected version 5; the topic is at version 6.');
  await expect(newer).toBeFocused();
  await keyboard.press('Enter');
  await expect(window.event.getByRole('heading')).toContainText('FromElsewhere');
  await keyboard.press('Alt+ArrowLeft');
  await expect(append.events).toBeFocused();
  for (const says of ['Valid: 2 events', 'Nothing is written yet']) {
    await keyboard.press('Control+Enter');
    await expect(append.says).toContainText(says);
  }
  await keyboard.press('Control+Enter');
  await expect(newer).toBeVisible();
  await keyboard.press('Tab');
  await keyboard.press('Tab');
  await expect(append.conflict.getByRole('button', { name: 'Rebase and retry' })).toBeFocused();
  await keyboard.press('Enter');
  await expect(append.review).toContainText('versions 7 to 8');
  await keyboard.press('Control+Enter');
  await expect(append.view).toBeHidden();
  await expect(window.grid).toBeFocused();
  await expect(window.row(8)).toContainText('Closed');
  await expect(window.row(6)).toContainText('FromElsewhere');
  expect(await storedData(store.path, 'payments', 5)).toEqual(['{}', '{"cents":9007199254740993}', '{"rate":1.10}']);
});
