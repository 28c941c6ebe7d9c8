import { serialize } from 'node:v8';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EventStore } from '../../src/main/eventstore/event-store.ts';
import { batchParts } from '../../src/shared/ipc/batch-parts.ts';
import { PREVIEW_CHARS } from '../../src/shared/ipc/contract/events.ts';
import { TEXT_CHARS } from '../../src/shared/ipc/text-chars.ts';
import type { Input } from '../../src/shared/ipc/contract.ts';
import { beginningOf } from '../../src/shared/model/event-beginning.ts';
import { parseJsonText } from '../../src/shared/model/json-text.ts';
import { openMemoryStore, openTestDesk, type TestDesk, type TestWindow } from './test-desk.ts';

const LIMIT_BYTES = 256 * 1024;

let desk: TestDesk;
let window: TestWindow;
let incarnation: number;

beforeEach(async () => {
  desk = openTestDesk();
  window = desk.openWindow();
  await window.ask('stores.openDemo', {});
  incarnation = (await window.ask('topics.create', { name: 'orders' })).incarnation;
});
afterEach(() => desk.close());

type Given = Input<'events.append'>['events'];
const append = (events: Given, expectedVersion: number | null = null) =>
  window.ask('events.append', { topic: 'orders', incarnation, expectedVersion, events });
const many = (count: number): Given => Array.from({ length: count }, (_, index) => ({ type: 'placed', data: `{"n":${index + 1}}` }));

describe('appending from the window', () => {
  it('stores every token as it was typed', async () => {
    const data = '{ "big": 9223372036854775807, "odd": 9007199254740993, "f": 1.10, "e": 1e400, "a": 1, "a": 2, "__proto__": {} }';
    await append([{ type: 'placed', data, metadata: '[1, 2]', timestamp: -9223372036854775808n, id: 'mine' }]);
    await expect(window.ask('events.get', { topic: 'orders', version: 1 })).resolves.toEqual({
      version: 1,
      topic: 'orders',
      id: 'mine',
      idTotal: 4,
      type: 'placed',
      typeTotal: 6,
      timestamp: -9223372036854775808n,
      data: '{"big":9223372036854775807,"odd":9007199254740993,"f":1.10,"e":1e400,"a":1,"a":2,"__proto__":{}}',
      dataTotal: 96,
      metadata: '[1,2]',
      metadataTotal: 5,
    });
  });

  it('passes the expected version on, 0 too, and answers a conflict with both versions', async () => {
    await expect(append(many(2), 0)).resolves.toEqual({ first: 1, last: 2, replayed: false });
    await expect(
      window.call('events.append', { topic: 'orders', incarnation, expectedVersion: 0, events: many(1) }),
    ).resolves.toMatchObject({
      ok: false,
      error: { code: 'VERSION_CONFLICT', details: { expected: 0, actual: 2 } },
    });
    await expect(append(many(1), null)).resolves.toMatchObject({ first: 3 });
  });

  it('names the event and the member that is no JSON, and stores nothing of the batch', async () => {
    const reply = await window.call('events.append', {
      topic: 'orders',
      incarnation,
      expectedVersion: null,
      events: [
        { type: 'a', data: '{}' },
        { type: 'b', data: '{}', metadata: '{"x":}' },
      ],
    });
    expect(reply).toMatchObject({ ok: false, error: { code: 'INVALID_EVENT', details: { index: 1, field: 'metadata' } } });
    await expect(window.ask('topics.count', { topic: 'orders' })).resolves.toEqual({ events: 0, latestVersion: 0, damaged: 0 });
  });

  it('takes a large batch in parts, and appends all of them as one', async () => {
    const sent = Array.from({ length: 2500 }, (_, n) => ({ type: 'placed', data: `"${'\u4e00'.repeat(300)}${n}"` }));
    const parts = batchParts(sent);
    expect(parts.length).toBeGreaterThan(5);
    expect(parts.flat()).toEqual(sent);
    const last = parts.pop() ?? [];
    let first = 0;
    for (const events of parts) {
      expect(serialize({ batch: 'b', first, events }).length).toBeLessThan(LIMIT_BYTES);
      ({ events: first } = await window.ask('events.stage', { batch: 'b', first, events }));
    }
    const staged = { batch: 'b', events: first };
    const whole = { topic: 'orders', incarnation, expectedVersion: 0, staged, events: last };
    await expect(window.ask('events.append', whole)).resolves.toEqual({ first: 1, last: 2500, replayed: false });
    const stored = await window.workspace.store().getEvents('orders');
    expect(stored.events.map(({ data }) => data)).toEqual(sent.map(({ data }) => data));
    // They are gone: the same call again has nothing before its own events.
    await expect(window.call('events.append', whole)).resolves.toMatchObject({ ok: false, error: { code: 'INVALID_INPUT' } });
  });

  it('refuses a batch of which parts are missing, and one that is too large, and names a fault by its place in the whole', async () => {
    const event = { type: 'placed' };
    const stage = (batch: string, first: number, events: Given) => window.call('events.stage', { batch, first, events });
    const refused = { ok: false, error: { code: 'INVALID_INPUT' } };
    await stage('one', 0, [event, event]);
    await expect(stage('one', 3, [event])).resolves.toMatchObject(refused);
    await expect(stage('other', 2, [event])).resolves.toMatchObject(refused);
    const only = { topic: 'orders', incarnation, expectedVersion: null, events: [event] };
    await expect(window.call('events.append', { ...only, staged: { batch: 'one', events: 3 } })).resolves.toMatchObject(refused);
    for (let first = 0; first < 9999; first += 909) await stage('one', first, many(909));
    await expect(stage('one', 9999, many(2))).resolves.toMatchObject({
      ok: false,
      error: { message: expect.stringContaining('10,000 events') },
    });
    await stage('one', 0, many(10));
    await expect(stage('one', 10, [event, { type: 'placed', data: '{' }])).resolves.toMatchObject({
      ok: false,
      error: { message: expect.stringMatching(/^Event 12, data/) },
    });
    expect(await window.workspace.store().getLatestVersion('orders')).toBe(0);
  });

  it('refuses a topic that was deleted and made again since', async () => {
    await window.workspace.store().deleteTopic('orders');
    await window.ask('topics.create', { name: 'orders' });
    await expect(
      window.call('events.append', { topic: 'orders', incarnation, expectedVersion: null, events: many(1) }),
    ).resolves.toMatchObject({
      ok: false,
      error: { code: 'TOPIC_NOT_FOUND' },
    });
    await expect(window.ask('topics.count', { topic: 'orders' })).resolves.toMatchObject({ events: 0 });
  });

  it('never writes the configuration topic', async () => {
    await expect(
      window.call('events.append', { topic: 'configuration', incarnation: 0, expectedVersion: null, events: many(1) }),
    ).resolves.toMatchObject({ ok: false, error: { code: 'TOPIC_RESERVED' } });
  });

  it('tells the window at once', async () => {
    await append(many(3));
    expect(window.pushes).toContainEqual({ name: 'topic.appended', payload: { topic: 'orders', latestVersion: 3 } });
  });
});

describe('a page of rows', () => {
  it('walks a topic to its end in both directions without a gap or a duplicate', async () => {
    await append(many(950));
    for (const direction of ['forward', 'backward'] as const) {
      const seen: number[] = [];
      let cursor: number | null = null;
      do {
        const page: Awaited<ReturnType<typeof pageAt>> = await pageAt(direction, cursor);
        seen.push(...page.rows.map(({ version }) => version));
        expect(page.latestVersion).toBe(950);
        cursor = page.next;
      } while (cursor !== null);
      const all = Array.from({ length: 950 }, (_, index) => index + 1);
      expect(seen).toEqual(direction === 'forward' ? all : all.toReversed());
    }
  });
  const pageAt = (direction: 'forward' | 'backward', cursor: number | null) =>
    window.ask('events.page', { topic: 'orders', direction, cursor, limit: 200 });

  it('previews the beginning of the data and never half a surrogate pair', async () => {
    const data = `"${'x'.repeat(PREVIEW_CHARS - 2)}😀"`;
    await append([{ type: 'a', data, metadata: '{"m":1}' }]);
    const { rows } = await pageAt('forward', null);
    expect(rows).toEqual([
      expect.objectContaining({ version: 1, preview: `"${'x'.repeat(PREVIEW_CHARS - 2)}`, size: data.length + '{"m":1}'.length }),
    ]);
    expect(rows[0]?.preview.isWellFormed()).toBe(true);
  });

  it('filters by type', async () => {
    await append([...many(5), { type: 'paid' }, ...many(5)]);
    const page = await window.ask('events.page', { topic: 'orders', direction: 'forward', cursor: null, limit: 200, types: ['paid'] });
    expect(page.rows.map(({ version }) => version)).toEqual([6]);
  });

  it('stays under 256 KiB whatever ids, types and data are', async () => {
    const long = '\u4e00'.repeat(20_000);
    await append(
      Array.from({ length: 200 }, (_, index) => ({
        type: `${long}${index}`,
        id: `${long}${index}`,
        data: `"${long}"`,
        metadata: `"${long}"`,
      })),
    );
    const page = await pageAt('forward', null);
    expect(page.rows).toHaveLength(200);
    expect(serialize(page).length).toBeLessThan(LIMIT_BYTES);
  });

  it('holds all rows asked for where the store gives them in smaller pages, and leaves what does not fit for the next', async () => {
    const damage = { code: 'not-json', reason: 'r'.repeat(5000), place: 'p'.repeat(5000) };
    // A store that answers three versions a read, every second one damaged.
    const wrap = (store: EventStore): EventStore => ({
      ...store,
      getLatestVersion: async (topic) => (topic === 'odd' ? 1000 : store.getLatestVersion(topic)),
      readBeginnings: async (topic, options, lengths) => {
        if (topic !== 'odd') return store.readBeginnings(topic, options, lengths);
        const from = options.direction === 'forward' ? (options.after ?? 0) + 1 : (options.before ?? 1001) - 1;
        const step = options.direction === 'forward' ? 1 : -1;
        const versions = [from, from + step, from + 2 * step].filter((version) => version >= 1 && version <= 1000);
        const last = versions.at(-1) ?? 0;
        return {
          events: versions.filter((version) => version % 2 === 1).map((version) => beginningOf({ ...sample, version }, lengths)),
          damaged: versions.filter((version) => version % 2 === 0).map((version) => ({ ...damage, version })),
          next: last === 1000 || last <= 1 ? null : last,
          scanned: versions.length,
        };
      },
    });
    const sample = {
      id: 'i',
      topic: 'odd',
      type: 't',
      data: parseJsonText('1'),
      metadata: parseJsonText('null'),
      timestamp: 1n,
      version: 0,
    };
    desk.stores.set('/odd', () => openMemoryStore('/odd', wrap));
    window.answers.path = '/odd';
    await window.ask('stores.openDialog', { kind: 'folder' });
    for (const direction of ['forward', 'backward'] as const) {
      const seen: number[] = [];
      let cursor: number | null = null;
      do {
        const page: Awaited<ReturnType<typeof pageAt>> = await window.ask('events.page', { topic: 'odd', direction, cursor, limit: 200 });
        expect(serialize(page).length).toBeLessThan(LIMIT_BYTES);
        expect(page.rows.length + page.damaged.length).toBe(200);
        seen.push(
          ...[...page.rows, ...page.damaged].map(({ version }) => version).sort((a, b) => (direction === 'forward' ? a - b : b - a)),
        );
        cursor = page.next;
      } while (cursor !== null);
      expect(seen).toHaveLength(1000);
      expect(new Set(seen).size).toBe(1000);
    }
  });

  it('is made of beginnings, as are all rows: for none of them a whole event leaves its storage', async () => {
    const wrap = (store: EventStore): EventStore => ({ ...store, readEvents: async () => expect.fail('reads whole events') });
    desk.stores.set('/rows', () => openMemoryStore('/rows', wrap));
    window.answers.path = '/rows';
    await window.ask('stores.openDialog', { kind: 'folder' });
    ({ incarnation } = await window.ask('topics.create', { name: 'orders' }));
    const data = `"${'x'.repeat(PREVIEW_CHARS)}"`;
    await append([{ type: 'placed', data }]);
    const { rows } = await pageAt('forward', null);
    expect(rows).toMatchObject([{ preview: data.slice(0, PREVIEW_CHARS), metadata: 'null', size: data.length + 4 }]);
    const filter = { types: null, from: null, to: null };
    const found = await window.ask('survey.rows', { topic: 'orders', filter, order: 'oldest', offset: 0, limit: 10 });
    expect(found.rows).toEqual(rows);
    expect(await window.ask('topics.summaries', { topics: ['orders'] })).toMatchObject({
      summaries: [{ lastTimestamp: rows[0]!.timestamp }],
    });
  });
});

describe('one event', () => {
  it('comes cut where a member is long, under 256 KiB, and the rest by events.text', async () => {
    const data = `"${'\u4e00😀'.repeat(TEXT_CHARS)}"`;
    await append([{ type: 'long', data, metadata: data }]);
    const detail = await window.ask('events.get', { topic: 'orders', version: 1 });
    expect(detail.dataTotal).toBe(data.length);
    expect(data.startsWith(detail.data)).toBe(true);
    expect(detail.data.length).toBeLessThanOrEqual(TEXT_CHARS);
    expect(serialize(detail).length).toBeLessThan(LIMIT_BYTES);

    let text = detail.data;
    while (text.length < data.length) {
      const part = await window.ask('events.text', { topic: 'orders', version: 1, member: 'data', offset: text.length });
      expect(serialize(part).length).toBeLessThan(LIMIT_BYTES);
      expect(part.text.isWellFormed()).toBe(true);
      expect(part.total).toBe(data.length);
      text += part.text;
    }
    expect(text).toBe(data);
  });

  it('with an id or a type of any length says how long it is, and gives it whole', async () => {
    const long = 'x'.repeat(5000);
    await append([{ type: long, data: '1', metadata: 'null', id: long }]);
    const detail = await window.ask('events.get', { topic: 'orders', version: 1 });
    expect([detail.idTotal, detail.typeTotal, detail.id.length < 5000]).toEqual([5000, 5000, true]);
    for (const member of ['id', 'type'] as const) {
      const part = await window.ask('events.text', { topic: 'orders', version: 1, member, offset: 0 });
      expect(part).toEqual({ text: long, total: 5000 });
    }
  });

  it('that is not there is INVALID_INPUT, in a topic that is not there TOPIC_NOT_FOUND', async () => {
    await append(many(1));
    for (const method of ['events.get', 'events.text'] as const) {
      const more = method === 'events.text' ? { member: 'data', offset: 0 } : {};
      await expect(window.call(method, { topic: 'orders', version: 2, ...more } as never)).resolves.toMatchObject({
        ok: false,
        error: { code: 'INVALID_INPUT' },
      });
      await expect(window.call(method, { topic: 'none', version: 1, ...more } as never)).resolves.toMatchObject({
        ok: false,
        error: { code: 'TOPIC_NOT_FOUND' },
      });
    }
  });
});
