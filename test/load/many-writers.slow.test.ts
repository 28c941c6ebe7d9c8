import { afterEach, describe, expect, it } from 'vitest';
import type { OpenedStore } from '../../src/main/compose.ts';
import { errorFacts } from '../../src/shared/model/errors.ts';
import { parseJsonText } from '../../src/shared/model/json-text.ts';
import { startChild } from '../support/child-process.ts';
import { DISK_KINDS, newDiskStore, type DiskStore } from './disk-desk.ts';

const WRITERS = 1000;
const appendingChild = new URL('appending-child.ts', import.meta.url);

let disk: DiskStore;
let opened: OpenedStore;
afterEach(async () => {
  await opened.close();
  disk.remove();
});

const eventOf = (writer: number) => ({ type: 'Written', data: parseJsonText(JSON.stringify({ writer })) });
const writerOf = (data: string): number => (JSON.parse(data) as { readonly writer: number }).writer;
const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);

async function open(kind: (typeof DISK_KINDS)[number], topics: readonly string[]): Promise<void> {
  disk = await newDiskStore(kind);
  opened = await disk.open();
  for (const name of topics) await opened.store.createTopic({ name });
}

describe.each(DISK_KINDS)('a thousand writers at once on %s', (kind) => {
  it('who expect nothing are all stored, each once, at the version that was acknowledged', async () => {
    await open(kind, ['one']);
    const { store } = opened;
    const versions = await Promise.all(upTo(WRITERS).map(async (writer) => (await store.appendEvents('one', [eventOf(writer)])).last));
    const { events } = await store.getEvents('one');
    expect(events.map(({ version }) => version)).toEqual(upTo(WRITERS));
    expect(events.map(({ data }) => versions[writerOf(data) - 1])).toEqual(upTo(WRITERS));
  });

  it('who all expect the same version have one winner, and the others are told the version', async () => {
    await open(kind, ['one']);
    const { store } = opened;
    const said = await Promise.all(
      upTo(WRITERS).map((writer) =>
        store.appendEvents('one', [eventOf(writer)], { expectedVersion: 0 }).then(
          () => writer,
          (error: unknown) => errorFacts(error),
        ),
      ),
    );
    const winners = said.filter((what) => typeof what === 'number');
    expect(winners).toHaveLength(1);
    const refused = said.filter((what) => typeof what !== 'number');
    expect(new Set(refused.map(({ code, details }) => `${code} ${String(details['expected'])} ${String(details['actual'])}`))).toEqual(
      new Set(['VERSION_CONFLICT 0 1']),
    );
    const { events } = await store.getEvents('one');
    expect(events.map(({ data }) => writerOf(data))).toEqual(winners);
  });

  it('over twenty topics keep each topic whole and in the order of its own writers', async () => {
    const topics = upTo(20).map((n) => `topic-${n}`);
    await open(kind, topics);
    const { store } = opened;
    await Promise.all(upTo(WRITERS).map((writer) => store.appendEvents(`topic-${(writer % 20) + 1}`, [eventOf(writer)])));
    for (const [index, topic] of topics.entries()) {
      const { events } = await store.getEvents(topic);
      expect(events.map(({ version }) => version)).toEqual(upTo(WRITERS / 20));
      expect(events.map(({ data }) => writerOf(data))).toEqual(upTo(WRITERS).filter((writer) => writer % 20 === index));
    }
  });

  it('in four processes lose nothing and write nothing twice', async () => {
    await open(kind, ['one']);
    const children = upTo(4).map((who) => startChild(appendingChild, [disk.path, 'one', String(who), String(WRITERS / 4), '1']));
    await Promise.all(children.map((child) => child.waitForLine((line) => line === 'ready')));
    for (const child of children) child.write('go\n');
    const ends = await Promise.all(children.map((child) => child.ended));
    expect(ends.map(({ code, stderr }) => ({ code, stderr }))).toEqual(upTo(4).map(() => ({ code: 0, stderr: '' })));
    const { events } = await opened.store.getEvents('one');
    expect(events.map(({ version }) => version)).toEqual(upTo(WRITERS));
    const written = events.map(({ data }) => JSON.parse(data) as { readonly who: string; readonly n: number });
    for (const who of ['1', '2', '3', '4']) {
      expect(written.filter((event) => event.who === who).map(({ n }) => n)).toEqual(upTo(WRITERS / 4));
    }
  });
});
