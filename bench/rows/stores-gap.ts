import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { recentStores } from '../../src/main/shell/recent-stores.ts';
import { openSettings } from '../../src/main/shell/settings.ts';
import { windowEngine } from '../../src/main/window-engine.ts';
import { silentLogger } from '../../src/shared/model/logger.ts';
import type { Bench } from '../lib/bench.ts';
import { measureHeld } from '../lib/main-held.ts';
import { copyOfStore } from '../lib/seeded-stores.ts';
import { openBenchWindow } from '../lib/window.ts';

const TIMES = 5;

/** Target 9 for the stores of windows: opened, made, locked, closed, remembered; and a topic that begins empty. */
export async function storesGapRows({ report, scratch }: Bench): Promise<void> {
  const settings = await openSettings(scratch('settings.json'));
  const recent = recentStores(settings, () => {});
  const engine = windowEngine(silentLogger);
  const place = await copyOfStore('10k', scratch('stores.db'));
  const { ask, choose, close } = await openBenchWindow(place, {}, { engine, recent });
  const measured = measureHeld(report);
  for (let n = 0; n < 20; n++) recent.opened(scratch(`another-${n}.db`), 'sqlite');
  recent.opened(place, 'sqlite');

  await measured('stores.open, openDropped, openDialog, find', TIMES, async () => {
    await ask('stores.close', {});
    await ask('stores.open', { path: place });
    await ask('stores.close', {});
    await ask('stores.openDropped', { path: place, newWindow: false });
    await ask('stores.close', {});
    await ask('stores.openDialog', { kind: 'file' });
    await ask('stores.close', {});
    await ask('stores.find', { path: place });
  });
  await measured('stores.lock, unlock, retry, status', TIMES, async () => {
    await ask('stores.lock', {});
    await ask('stores.unlock', {});
    await ask('stores.retry', {});
    await ask('stores.status', {});
  });
  await measured('stores.current, failure, recent, pin, forget', TIMES, async (n) => {
    await ask('stores.current', {});
    await ask('stores.failure', {});
    await ask('stores.dismissFailure', {});
    await ask('stores.recent', {});
    await ask('stores.pin', { path: place, pinned: n % 2 === 0 });
    await ask('stores.forget', { path: scratch(`another-${n}.db`) });
  });
  await measured('stores.openInNewWindow, openDemo', TIMES, async () => {
    await ask('stores.openInNewWindow', { path: place });
    await ask('stores.openDemo', {});
  });
  await measured('stores.createDialog, a file', TIMES, async (n) => {
    choose(scratch(`new-${n}.db`));
    await ask('stores.createDialog', { adapter: 'sqlite' });
  });
  await measured('stores.createDialog, a folder', TIMES, async (n) => {
    choose(scratch(`new-${n}`));
    await ask('stores.createDialog', { adapter: 'fs' });
  });
  const folder = scratch(`new-${TIMES - 1}`);
  await measured('topics.startEmpty', TIMES, async (n) => {
    const topic = `lost-${n}`;
    const { incarnation } = await ask('topics.create', { name: topic });
    await ask('events.append', { topic, incarnation, expectedVersion: 0, events: [{ type: 't' }] });
    // Gone behind the back of the store, and looked at anew.
    rmSync(join(folder, 'events', topic), { recursive: true });
    rmSync(join(folder, 'configs', `${topic}.json`));
    await ask('stores.lock', {});
    await ask('stores.unlock', {});
    await ask('topics.startEmpty', { topic, incarnation });
  });
  await close();
  await settings.flush();
}
