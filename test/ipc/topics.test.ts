import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EventStore } from '../../src/main/eventstore/event-store.ts';
import { openMemoryStore, openTestDesk, type TestDesk, type TestWindow } from './test-desk.ts';

let desk: TestDesk;
let window: TestWindow;

beforeEach(async () => {
  desk = openTestDesk();
  window = desk.openWindow();
  await window.ask('stores.openDemo', {});
});
afterEach(() => desk.close());

describe('the list of topics', () => {
  it('has the configuration topic among them, marked as reserved', async () => {
    await window.ask('topics.create', { name: 'zebra' });
    await window.ask('topics.create', { name: 'ant', options: [['a', 'b']] });
    const { topics, next } = await window.ask('topics.list', { after: null, limit: 500 });
    expect(next).toBeNull();
    expect(topics.map(({ name, reserved }) => ({ name, reserved }))).toEqual([
      { name: 'ant', reserved: false },
      { name: 'configuration', reserved: true },
      { name: 'zebra', reserved: false },
    ]);
    expect(topics[0]).toMatchObject({ options: [['a', 'b']], incarnation: 2 });
  });

  it('asks no repository for anything, so that its length costs nothing', async () => {
    const refuse = async (): Promise<never> => {
      throw new Error('asked');
    };
    const wrap = (store: EventStore): EventStore => ({ ...store, getLatestVersion: refuse, readBeginnings: refuse, countEvents: refuse });
    desk.stores.set('/x', () => openMemoryStore('/x', wrap));
    window.answers.path = '/x';
    await window.ask('stores.openDialog', { kind: 'file' });
    await expect(window.ask('topics.list', { after: null, limit: 10 })).resolves.toMatchObject({ topics: [{ name: 'configuration' }] });
  });

  it('pages by name, each topic once', async () => {
    for (let index = 0; index < 25; index++) await window.ask('topics.create', { name: `t${index}` });
    const names: string[] = [];
    let after: string | null = null;
    do {
      const page: { topics: readonly { name: string }[]; next: string | null } = await window.ask('topics.list', { after, limit: 7 });
      names.push(...page.topics.map(({ name }) => name));
      after = page.next;
    } while (after !== null);
    expect(names).toEqual([...names].sort());
    expect(new Set(names).size).toBe(26);
    expect(names).toHaveLength(26);
  });

  it('splits where options are too long for one message', async () => {
    for (const name of ['a', 'b', 'c']) await window.ask('topics.create', { name, options: [['long', 'x'.repeat(60_000)]] });
    const { topics, next } = await window.ask('topics.list', { after: null, limit: 500 });
    expect(topics.map(({ name }) => name)).toEqual(['a']);
    expect(next).toBe('a');
  });

  it('says that no store is open', async () => {
    await window.ask('stores.close', {});
    for (const [method, input] of [
      ['topics.list', { after: null, limit: 1 }],
      ['health.get', {}],
      ['events.get', { topic: 'x', version: 1 }],
    ] as const) {
      await expect(window.call(method, input as never)).resolves.toMatchObject({ ok: false, error: { code: 'NOT_INITIALIZED' } });
    }
  });
});

describe('health', () => {
  it('comes with the problems', async () => {
    await expect(window.ask('health.get', {})).resolves.toMatchObject({ health: { status: 'up', initialized: true }, problems: [] });
  });
});

describe('the clipboard', () => {
  it('gets what the page asks to copy', async () => {
    await window.ask('app.copyText', { text: '{"n":9007199254740993}' });
    expect(desk.copied).toEqual(['{"n":9007199254740993}']);
  });
});
