import { serialize } from 'node:v8';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { catalogueAt, compareCatalogues, configHistory } from '../../src/main/eventstore/config-history.ts';
import type { EventStore } from '../../src/main/eventstore/event-store.ts';
import type { ConfigChange } from '../../src/main/eventstore/topic-catalogue.ts';
import type { OpenedStore } from '../../src/main/ipc/engine.ts';
import type { ChangeRow, PastTopic, RestoreReview, TopicDifferenceRow } from '../../src/shared/ipc/contract/replay.ts';
import type { Output } from '../../src/shared/ipc/contract.ts';
import { topicOptions } from '../../src/shared/model/topic-config.ts';
import { openMemoryStore, openTestDesk, type TestDesk, type TestWindow } from './test-desk.ts';

const LIMIT_BYTES = 256 * 1024;

let desk: TestDesk;
let window: TestWindow;

beforeEach(() => {
  desk = openTestDesk();
  window = desk.openWindow();
});
afterEach(() => desk.close());

/** Shows a store in the window. */
async function show(change: (opened: OpenedStore) => OpenedStore = (opened) => opened): Promise<EventStore> {
  desk.stores.set('/store', async () => change(await openMemoryStore('/store')));
  window.answers.path = '/store';
  await window.ask('stores.openDialog', { kind: 'folder' });
  return window.workspace.store();
}

/** A configuration with all that there is: options that come, change and go, deletions, a topic of the same name that is another. */
async function fill(store: EventStore): Promise<void> {
  await store.createTopic({ name: 'orders', options: { retention: '30' } });
  await store.createTopic({ name: 'Users', options: topicOptions([['__proto__', 'x']]) });
  await store.createTopic({ name: '__proto__' });
  await store.updateTopic({ name: 'orders', adapter: 'memory', connection: '', options: { retention: '90', owner: 'ann' } });
  await store.deleteTopic('Users');
  await store.createTopic({ name: 'Users' });
  await store.updateTopic({ name: 'orders', adapter: 'memory', connection: '', options: {} });
}

function small<T>(value: T): T {
  expect(serialize(value).length).toBeLessThan(LIMIT_BYTES);
  return value;
}

async function allChanges(limit = 500): Promise<readonly ChangeRow[]> {
  const changes: ChangeRow[] = [];
  for (let after: number | null = 0; after !== null;) {
    const page: Output<'replay.changes'> = small(await window.ask('replay.changes', { after, limit }));
    changes.push(...page.changes);
    after = page.next;
  }
  return changes;
}

async function topicsAt(version: number, topic = ''): Promise<readonly PastTopic[]> {
  const topics: PastTopic[] = [];
  for (;;) {
    const part = small(await window.ask('replay.catalogue', { version, topic, offset: topics.length }));
    topics.push(...part.topics);
    if (part.left === 0) return topics;
    expect(part.topics.length).toBeGreaterThan(0);
  }
}

async function differences(a: number, b: number, topic = ''): Promise<readonly TopicDifferenceRow[]> {
  const found: TopicDifferenceRow[] = [];
  for (;;) {
    const part = small(await window.ask('replay.compare', { a, b, topic, offset: found.length }));
    found.push(...part.differences);
    if (part.left === 0) return found;
  }
}

type Json = string | Map<string, Json>;

interface Operation {
  readonly op: 'add' | 'remove' | 'replace';
  readonly path: string;
  readonly value?: unknown;
}

const jsonOf = (value: unknown): Json =>
  typeof value === 'string' ? value : new Map(Object.entries(value as object).map(([key, item]) => [key, jsonOf(item)]));

function documentOf(topics: readonly PastTopic[]): Json {
  const members = topics.map(({ name, adapter, connection, options }): [string, Json] => [
    name,
    new Map<string, Json>([
      ['adapter', adapter],
      ['connection', connection],
      ['options', new Map(options)],
    ]),
  ]);
  return new Map(members);
}

/** A document after a patch, as RFC 6902 has it: what is replaced or removed must be there. */
function patched(document: Json, patch: readonly Operation[]): Json {
  for (const { op, path, value } of patch) {
    const steps = path
      .slice(1)
      .split('/')
      .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
    const last = steps.pop() ?? '';
    const holder = steps.reduce<Json | undefined>((at, step) => (at instanceof Map ? at.get(step) : undefined), document);
    if (!(holder instanceof Map)) throw new Error(`There is nothing at ${path}.`);
    if (op !== 'add' && !holder.has(last)) throw new Error(`There is no ${path}.`);
    if (op === 'remove') holder.delete(last);
    else holder.set(last, jsonOf(value));
  }
  return document;
}

describe('the replay of a configuration', () => {
  it('gives every change, every version and every difference as they are', async () => {
    const store = await show();
    await fill(store);
    const recorded: ConfigChange[] = [];
    for await (const change of configHistory(store)) recorded.push(change);
    for (const limit of [1, 3, 500]) {
      expect(await allChanges(limit)).toEqual(
        recorded.map(({ version, timestamp, type, topic, changed }) => ({
          version,
          timestamp,
          type,
          topic,
          changed,
          more: 0,
          isRestored: false,
          problem: null,
        })),
      );
    }
    for (let a = 0; a <= recorded.length; a++) {
      const before = await catalogueAt(store, a);
      const topics = (await topicsAt(a)).map(({ options, more: _none, ...topic }) => ({ ...topic, options: topicOptions(options) }));
      expect(topics).toEqual(
        [...before.topics.values()].map(({ incarnation: _own, ...topic }) => topic).sort((x, y) => (x.name < y.name ? -1 : 1)),
      );
      for (let b = 0; b <= recorded.length; b++) {
        const after = await catalogueAt(store, b);
        const found = await differences(a, b);
        expect(found.map(({ topic, changed, isAnother }) => ({ topic, changed, isAnother }))).toEqual(
          compareCatalogues(before, after).map(({ topic, changed, isAnother }) => ({ topic, changed, isAnother })),
        );
        for (const { topic, before: was, after: is } of found) {
          expect([was?.name ?? null, is?.name ?? null]).toEqual([
            before.topics.has(topic) ? topic : null,
            after.topics.has(topic) ? topic : null,
          ]);
        }
      }
    }
    expect((await topicsAt(7, 'USE')).map(({ name }) => name)).toEqual(['Users']);
    expect((await differences(0, 7, 'der')).map(({ topic }) => topic)).toEqual(['orders']);
  });

  it('gives every difference as a JSON Patch, which makes the topics of the one version those of the other', async () => {
    const store = await show();
    await fill(store);
    await store.createTopic({ name: 'a b', options: topicOptions([['x/y~', '1']]) });
    await store.updateTopic({ name: 'a b', adapter: 'memory', connection: '', options: topicOptions([['z', '"2"']]) });
    const { last } = await window.ask('replay.changes', { after: 0, limit: 1 });
    for (let a = 0; a <= last; a++) {
      for (let b = 0; b <= last; b++) {
        const { text, total, operations } = await window.ask('replay.patch', { a, b, topic: '', offset: 0 });
        const patch = JSON.parse(text) as Operation[];
        expect([total, operations]).toEqual([text.length, patch.length]);
        expect(patched(documentOf(await topicsAt(a)), patch)).toEqual(documentOf(await topicsAt(b)));
      }
    }
    const ofOne = await window.ask('replay.patch', { a: 0, b: last, topic: 'der', offset: 0 });
    expect(ofOne.text).toBe('[\n{"op":"add","path":"/orders","value":{"adapter":"memory","connection":"","options":{}}}\n]');
    expect((await window.ask('replay.patch', { a: 0, b: last, topic: 'der', offset: 2 })).text).toBe(ofOne.text.slice(2));
    expect((await window.ask('replay.patch', { a: 4, b: 4, topic: '', offset: 0 })).text).toBe('[]');
  });

  it('leaves topics that were made again as they were out of a JSON Patch, however many they are', async () => {
    const store = await show();
    const names = Array.from({ length: 150 }, (_none, index) => `t${String(index).padStart(3, '0')}`);
    for (const name of names) await store.createTopic({ name });
    const { last: before } = await window.ask('replay.changes', { after: 0, limit: 1 });
    for (const name of names) await store.deleteTopic(name);
    for (const name of names) await store.createTopic({ name });
    await store.createTopic({ name: 'z' });
    const { last } = await window.ask('replay.changes', { after: 0, limit: 1 });
    const { text, operations } = await window.ask('replay.patch', { a: before, b: last, topic: '', offset: 0 });
    expect([JSON.parse(text), operations]).toEqual([
      [{ op: 'add', path: '/z', value: { adapter: 'memory', connection: expect.any(String), options: {} } }],
      1,
    ]);
    expect((await window.ask('replay.compare', { a: before, b: last, topic: '', offset: 0 })).differences).toHaveLength(151);
  });

  it('knows at each call what was written since, and the version that is newest', async () => {
    const store = await show();
    expect(await window.ask('replay.changes', { after: 0, limit: 10 })).toEqual({ changes: [], next: null, last: 0 });
    await store.createTopic({ name: 'a' });
    expect(await window.ask('replay.changes', { after: 0, limit: 10 })).toMatchObject({ changes: [{ version: 1, topic: 'a' }], last: 1 });
    // Beyond the newest one is the newest one, whichever that is.
    expect(await topicsAt(9)).toHaveLength(1);
    await store.createTopic({ name: 'b' });
    expect(await topicsAt(9)).toHaveLength(2);
    expect(await differences(0, 9)).toHaveLength(2);
  });

  it('of thousands of topics and of long texts goes in messages of a bounded size, and loses nothing', async () => {
    const store = await show();
    const long = '\u4e00'.repeat(60_000);
    for (let n = 0; n < 1500; n++) await store.createTopic({ name: `topic-${n}`, options: { owner: `team ${n}` } });
    for (let n = 0; n < 8; n++) await store.createTopic({ name: `long-${n}`, options: { text: long, more: long } });
    await store.createTopic({
      name: 'wide',
      options: Object.fromEntries(Array.from({ length: 2000 }, (_none, n) => [`option-${n}`, long.slice(0, 100)])),
    });
    expect(await allChanges()).toHaveLength(1509);
    const topics = await topicsAt(1509);
    expect(topics).toHaveLength(1509);
    const wide = topics.find(({ name }) => name === 'wide');
    expect((wide?.options.length ?? 0) + (wide?.more ?? 0)).toBe(2000);
    expect(topics.find(({ name }) => name === 'long-3')?.options[0]?.[1]).toMatch(/^\u4e00{2000,}…$/u);
    expect(await differences(0, 1509)).toHaveLength(1509);
    const first = small(await window.ask('replay.plan', { version: 0, offset: 0 }));
    let steps = first.steps.rows.length;
    for (let { next } = first; next !== null;) {
      const part: RestoreReview = small(await window.ask('replay.plan', { version: 0, offset: next }));
      steps += part.steps.rows.length;
      next = part.next;
    }
    expect([first.steps.total, steps]).toEqual([1509, 1509]);
  });

  it('of a store that has no configuration topic is empty, and nothing can be restored', async () => {
    await show((opened) => ({ ...opened, location: { ...opened.location, configStream: null } }));
    expect(await window.ask('replay.changes', { after: 0, limit: 10 })).toEqual({ changes: [], next: null, last: 0 });
    expect(await topicsAt(3)).toEqual([]);
    expect(await differences(0, 3)).toEqual([]);
    await expect(window.call('replay.plan', { version: 0, offset: 0 })).resolves.toMatchObject({ error: { code: 'INVALID_INPUT' } });
  });
});

describe('restoring a version', () => {
  it('says first what it will append and what it cannot bring back, then does that and nothing else', async () => {
    const store = await show();
    await fill(store);
    const [trashed] = await store.listTrash();
    await store.purgeTopic(trashed?.entry ?? '', { adapter: 'memory', connection: '' });
    const review = await window.ask('replay.plan', { version: 4, offset: 0 });
    expect(review).toEqual({
      version: 4,
      expectedVersion: 7,
      steps: {
        total: 2,
        rows: [
          { kind: 'update', topic: 'Users', from: null, changed: [{ path: '/options/__proto__', before: null, after: 'x' }], more: 0 },
          {
            kind: 'update',
            topic: 'orders',
            from: null,
            changed: [
              { path: '/options/owner', before: null, after: 'ann' },
              { path: '/options/retention', before: null, after: '90' },
            ],
            more: 0,
          },
        ],
      },
      notRestored: { total: 1, rows: [{ topic: 'Users', code: 'data-gone', reason: expect.stringMatching(/in no trash/) as string }] },
      next: null,
    });
    expect(await allChanges()).toHaveLength(7);
    const pushes = window.pushes.length;
    expect(await window.ask('replay.restore', { version: 4, expectedVersion: 7 })).toEqual({ version: 9 });
    expect(window.pushes.slice(pushes).map(({ name }) => name)).toContain('catalogue.changed');
    expect((await differences(4, 9)).map(({ topic, isAnother, changed }) => [topic, isAnother, changed.length])).toEqual([
      ['Users', true, 0],
    ]);
    // The way back is another restore.
    await window.ask('replay.plan', { version: 7, offset: 0 });
    await window.ask('replay.restore', { version: 7, expectedVersion: 9 });
    expect((await differences(7, 99)).filter(({ changed }) => changed.length > 0)).toEqual([]);
  });

  it('is refused when someone wrote since it was reviewed: VERSION_CONFLICT, nothing is written, and it can be planned anew', async () => {
    const store = await show();
    await fill(store);
    await window.ask('replay.plan', { version: 3, offset: 0 });
    await store.createTopic({ name: 'meanwhile' });
    const call = window.call('replay.restore', { version: 3, expectedVersion: 7 });
    await expect(call).resolves.toMatchObject({ error: { code: 'VERSION_CONFLICT', details: { expected: 7, actual: 8 } } });
    expect(await allChanges()).toHaveLength(8);
    const again = await window.ask('replay.plan', { version: 3, offset: 0 });
    expect(again.steps.rows.map(({ kind, topic }) => `${kind} ${topic}`)).toContain('delete meanwhile');
    await window.ask('replay.restore', { version: 3, expectedVersion: 8 });
    expect((await topicsAt(99)).map(({ name }) => name)).toEqual((await topicsAt(3)).map(({ name }) => name));
  });

  it('does only what was shown: another version, another expected one, or the same plan twice is refused', async () => {
    const store = await show();
    await fill(store);
    const refused = { error: { code: 'INVALID_INPUT' } };
    await expect(window.call('replay.restore', { version: 3, expectedVersion: 7 })).resolves.toMatchObject(refused);
    await window.ask('replay.plan', { version: 3, offset: 0 });
    await expect(window.call('replay.restore', { version: 2, expectedVersion: 7 })).resolves.toMatchObject(refused);
    await expect(window.call('replay.restore', { version: 3, expectedVersion: 6 })).resolves.toMatchObject(refused);
    await window.ask('replay.restore', { version: 3, expectedVersion: 7 });
    await expect(window.call('replay.restore', { version: 3, expectedVersion: 7 })).resolves.toMatchObject(refused);
  });
});
