import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { serialize } from 'node:v8';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createStore, openStore } from '../../src/main/compose.ts';
import type { EventStore } from '../../src/main/eventstore/event-store.ts';
import type { FoldState } from '../../src/shared/ipc/contract/folds.ts';
import { parseJsonText } from '../../src/shared/model/json-text.ts';
import { openTempFolder, type TempFolder } from '../support/temp-folder.ts';
import { openMemoryStore, openTestDesk, type TestDesk, type TestWindow } from './test-desk.ts';

const LIMIT_BYTES = 256 * 1024;
const SUM = 'export const initial = { sum: 0 };\nexport const fold = (state, event) => ({ sum: state.sum + event.data.n });';
const FRAIL = `export const initial = { count: 0 };
export function fold(state, event) {
  if (event.version % 3 === 0) throw new Error('no threes');
  return { count: state.count + 1 };
}`;

let desk: TestDesk;
let window: TestWindow;
let folder: TempFolder;

beforeEach(() => {
  desk = openTestDesk();
  window = desk.openWindow();
  folder = openTempFolder('folds');
});
afterEach(async () => {
  await desk.close();
  folder.close();
});

async function show(path: string, where: TestWindow = window): Promise<EventStore> {
  where.answers.path = path;
  await where.ask('stores.openDialog', { kind: 'folder' });
  return where.workspace.store();
}

/** A store in memory with a topic `t` of so many events. */
async function showNumbers(count: number): Promise<EventStore> {
  desk.stores.set('/memory', () => openMemoryStore('/memory'));
  const store = await show('/memory');
  await store.createTopic({ name: 't' });
  await append(store, count);
  return store;
}

async function append(store: EventStore, count: number, data = (n: number) => `{"n":${n}}`): Promise<void> {
  await store.appendEvents(
    't',
    Array.from({ length: count }, (_none, index) => ({ type: 'T', data: parseJsonText(data(index + 1)) })),
  );
}

const open = async (source: string, time?: number): Promise<string> => (await window.ask('fold.open', { topic: 't', source, time })).id;

async function ended(id: string): Promise<FoldState> {
  await expect.poll(async () => (await window.ask('fold.progress', { id })).status, { timeout: 10_000 }).not.toMatch(/idle|folding/);
  return window.ask('fold.progress', { id });
}

const STORES = ['memory', 'sqlite', 'fs'] as const;

describe.each(STORES)('a fold over a store: %s', (adapter) => {
  it('folds by itself, tells how far it is, shows every event and what it did, and leaves the store as it was', async () => {
    const path = join(folder.path, adapter === 'sqlite' ? 'store.db' : 'store');
    if (adapter !== 'memory') await createStore(path, { adapter });
    desk.stores.set(
      path,
      adapter === 'memory' ? () => openMemoryStore(path) : async () => ({ ...(await openStore(path)), anyTopic: null }),
    );
    const store = await show(path);
    await store.createTopic({ name: 't', ...(adapter === 'memory' ? {} : { adapter, connection: '.' }) });
    await append(store, 5);
    const before = adapter === 'sqlite' ? readFileSync(path) : null;
    const id = await open(SUM);
    await expect(ended(id)).resolves.toMatchObject({ status: 'done', folded: 5, total: 5, failing: 0, isImpure: false, failure: null });
    const around = await window.ask('fold.around', { id, version: 4 });
    expect(around).toMatchObject({
      version: 4,
      event: { version: 4, type: 'T', preview: '{"n":4}' },
      before: { text: '{"sum":6}', total: 9 },
      after: { text: '{"sum":10}', total: 10 },
      changes: [{ path: '/sum', kind: 'changed', before: { text: '6', total: 1 }, after: { text: '10', total: 2 } }],
      isCut: false,
      fault: null,
    });
    await expect(window.ask('fold.around', { id, version: 0 })).resolves.toMatchObject({
      event: null,
      before: null,
      after: { text: '{"sum":0}' },
    });
    await expect(window.call('fold.around', { id, version: 6 })).resolves.toMatchObject({ ok: false, error: { code: 'INVALID_INPUT' } });
    if (before) expect(readFileSync(path).equals(before)).toBe(true);
  });
});

describe('a fold', () => {
  it('that is none is refused with the line', async () => {
    await showNumbers(1);
    await expect(
      window.call('fold.open', { topic: 't', source: 'export const initial = 0;\nexport function fold( {' }),
    ).resolves.toMatchObject({
      ok: false,
      error: { code: 'FOLD_FAILED', details: { version: null, line: 2 } },
    });
    await expect(window.call('fold.open', { topic: 'nowhere', source: SUM })).resolves.toMatchObject({
      ok: false,
      error: { code: 'TOPIC_NOT_FOUND' },
    });
  });

  it('leads from one failing event to the next, and says why each failed', async () => {
    await showNumbers(10);
    const id = await open(FRAIL);
    expect((await ended(id)).failing).toBe(3);
    await expect(window.ask('fold.failing', { id, parts: 2 })).resolves.toEqual({
      marks: [
        { version: 3, count: 1 },
        { version: 6, count: 2 },
      ],
    });
    await expect(window.ask('fold.nextFailing', { id, after: 3 })).resolves.toEqual({ version: 6 });
    await expect(window.ask('fold.nextFailing', { id, after: 9 })).resolves.toEqual({ version: null });
    await expect(window.ask('fold.previousFailing', { id, before: 9 })).resolves.toEqual({ version: 6 });
    const { fault, before, after } = await window.ask('fold.around', { id, version: 6 });
    expect(fault).toMatchObject({ kind: 'throw', reason: expect.stringContaining('no threes') as string, line: 3 });
    expect(after).toEqual(before);
  });

  it('goes on when the topic has grown', async () => {
    const store = await showNumbers(3);
    const id = await open(SUM);
    await ended(id);
    await append(store, 2);
    await window.ask('fold.resume', { id });
    await expect.poll(async () => (await ended(id)).folded).toBe(5);
  });

  it('is found out by bisect, which says how; what is no condition is refused', async () => {
    await showNumbers(200);
    const id = await open(SUM);
    await ended(id);
    const condition = 'state.sum >= 5050';
    await expect(window.ask('fold.bisect', { id, condition, monotone: false })).resolves.toMatchObject({ version: 100, method: 'scan' });
    await expect(window.ask('fold.bisect', { id, condition, monotone: true })).resolves.toMatchObject({ version: 100, method: 'search' });
    await expect(window.ask('fold.bisect', { id, condition: 'state.sum > 1 && state.x.y', monotone: false })).resolves.toMatchObject({
      version: null,
      threw: 199,
    });
    await expect(window.ask('fold.bisect', { id, condition: 'state.x.y', monotone: false })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
    });
    await expect(window.call('fold.bisect', { id, condition: 'state.(', monotone: false })).resolves.toMatchObject({
      ok: false,
      error: { code: 'INVALID_INPUT', details: { field: 'condition' } },
    });
  });

  it('stops while it never comes to an end, and what is asked of others is answered meanwhile', async () => {
    await showNumbers(3);
    const id = await open('export const initial = 0; export function fold() { for (;;); }', 60_000);
    await expect.poll(async () => (await window.ask('fold.progress', { id })).status).toBe('folding');
    await window.ask('fold.stop', { id });
    await expect(ended(id)).resolves.toMatchObject({ status: 'stopped', folded: 0 });
    await expect(window.ask('fold.around', { id, version: 0 })).resolves.toMatchObject({ after: { text: '0' } });
  });

  it('says what ended it where the topic is gone', async () => {
    const store = await showNumbers(3);
    const id = await open(SUM);
    await ended(id);
    await store.deleteTopic('t', { incarnation: (await store.getTopic('t')).incarnation });
    await window.ask('fold.resume', { id });
    await expect.poll(async () => (await ended(id)).failure?.code).toBe('TOPIC_NOT_FOUND');
  });

  it('whose opening nobody waits for is not left behind', async () => {
    await showNumbers(3);
    const opening = window.call('fold.open', { topic: 't', source: 'for (;;);', time: 1000 }, 'slow');
    await expect.poll(() => desk.router.counts.inFlight).toBe(1);
    window.cancel('slow');
    await expect(opening).resolves.toMatchObject({ ok: false, error: { code: 'CANCELLED' } });
    const id = await open(SUM);
    await expect(ended(id)).resolves.toMatchObject({ status: 'done' });
    await expect.poll(() => desk.router.counts.inFlight, { timeout: 5000 }).toBe(0);
    await expect(ended(id)).resolves.toMatchObject({ status: 'done' });
  });

  it('is one in a window: the next one closes it, and so do the store and the window', async () => {
    await showNumbers(3);
    const first = await open(SUM);
    const second = await open(SUM);
    const closed = { ok: false, error: { code: 'INVALID_INPUT', details: { closed: true } } };
    await expect(window.call('fold.progress', { id: first })).resolves.toMatchObject(closed);
    await ended(second);
    await window.ask('fold.close', { id: second });
    await window.ask('fold.close', { id: second });
    await expect(window.call('fold.progress', { id: second })).resolves.toMatchObject(closed);
    const third = await open(SUM);
    desk.stores.set('/other', () => openMemoryStore('/other'));
    await show('/other');
    await expect(window.call('fold.progress', { id: third })).resolves.toMatchObject(closed);
  });

  it('is closed with its store while it folds without end', async () => {
    await showNumbers(3);
    await open('export const initial = 0; export function fold() { for (;;); }', 60_000);
    await window.ask('stores.close', {});
    await expect(window.call('fold.open', { topic: 't', source: SUM })).resolves.toMatchObject({
      ok: false,
      error: { code: 'NOT_INITIALIZED' },
    });
  });
});

describe('states that are large', () => {
  it('come cut, never above the size of a message, and are read on in pieces', async () => {
    desk.stores.set('/memory', () => openMemoryStore('/memory'));
    const store = await show('/memory');
    await store.createTopic({ name: 't' });
    await append(store, 3, (n) => `{"n":${n},"long":"${'ж'.repeat(300_000)}"}`);
    const id = await open(`export const initial = {};
      export function fold(state, event) {
        for (let i = 0; i < 1500; i++) state['ключ'.repeat(20) + event.version + i] = event.data.long.slice(0, 200);
        state.long = event.data.long + event.version;
        return state;
      }`);
    await ended(id);
    const around = await window.ask('fold.around', { id, version: 2 });
    expect(serialize(around).length).toBeLessThan(LIMIT_BYTES);
    expect(around.isCut).toBe(true);
    const { text: start, total } = around.after ?? { text: '', total: 0 };
    let text = '';
    while (text.length < total) {
      const piece = await window.ask('fold.stateText', { id, version: 2, offset: text.length });
      expect(serialize(piece).length).toBeLessThan(LIMIT_BYTES);
      expect(piece.total).toBe(total);
      text += piece.text;
    }
    expect(text.startsWith(start)).toBe(true);
    expect(text).toBe(await window.workspace.folds().fold(id).stateText(2));
    expect(Object.keys(JSON.parse(text) as object)).toHaveLength(3001);
  });
});

describe('a what-if', () => {
  const event = { type: 'T', data: '{"n":1000}', metadata: 'null', timestamp: 7n };

  async function openWhatIf(
    changes: Parameters<typeof window.ask<'whatIf.open'>>[1]['changes'] = [],
  ): Promise<{ fold: string; id: string }> {
    const fold = await open(SUM);
    await ended(fold);
    const { id } = await window.ask('whatIf.open', { fold, changes });
    await ended(id);
    return { fold, id };
  }

  it('folds a changed copy beside the topic and compares both, and writes nothing', async () => {
    const store = await showNumbers(5);
    const { fold, id } = await openWhatIf();
    await window.ask('whatIf.change', { id, change: { kind: 'insert', position: 3, event } });
    await expect(ended(id)).resolves.toMatchObject({ folded: 6, total: 6 });
    await expect(window.ask('whatIf.compare', { id, position: 3 })).resolves.toMatchObject({
      position: 3,
      version: 2,
      scratch: { state: { text: '{"sum":1003}' }, fault: null },
      topic: { state: { text: '{"sum":3}' } },
      changes: [{ path: '/sum', before: { text: '3' }, after: { text: '1003' } }],
    });
    await expect(window.ask('whatIf.compare', { id, position: null })).resolves.toMatchObject({ position: 6, version: 5 });
    const { rows, total } = await window.ask('whatIf.rows', { id, after: 1, limit: 3 });
    expect(total).toBe(6);
    expect(rows).toMatchObject([
      { position: 2, origin: 2, isEdited: false, event: { preview: '{"n":2}' } },
      { position: 3, origin: null, isEdited: false, event: { preview: '{"n":1000}' } },
      { position: 4, origin: 3 },
    ]);
    await expect(window.ask('whatIf.added', { id, offset: 0 })).resolves.toEqual({
      text: '{"type":"T","data":{"n":1000},"metadata":null}\n',
      total: 47,
      events: 1,
    });
    await expect(window.ask('fold.progress', { id: fold })).resolves.toMatchObject({ folded: 5 });
    expect(await store.getLatestVersion('t')).toBe(5);
  });

  it('opens with changes laid over it, closes the one before, and goes with its fold', async () => {
    await showNumbers(5);
    const { fold, id } = await openWhatIf([
      { kind: 'skip', position: 1 },
      { kind: 'edit', position: 1, event },
      { kind: 'move', position: 4, to: 1 },
    ]);
    await expect(window.ask('fold.around', { id, version: 4 })).resolves.toMatchObject({ after: { text: '{"sum":1012}' } });
    const { id: next } = await window.ask('whatIf.open', { fold, changes: [] });
    await ended(next);
    await expect(window.ask('fold.around', { id: next, version: 5 })).resolves.toMatchObject({ after: { text: '{"sum":15}' } });
    const closed = { ok: false, error: { details: { closed: true } } };
    await expect(window.call('whatIf.rows', { id, after: 0, limit: 1 })).resolves.toMatchObject(closed);
    await window.ask('fold.close', { id: fold });
    await expect(window.call('whatIf.rows', { id: next, after: 0, limit: 1 })).resolves.toMatchObject(closed);
    await expect(window.call('whatIf.open', { fold, changes: [] })).resolves.toMatchObject(closed);
  });

  it('names what is wrong with a change and stays as it was', async () => {
    await showNumbers(2);
    const { id } = await openWhatIf();
    const bad = { ...event, data: '{"n":' };
    await expect(window.call('whatIf.change', { id, change: { kind: 'insert', position: 1, event: bad } })).resolves.toMatchObject({
      ok: false,
      error: { details: { field: 'data' } },
    });
    await expect(window.call('whatIf.change', { id, change: { kind: 'skip', position: 3 } })).resolves.toMatchObject({
      ok: false,
      error: { code: 'INVALID_INPUT' },
    });
    await expect(window.ask('whatIf.rows', { id, after: 0, limit: 10 })).resolves.toMatchObject({ total: 2 });
  });
});

describe('saved folds', () => {
  it('are saved, listed, taken from files and written into files', async () => {
    await window.ask('savedFolds.save', { store: '/s', name: ' mine ', source: SUM, was: null });
    await expect(window.ask('savedFolds.list', { store: '/s' })).resolves.toEqual(['mine']);
    await expect(window.ask('savedFolds.load', { store: '/s', name: 'mine' })).resolves.toEqual({ source: SUM });
    await expect(window.ask('savedFolds.draft', { store: '/s' })).resolves.toBeNull();
    await window.ask('savedFolds.keepDraft', { store: '/s', name: null, source: 'half' });
    await expect(window.ask('savedFolds.draft', { store: '/s' })).resolves.toEqual({ name: null, source: 'half' });
    await window.ask('savedFolds.remove', { store: '/s', name: 'mine' });
    await expect(window.ask('savedFolds.list', { store: '/s' })).resolves.toEqual([]);
    await expect(window.ask('savedFolds.import', {})).resolves.toBeNull();
    window.answers.fold = { name: 'x.js', text: SUM };
    await expect(window.ask('savedFolds.import', {})).resolves.toEqual({ name: 'x.js', source: SUM });
    await expect(window.ask('savedFolds.export', { name: 'mine', source: SUM })).resolves.toBeNull();
    window.answers.path = '/home/anna/mine.js';
    await expect(window.ask('savedFolds.export', { name: 'mine', source: SUM })).resolves.toEqual({ path: '/home/anna/mine.js' });
    expect(window.exported).toEqual([{ name: 'mine', source: SUM }]);
  });
});
