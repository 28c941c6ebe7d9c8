import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readEventText } from '../../../src/main/adapters/filesystem/event-file.ts';
import { encodeIntent, parseIntent } from '../../../src/main/adapters/filesystem/intent-file.ts';
import { fileSystemAdapter } from '../../../src/main/adapters/filesystem/file-system-adapter.ts';
import { encodeEvent } from '../../../src/shared/model/event.ts';
import { JSON_NULL, parseJsonText } from '../../../src/shared/model/json-text.ts';
import { openFolderBench, readAll, type FolderBench } from './folder-bench.ts';

const STORES = join(import.meta.dirname, '../../compat/stores');

let bench: FolderBench;
beforeEach(() => {
  bench = openFolderBench();
});
afterEach(() => bench.close());

/** A topic `t` of `count` files, as another program would leave it. */
function plant(count: number, typeOf: (version: number) => string = () => 'E', text = 'x'): void {
  const folder = join(bench.store, 'events/t');
  mkdirSync(folder, { recursive: true });
  const data = parseJsonText(JSON.stringify({ text }));
  for (let version = 1; version <= count; version++) {
    const event = { id: `t-${version}`, topic: 't', type: typeOf(version), data, metadata: JSON_NULL, timestamp: 1n, version };
    writeFileSync(join(folder, `v${String(version).padStart(10, '0')}.json`), encodeEvent(event));
  }
}

describe('the store of the Go original', () => {
  it.each(['config-repository', 'store-a', 'store-b'])('every event of small/%s is given back byte for byte', async (connection) => {
    const base = join(STORES, 'small');
    const adapter = fileSystemAdapter();
    const repository = await adapter.open(await adapter.locate(connection, base), { create: false, lockWait: 1 });
    let compared = 0;
    for (const { name, config } of await repository.listTopics(null, 1000)) {
      expect(config).toMatchObject({ name, adapter: 'fs' });
      const { events, damaged } = await readAll(repository, name);
      expect(damaged).toEqual([]);
      const folder = join(base, connection, 'events', name);
      expect(events).toHaveLength(readdirSync(folder).length);
      for (const event of events) {
        expect(encodeEvent(event)).toBe(readFileSync(join(folder, `v${String(event.version).padStart(10, '0')}.json`), 'utf8'));
        compared++;
      }
    }
    expect(compared).toBeGreaterThan(3);
    expect(await repository.problems()).toEqual([]);
    expect(await repository.health()).toMatchObject({ status: 'up' });
    await repository.close();
  });
});

describe('a page', () => {
  it('looks at 200 files, as many as were asked for, or 1000 with a type filter', async () => {
    plant(2500, (version) => (version === 2400 ? 'Rare' : 'E'));
    const repository = await bench.open();
    const forward = { direction: 'forward', cursor: 0 } as const;
    expect(await repository.read('t', { ...forward, limit: 1000 })).toMatchObject({ scanned: 1000, next: 1000 });
    expect(await repository.read('t', { ...forward, limit: 50 })).toMatchObject({ scanned: 50, next: 50 });
    const types = ['Rare'];
    expect(await repository.read('t', { ...forward, limit: 5, types })).toMatchObject({ events: [], scanned: 1000, next: 1000 });
    const found = await repository.read('t', { direction: 'forward', cursor: 2000, limit: 5, types });
    expect(found).toMatchObject({ next: null, scanned: 500 });
    expect(found.events.map(({ version }) => version)).toEqual([2400]);
    expect(await repository.read('t', { direction: 'backward', cursor: null, limit: 3 })).toMatchObject({
      next: 2498,
      events: [{ version: 2500 }, { version: 2499 }, { version: 2498 }],
    });
    expect(await repository.count('t', 0)).toEqual({ events: 500, damaged: [], next: 500 });
    expect(await repository.count('t', 2100)).toEqual({ events: 400, damaged: [], next: null });
  });

  it('looks at no more than 200 damaged files', async () => {
    mkdirSync(join(bench.store, 'events/t'), { recursive: true });
    for (let version = 1; version <= 300; version++)
      writeFileSync(join(bench.store, `events/t/v${String(version).padStart(10, '0')}.json`), '');
    const page = await (await bench.open()).read('t', { direction: 'forward', cursor: 0, limit: 10 });
    expect(page).toMatchObject({ events: [], scanned: 200, next: 200 });
    expect(page.damaged).toHaveLength(200);
    expect(page.damaged[0]).toMatchObject({ version: 1, code: 'empty-file', place: 'events/t/v0000000001.json' });
  });

  it('holds about 4 MiB of text, and one event however large', async () => {
    plant(12, undefined, 'x'.repeat(1024 * 1024));
    const repository = await bench.open();
    const page = await repository.read('t', { direction: 'forward', cursor: 0, limit: 100 });
    expect(page.events.map(({ version }) => version)).toEqual([1, 2, 3]);
    expect(page.next).toBe(3);
    expect((await readAll(repository, 't')).events).toHaveLength(12);
    const huge = {
      id: 'huge',
      topic: 't',
      type: 'E',
      data: parseJsonText(`"${'y'.repeat(6_000_000)}"`),
      metadata: JSON_NULL,
      timestamp: 1n,
      version: 13,
    };
    writeFileSync(join(bench.store, 'events/t/v0000000013.json'), encodeEvent(huge));
    expect((await repository.read('t', { direction: 'backward', cursor: null, limit: 100 })).events).toHaveLength(1);
  });
});

describe('the content of an event file', () => {
  const whole = '{"id":"i","topic":"t","type":"T","data":{"a":1},"metadata":null,"timestamp":5,"version":7}';
  const codeOfText = (text: string): string => {
    const reading = readEventText(text, 't', 7);
    return reading.event ? reading.oddities.map(({ code }) => code).join() : `damaged: ${reading.damage.code}`;
  };

  it.each([
    [whole, ''],
    [whole.replace(/[,{}]/g, ' \n$& '), ''],
    ['{"id":"i","topic":"t","type":"T","timestamp":-9223372036854775808,"version":7}', ''],
    [whole.replace('"timestamp":5', '"timestamp":9223372036854775808'), 'damaged: wrong-type'],
    [whole.replace('"timestamp":5', '"timestamp":5.0'), 'damaged: wrong-type'],
    [whole.replace('"timestamp":5', '"timestamp":null'), 'damaged: wrong-type'],
    [whole.replace('"id":"i",', ''), 'damaged: missing-member'],
    [whole.replace('"id"', '"ID"'), 'damaged: missing-member'],
    [whole.replace('"type":"T"', '"type":5'), 'damaged: wrong-type'],
    [whole.replace('"version":7', '"version":"7"'), 'damaged: wrong-type'],
    [whole.replace('"version":7', '"version":8'), 'version-mismatch'],
    [whole.replace('"topic":"t"', '"topic":"u"'), 'topic-mismatch'],
    [whole.replace('"type":"T"', '"type":"S","type":"T"'), 'duplicate-member'],
    [whole.replace('"type":"T"', '"typ\\u0065":"T"'), ''],
    ['{}', 'damaged: missing-member'],
    ['"text"', 'damaged: not-an-object'],
    ['12', 'damaged: not-an-object'],
    [`${'['.repeat(100_000)}${']'.repeat(100_000)}`, 'damaged: not-an-object'],
    [whole + whole, 'damaged: invalid-json'],
  ])('%.100s', (text, expected) => {
    expect(codeOfText(text)).toBe(expected);
  });

  it('keeps every token of data and metadata', () => {
    const data = '{"b":1.10,"a":9007199254740993,"a":1e400,"__proto__":{"x":1},"s":"\\u0041\\ud800"}';
    const reading = readEventText(whole.replace('{"a":1}', data), 't', 7);
    expect(reading.event?.data).toBe(data);
  });
});

describe('an intent', () => {
  const intent = { topic: 'ünï "t"\n', first: 9, last: 11, events: ['{"a":",\\n"}', '{"b":"]}"}', '{}'] };

  it('comes back as it was', () => {
    expect(parseIntent(encodeIntent(intent))).toEqual(intent);
    expect(JSON.parse(encodeIntent(intent))).toMatchObject({
      topic: intent.topic,
      first: 9,
      last: 11,
      events: [{ a: ',\n' }, { b: ']}' }, {}],
    });
  });

  it('is nothing when any byte of it is missing or another one', () => {
    const text = encodeIntent(intent);
    for (let at = 0; at < text.length; at++) {
      expect(parseIntent(text.slice(0, at)), `cut at ${at}`).toBeNull();
      const changed = parseIntent(`${text.slice(0, at)}~${text.slice(at + 1)}`);
      // The topic's name is vouched for by the file's name, the numbers by the count of events.
      if (changed) expect({ ...changed, topic: '' }, `changed at ${at}`).toEqual({ ...intent, topic: '' });
    }
  });
});
