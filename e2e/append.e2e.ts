import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { appendPage } from './pages/append.ts';
import { workbench } from './pages/workbench.ts';
import { axeViolations } from './support/axe.ts';
import { commandLine, copyStore, type StoreCopy } from './support/stores.ts';
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

/** The data of stored events as the command line prints them: text, token for token. */
async function storedData(path: string, after: number): Promise<(string | undefined)[]> {
  const lines = (await commandLine(['events', path, 'payments', '--after', String(after)])).trim().split('\n');
  return lines.map((line) => /"data":(.*),"metadata"/.exec(line)?.[1]);
}

test('appending with the right, then with a wrong expected version; after a restart all of it is there', async ({ launch }) => {
  const app = await launch({ args: [store.path], home });
  const { page } = app;
  const window = workbench(page);
  const append = appendPage(page);
  await window.openTopic('payments');
  await expect(window.row(5)).toBeVisible();

  await append.open();
  await append.type.fill('PaymentRefunded');
  await append.write(append.data, '{ "amount": 9007199254740993, "rate": 1.10, "e": 1e400, "a": 1, "a": 2 }');
  await expect(append.expected).toHaveValue('5');
  await append.next(/^Validate/).click();
  await append.next(/^Review/).click();
  await expect(append.review).toContainText('version 6');
  await expect(append.review).toContainText('payments');
  await expect(append.lines.getByRole('option')).toHaveCount(1);
  await expect(append.view.getByRole('region', { name: 'The line under the cursor' })).toContainText(
    '"data":{"amount":9007199254740993,"rate":1.10,"e":1e400,"a":1,"a":2}',
  );
  expect((await commandLine(['events', store.path, 'payments', '--after', '5'])).trim()).toBe('');
  await append.next('Append 1 event to payments').click();
  await expect(append.view).toBeHidden();
  await expect(page.getByText('Appended 1 event, version 6')).toBeVisible();
  await expect(window.row(6)).toContainText('PaymentRefunded');
  await expect(window.tree).toContainText('9007199254740993');

  // Another program is faster than this draft.
  await append.open();
  await append.type.fill('PaymentClosed');
  await append.toReview();
  await commandLine(['append', store.path, 'payments'], '{"type":"FromElsewhere","data":{}}\n');
  await append.next(/^Append 1 event/).click();
  await expect(append.conflict).toContainText('VERSION_CONFLICT');
  await expect(append.conflict).toContainText('You expected version 6; the topic is at version 7. 1 event was appended meanwhile.');
  await expect(append.conflict.getByRole('list', { name: 'Newer events' })).toContainText('FromElsewhere');
  await append.conflict.getByRole('button', { name: 'Rebase and retry' }).click();
  await expect(append.conflict).toBeHidden();
  await expect(append.review).toContainText('version 8');
  await append.next(/^Append 1 event/).click();
  await expect(append.view).toBeHidden();
  await expect(window.row(8)).toContainText('PaymentClosed');
  await expect(window.row(7)).toContainText('FromElsewhere');
  await app.quit();

  const again = workbench((await launch({ args: [store.path], home })).page);
  await again.openTopic('payments');
  await again.goTo(6);
  await expect(again.tree).toContainText('1.10');
  await expect(again.row(8)).toContainText('PaymentClosed');
  expect(await storedData(store.path, 5)).toEqual(['{"amount":9007199254740993,"rate":1.10,"e":1e400,"a":1,"a":2}', '{}', '{}']);
});

test('what another program writes to the topic on the screen is shown', async ({ launch }) => {
  const { page } = await launch({ args: [store.path] });
  const window = workbench(page);
  await window.openTopic('payments');
  await expect(window.row(5)).toBeVisible();
  await commandLine(['append', store.path, 'payments'], '{"type":"FromElsewhere","data":{"live":true}}\n');
  await expect(window.row(6)).toContainText('FromElsewhere');
  await expect(window.topics.getByRole('option', { name: 'payments' })).toContainText('6');
});

test('a batch: bad lines are named while typing, good ones are appended together', async ({ launch }) => {
  const { page } = await launch({ args: [store.path] });
  const window = workbench(page);
  const append = appendPage(page);
  await window.openTopic('payments');
  await append.open();
  await append.mode('Batch');
  await append.write(append.events, '{"type":"A","data":{"n":1}}\n{"type":"B","data":{oops}}');
  await expect(append.view.getByText(/^Line 2, column 21: Expected/)).toBeVisible();
  await expect(append.findings.getByRole('button', { name: /2:21/ })).toBeVisible();
  await append.next(/^Validate/).click();
  await expect(append.says).toContainText('1 fault. Line 2, column 21');
  await expect(append.events).toBeFocused();
  await expect(append.next(/^Validate/)).toBeVisible();
  await append.write(append.events, '[{"type":"A","data":{"n":18446744073709551615}},\n {"type":"B","data":[1,2]}]');
  await append.toReview();
  await expect(append.review).toContainText('2 events');
  await expect(append.review).toContainText('39 B');
  await expect(append.review).toContainText('versions 6 to 7');
  await expect(append.view.getByRole('region', { name: 'Warnings' })).toContainText('1 warning');
  await append.next('Append 2 events to payments').click();
  await expect(window.row(7)).toContainText('B');
  await window.goTo(6);
  await expect(window.tree).toContainText('18446744073709551615');
});

test('hostile text is shown as text', async ({ launch }) => {
  const evil = `<img src=x onerror="document.title='owned'">\u202Etxt.exe\u0000`;
  const { page } = await launch({ args: [store.path] });
  await commandLine(
    ['append', store.path, 'payments'],
    `${JSON.stringify({ type: evil, id: evil, data: { [evil]: evil }, metadata: evil })}\n`,
  );
  const window = workbench(page);
  await window.openTopic('payments');
  await expect(window.row(6)).toBeVisible();
  await window.goTo(6);
  await expect(window.event.getByRole('heading')).toContainText('<img src=x');
  await expect(window.event.getByRole('heading')).toContainText('202E');
  await expect(window.tree).toContainText('onerror');
  expect(await page.title()).not.toBe('owned');
  expect(await page.locator('img').count()).toBe(0);
});

test('every step passes axe in both themes', async ({ launch }) => {
  const { page } = await launch({ args: [store.path] });
  const window = workbench(page);
  const append = appendPage(page);
  await window.openTopic('payments');
  await append.open();
  await append.mode('Batch');
  await append.write(append.events, '{"type":"A","data":[1]}\n{"type":"B","data":{oops}}');
  await expect(append.findings).toBeVisible();
  const passes = async (what: string): Promise<void> => {
    for (const theme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme: theme });
      expect(await axeViolations(page), `${what}, ${theme}`).toEqual([]);
    }
  };
  await passes('batch with faults');
  await append.write(append.events, '{"type":"A","data":[1]}');
  await append.mode('One event');
  await expect(append.data).toBeVisible();
  await passes('one event');
  await append.next(/^Validate/).click();
  await expect(append.next(/^Review/)).toBeVisible();
  await passes('validated');
  await append.next(/^Review/).click();
  await expect(append.lines).toBeVisible();
  await passes('review');
  await commandLine(['append', store.path, 'payments'], '{"type":"FromElsewhere","data":{}}\n');
  await append.next(/^Append 1 event/).click();
  await expect(append.conflict).toBeVisible();
  await passes('conflict');
  await append.conflict.getByRole('button', { name: 'Keep editing' }).click();
  await append.mode('Batch');
  await append.write(append.events, '{"type":"A"}\n{"type":"B"}');
  await append.mode('One event');
  await expect(page.getByRole('alertdialog')).toBeVisible();
  await passes('question');
});
