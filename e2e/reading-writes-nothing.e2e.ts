import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { treeSnapshot } from '../test/support/tree-snapshot.ts';
import { workbench } from './pages/workbench.ts';
import { commandLine, copyStore } from './support/stores.ts';
import { expect, test } from './support/test.ts';

for (const name of ['small', 'damaged'] as const) {
  test(`opening the window on the ${name} store in files and reading there changes no byte and no time`, async ({ launch }) => {
    const store = copyStore(name);
    const before = treeSnapshot(store.path);
    const app = await launch({ args: [store.path] });
    const window = workbench(app.page);
    await window.openTopic(name === 'small' ? 'orders' : 'truncated');
    await window.goTo(4);
    await window.showTab('Health');
    await expect(app.page.getByRole('heading', { name: /^Problems/ })).toBeVisible();
    await app.quit();
    expect(treeSnapshot(store.path)).toEqual(before);
    store.remove();
  });
}

test('opening the window on a SQLite store and reading there changes no byte and no time', async ({ launch }) => {
  const folder = mkdtempSync(join(tmpdir(), 'tidemark-sqlite-'));
  const path = join(folder, 'store.db');
  await commandLine(['new', path]);
  await commandLine(['create-topic', path, 'orders']);
  await commandLine(['append', path, 'orders'], '{"type":"A","data":{"n":9007199254740993}}\n{"type":"B","data":{}}\n');
  const before = treeSnapshot(folder);
  expect(before.filter((line) => line.includes('store.db'))).toHaveLength(1);
  const app = await launch({ args: [path] });
  const window = workbench(app.page);
  await window.openTopic('orders');
  await window.goTo(1);
  await expect(window.tree).toContainText('9007199254740993');
  await window.showTab('Health');
  await app.quit();
  expect(treeSnapshot(folder)).toEqual(before);
  rmSync(folder, { recursive: true, force: true });
});
