import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createActions } from '../../src/main/ipc/actions.ts';
import type { EventStore } from '../../src/main/eventstore/event-store.ts';
import { EventStoreError } from '../../src/shared/model/errors.ts';
import { openMemoryStore, openTestDesk, type TestDesk, type TestWindow } from './test-desk.ts';

let desk: TestDesk;
let window: TestWindow;
let closed: string[];

beforeEach(() => {
  desk = openTestDesk();
  window = desk.openWindow();
  closed = [];
  for (const path of ['/a/orders.db', '/b']) desk.stores.set(path, () => openNoted(path));
});
afterEach(() => desk.close());

async function openNoted(path: string, wrap?: (store: EventStore) => EventStore): ReturnType<typeof openMemoryStore> {
  const opened = await openMemoryStore(path, wrap);
  return {
    ...opened,
    location: { ...opened.location, kind: 'sqlite' },
    close: async () => {
      closed.push(path);
      await opened.close();
    },
  };
}

async function choose(from: TestWindow, path: string): Promise<unknown> {
  from.answers.path = path;
  return from.ask('stores.openDialog', { kind: 'file' });
}

describe('opening', () => {
  it('shows the store by its name in the title and tells the page', async () => {
    await choose(window, '/a/orders.db');
    await expect(window.ask('stores.current', {})).resolves.toEqual({
      path: '/a/orders.db',
      name: 'orders.db',
      kind: 'sqlite',
      configTopic: 'configuration',
      readOnly: null,
      canUnlock: false,
      wroteElsewhere: null,
    });
    expect(window.titles).toEqual(['orders.db']);
    expect(window.pushes).toContainEqual({ name: 'store.changed', payload: { path: '/a/orders.db' } });
    expect(desk.recent).toEqual(['/a/orders.db']);
  });

  it('by path is for paths main knows of, and for no other', async () => {
    await expect(window.call('stores.open', { path: '/b' })).resolves.toMatchObject({
      ok: false,
      error: { code: 'INVALID_INPUT', details: { field: 'path' } },
    });
    desk.workspaces.trust('/b');
    await expect(window.call('stores.open', { path: '/b' })).resolves.toMatchObject({ ok: true });
    for (const path of ['/b/', '/b/../etc', '/a/../b', '/B', ' /b', '/b\u0000']) {
      await expect(window.call('stores.open', { path })).resolves.toMatchObject({
        ok: false,
        error: { code: 'INVALID_INPUT', details: { field: 'path' } },
      });
    }
  });

  it('another store closes the one before, after the new one is open', async () => {
    await choose(window, '/a/orders.db');
    await choose(window, '/b');
    expect(closed).toEqual(['/a/orders.db']);
    await expect(window.ask('stores.current', {})).resolves.toMatchObject({ path: '/b' });
  });

  it('what cannot be opened leaves the store that is there, and says which path failed', async () => {
    await choose(window, '/b');
    window.answers.path = '/nothing';
    await expect(window.call('stores.openDialog', { kind: 'folder' })).resolves.toMatchObject({
      ok: false,
      error: { code: 'NOT_A_STORE', details: { path: '/nothing', looked: ['configs', 'events'] } },
    });
    await expect(window.ask('stores.current', {})).resolves.toMatchObject({ path: '/b' });
    expect(closed).toEqual([]);
  });

  it('nothing, when the person turns away from the dialog', async () => {
    await expect(window.ask('stores.openDialog', { kind: 'file' })).resolves.toBeNull();
    await expect(window.ask('stores.createDialog', { adapter: 'fs' })).resolves.toBeNull();
  });

  it('a store that another window has brings that window to the front', async () => {
    await choose(window, '/b');
    const other = desk.openWindow();
    other.answers.path = '/./b';
    await expect(other.call('stores.openDialog', { kind: 'file' })).resolves.toMatchObject({
      ok: false,
      error: { code: 'INVALID_INPUT', details: { alreadyOpen: true } },
    });
    expect(window.counts.focused).toBe(1);
    expect(other.workspace.info()).toBeNull();
    await window.ask('stores.close', {});
    await expect(choose(other, '/b')).resolves.toMatchObject({ path: '/b' });
  });

  it('one store from two windows at the same moment opens it once', async () => {
    const other = desk.openWindow();
    const results = await Promise.allSettled([choose(window, '/b'), choose(other, '/b')]);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it('the same store again in its window lets go of it first', async () => {
    await choose(window, '/b');
    await choose(window, '/b');
    expect(closed).toEqual(['/b']);
    await expect(window.ask('stores.current', {})).resolves.toMatchObject({ path: '/b' });
    const other = desk.openWindow();
    await expect(choose(other, '/b')).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });

  it('a page that asks while its store opens is answered with the store', async () => {
    const gate = Promise.withResolvers<void>();
    desk.stores.set('/late', async () => {
      await gate.promise;
      return openNoted('/late');
    });
    const opening = choose(window, '/late');
    // The dialog and the identity of the path come first; then the opening is under way.
    await new Promise((resolve) => setImmediate(resolve));
    const asking = window.ask('stores.current', {});
    gate.resolve();
    await opening;
    await expect(asking).resolves.toMatchObject({ path: '/late' });
  });
});

describe('a store that another program wrote', () => {
  const ago = (ms: number): void => void desk.disk.lastWrites.set('/b', Date.now() - ms);

  it('in the last minute opens read-only, says when, and is refused every write', async () => {
    ago(5000);
    await expect(choose(window, '/b')).resolves.toMatchObject({ readOnly: 'it was opened read-only.', canUnlock: true });
    expect(Date.now() - (window.workspace.info()?.wroteElsewhere ?? 0)).toBeLessThan(20_000);
  });

  it('longer ago, or never as far as is known, opens for writing', async () => {
    ago(61_000);
    await expect(choose(window, '/b')).resolves.toMatchObject({ readOnly: null, wroteElsewhere: null });
    await expect(choose(window, '/a/orders.db')).resolves.toMatchObject({ readOnly: null, wroteElsewhere: null });
  });

  it('opens as was asked for where that was said', async () => {
    ago(5000);
    desk.workspaces.trust('/b');
    await expect(window.ask('stores.open', { path: '/b', readOnly: false })).resolves.toMatchObject({
      readOnly: null,
      wroteElsewhere: null,
    });
    await expect(window.ask('stores.open', { path: '/b', readOnly: true })).resolves.toMatchObject({
      canUnlock: true,
      wroteElsewhere: null,
    });
  });

  it('asks nothing where it can never be written', async () => {
    ago(5000);
    desk.stores.set('/b', async () => ({ ...(await openNoted('/b')), readOnly: 'the disk is mounted read-only.' }));
    await expect(choose(window, '/b')).resolves.toMatchObject({ canUnlock: false, wroteElsewhere: null });
    await expect(window.call('stores.unlock', {})).resolves.toMatchObject({ ok: false, error: { code: 'READ_ONLY' } });
  });

  it('is not one that this program wrote and closed; one that only read it knows nothing of writes', async () => {
    await choose(window, '/b');
    ago(1000);
    await window.ask('stores.close', {});
    await expect(choose(window, '/b')).resolves.toMatchObject({ readOnly: null });
    await window.ask('stores.lock', {});
    ago(-10);
    await window.ask('stores.close', {});
    await expect(choose(window, '/b')).resolves.toMatchObject({ canUnlock: true });
  });
});

describe('unlocking and locking', () => {
  it('opens the same store again in its place, and no page sees it go', async () => {
    desk.workspaces.trust('/b');
    await window.ask('stores.open', { path: '/b', readOnly: true });
    const { length } = window.pushes;
    await expect(window.ask('stores.unlock', {})).resolves.toMatchObject({ path: '/b', readOnly: null });
    await expect(window.ask('stores.lock', {})).resolves.toMatchObject({ path: '/b', canUnlock: true });
    expect(closed).toEqual(['/b', '/b']);
    const changes = window.pushes.slice(length).filter(({ name }) => name === 'store.changed');
    expect(changes.map(({ payload }) => payload)).toEqual([{ path: '/b' }, { path: '/b' }]);
    await expect(choose(desk.openWindow(), '/b')).rejects.toMatchObject({ details: { alreadyOpen: true } });
  });

  it('leaves the store as it was where it cannot be opened again', async () => {
    desk.workspaces.trust('/b');
    await window.ask('stores.open', { path: '/b', readOnly: true });
    desk.stores.delete('/b');
    await expect(window.call('stores.unlock', {})).resolves.toMatchObject({ ok: false, error: { code: 'NOT_A_STORE' } });
    await expect(window.ask('stores.current', {})).resolves.toMatchObject({ path: '/b', canUnlock: true });
    expect(closed).toEqual([]);
  });
});

describe('a store that cannot be reached', () => {
  async function openFlaky(): Promise<{ isAway: boolean }> {
    const state = { isAway: false };
    desk.stores.set('/flaky', () => {
      const isMine = { away: false };
      return openNoted('/flaky', (store) => ({
        ...store,
        getLatestVersion: async (topic) => {
          // The handle that was open while the disk went never works again.
          isMine.away ||= state.isAway;
          if (isMine.away) throw new EventStoreError('STORAGE_UNAVAILABLE', 'Gone.');
          return store.getLatestVersion(topic);
        },
      }));
    });
    await choose(window, '/flaky');
    return state;
  }

  it('is told to the page, and opened anew by retry when it is back', async () => {
    const state = await openFlaky();
    state.isAway = true;
    await expect.poll(() => window.pushes).toContainEqual({ name: 'store.statusChanged', payload: { ok: false } });
    await expect(window.ask('stores.status', {})).resolves.toMatchObject({ available: { ok: false, code: 'STORAGE_UNAVAILABLE' } });
    state.isAway = false;
    await expect(window.ask('stores.retry', {})).resolves.toMatchObject({ available: { ok: true } });
    expect(closed).toEqual(['/flaky']);
    await expect(window.ask('stores.current', {})).resolves.toMatchObject({ path: '/flaky' });
  });

  it('stays in its window where retry cannot open it', async () => {
    const state = await openFlaky();
    state.isAway = true;
    desk.stores.delete('/flaky');
    await expect(window.call('stores.retry', {})).resolves.toMatchObject({ ok: false, error: { code: 'NOT_A_STORE' } });
    await expect(window.ask('stores.current', {})).resolves.toMatchObject({ path: '/flaky' });
    expect(closed).toEqual([]);
  });
});

describe('a store for another window', () => {
  it('opens there, where its failure is said too', async () => {
    desk.workspaces.trust('/b');
    desk.workspaces.trust('/nothing');
    await window.ask('stores.openInNewWindow', { path: '/b' });
    await expect.poll(() => desk.windows.at(-1)?.workspace.info()?.path).toBe('/b');
    await window.ask('stores.openDropped', { path: '/nothing', newWindow: true });
    await expect.poll(() => desk.windows.at(-1)?.workspace.failure()).toMatchObject({ path: '/nothing', error: { code: 'NOT_A_STORE' } });
    expect(window.workspace.info()).toBeNull();
    expect(desk.windows).toHaveLength(3);
  });

  it('that has a window already makes none', async () => {
    await choose(window, '/b');
    await desk.openWindow().ask('stores.openInNewWindow', { path: '/b' });
    expect(window.counts.focused).toBe(1);
    expect(desk.windows).toHaveLength(2);
  });

  it('is no path that main does not know', async () => {
    await expect(window.call('stores.openInNewWindow', { path: '/b' })).resolves.toMatchObject({ error: { code: 'INVALID_INPUT' } });
    expect(desk.windows).toHaveLength(1);
  });
});

describe('the recent stores', () => {
  it('say their name and whether they are missing; one that was found takes the place of the old path', async () => {
    desk.recent.push('/gone/old.db', '/b');
    await expect(window.ask('stores.recent', {})).resolves.toMatchObject([
      { path: '/gone/old.db', name: 'old.db', missing: true, pinned: false },
      { path: '/b', name: 'b', missing: false },
    ]);
    window.answers.path = '/a/orders.db';
    await expect(window.ask('stores.find', { path: '/gone/old.db' })).resolves.toMatchObject({ path: '/a/orders.db' });
    expect(desk.recent).not.toContain('/gone/old.db');
    await expect(window.call('stores.find', { path: '/etc' })).resolves.toMatchObject({ ok: false, error: { code: 'INVALID_INPUT' } });
  });
});

describe('closing', () => {
  it('of all waits for the stores of windows that just went', async () => {
    const gate = Promise.withResolvers<void>();
    desk.stores.set('/slow', async () => ({
      ...(await openMemoryStore('/slow')),
      close: () => gate.promise.then(() => void closed.push('/slow')),
    }));
    await choose(window, '/slow');
    void desk.workspaces.remove(window.id);
    const all = desk.workspaces.closeAll();
    gate.resolve();
    await all;
    expect(closed).toEqual(['/slow']);
  });

  it('of all tries every store and rejects with the failure of one', async () => {
    desk.stores.set('/bad', async () => ({
      ...(await openMemoryStore('/bad')),
      close: () => Promise.reject(new EventStoreError('STORAGE_FULL', 'Full.')),
    }));
    const other = desk.openWindow();
    await choose(window, '/bad');
    await choose(other, '/b');
    await expect(desk.workspaces.closeAll()).rejects.toMatchObject({ code: 'STORAGE_FULL' });
    expect(closed).toEqual(['/b']);
  });
});

describe('watching', () => {
  it('tells what another process appends to the topic on the screen, and to no other topic', async () => {
    await choose(window, '/b');
    const store = window.workspace.store();
    for (const name of ['seen', 'unseen']) await window.ask('topics.create', { name });
    await window.ask('events.page', { topic: 'seen', direction: 'backward', cursor: null, limit: 10 });
    // Past the window's own append, as another process would.
    await store.appendEvents('unseen', [{ type: 't' }]);
    await store.appendEvents('seen', [{ type: 't' }, { type: 't' }]);
    await expect
      .poll(() => window.pushes.filter(({ name }) => name === 'topic.appended'))
      .toEqual([{ name: 'topic.appended', payload: { topic: 'seen', latestVersion: 2 } }]);
  });

  it('tells what another process does to the catalogue', async () => {
    await choose(window, '/b');
    const { length } = window.pushes;
    // The first round learns the version; then a change is told.
    await expect
      .poll(async () => {
        await window.workspace.store().createTopic({ name: `made-elsewhere-${window.pushes.length}-${Math.random()}` });
        return window.pushes.slice(length).some(({ name }) => name === 'catalogue.changed');
      })
      .toBe(true);
  });

  it('tells that the topic on the screen is gone', async () => {
    await choose(window, '/b');
    await window.ask('topics.create', { name: 'seen' });
    await window.ask('events.page', { topic: 'seen', direction: 'backward', cursor: null, limit: 10 });
    const { length } = window.pushes;
    await window.workspace.store().deleteTopic('seen');
    await expect.poll(() => window.pushes.slice(length)).toContainEqual({ name: 'catalogue.changed', payload: {} });
  });

  it('ends with the store', async () => {
    let looks = 0;
    desk.stores.set('/counted', () =>
      openNoted('/counted', (store) => ({
        ...store,
        getLatestVersion: (topic) => {
          looks++;
          return store.getLatestVersion(topic);
        },
      })),
    );
    await choose(window, '/counted');
    await expect.poll(() => looks).toBeGreaterThan(2);
    await window.ask('stores.close', {});
    const after = looks;
    const other = desk.openWindow();
    await choose(other, '/b');
    await other.ask('topics.create', { name: 'seen' });
    await other.ask('events.page', { topic: 'seen', direction: 'backward', cursor: null, limit: 10 });
    await other.workspace.store().appendEvents('seen', [{ type: 't' }]);
    // Several rounds of the other window's watch have passed when this is told.
    await expect.poll(() => other.pushes.some(({ name }) => name === 'topic.appended')).toBe(true);
    expect(looks).toBe(after);
  });
});

describe('the command line', () => {
  it('leaves a failure for the page, until it was read away or a store is open', async () => {
    const { open } = createActions(desk.workspaces);
    await open(window.workspace, '/nothing');
    expect(window.pushes).toContainEqual({ name: 'store.openFailed', payload: {} });
    await expect(window.ask('stores.failure', {})).resolves.toMatchObject({ path: '/nothing', error: { code: 'NOT_A_STORE' } });
    await window.ask('stores.dismissFailure', {});
    await expect(window.ask('stores.failure', {})).resolves.toBeNull();
    await open(window.workspace, '/nothing');
    await open(window.workspace, '/b');
    await expect(window.ask('stores.failure', {})).resolves.toBeNull();
  });

  it('lets the page choose the configuration topic where several could be', async () => {
    let tries = 0;
    desk.stores.set('/two', async () => {
      if (++tries === 1) throw new EventStoreError('INVALID_INPUT', 'Several.', { candidates: ['config', 'configuration'] });
      return openNoted('/two');
    });
    await createActions(desk.workspaces).open(window.workspace, '/two');
    await expect(window.ask('stores.failure', {})).resolves.toMatchObject({
      path: '/two',
      error: { details: { candidates: ['config', 'configuration'] } },
    });
    await expect(window.ask('stores.open', { path: '/two', configTopic: 'config' })).resolves.toMatchObject({ path: '/two' });
  });

  it('opens the path that was asked for, else the demo if that was, else nothing', async () => {
    const { start } = createActions(desk.workspaces);
    await start(window.workspace, { path: null, demo: false });
    expect(window.workspace.info()).toBeNull();
    await start(window.workspace, { path: null, demo: true });
    expect(window.workspace.info()).toMatchObject({ path: '/demo' });
    await start(window.workspace, { path: '/b', demo: true });
    expect(window.workspace.info()).toMatchObject({ path: '/b' });
  });
});
