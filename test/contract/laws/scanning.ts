import { expect } from 'vitest';
import { MAX_SCAN, type EventRepository, type ScanSlice } from '../../../src/main/eventstore/ports/event-repository.ts';
import { law, type Law } from '../law.ts';
import { readAll, refusedWith, scanAll, scannedVersions } from '../observations.ts';
import { configOf, eventOf, eventsOf, jsonText, TOPIC } from '../samples.ts';

const MIB = 1024 * 1024;
const UUID = '01900000-0000-7000-8000-00000000abcd';
/** What JSON writes otherwise than it is. */
const AWKWARD = 'a "quoted" \\ word\u0007 größer 😀';

async function withEvents(repository: EventRepository, events: Parameters<EventRepository['append']>[1]): Promise<void> {
  await repository.createTopic(configOf(), 'refuse', '1');
  if (events.length > 0) await repository.append(TOPIC, events, 0);
}

export const SCANNING_LAWS: readonly Law[] = [
  law('a scan gives version, time and type of every event exactly as a read does', async ({ open }) => {
    const repository = await open();
    const types = ['b', 'a', '__proto__', 'a', 'é', 'e\u0301', 'constructor', '', 'a'];
    const times = [0n, -1n, 9223372036854775807n, -9223372036854775808n, 1_700_000_000_000_000_001n, 5n, 5n, 4294967295n, 4294967296n];
    await withEvents(
      repository,
      types.map((type, index) => eventOf(`id-${index}`, { type: type || 'x', timestamp: times[index]! })),
    );
    const read = (await readAll(repository, TOPIC)).events.map(({ version, timestamp, type }) => ({ version, timestamp, type }));
    expect((await scanAll(repository, TOPIC)).events).toEqual(read);
    expect(read).toHaveLength(9);
  }),

  law('a scan begins after its cursor, and beyond the end there is nothing and nothing next', async ({ open }) => {
    const repository = await open();
    await withEvents(repository, eventsOf('a', 5));
    expect(await scannedVersions(repository, TOPIC, 0)).toEqual([1, 2, 3, 4, 5]);
    expect(await scannedVersions(repository, TOPIC, 1)).toEqual([2, 3, 4, 5]);
    expect(await scannedVersions(repository, TOPIC, 4)).toEqual([5]);
    for (const after of [5, 6, 1000, Number.MAX_SAFE_INTEGER]) {
      for (const holding of [null, 'a1']) {
        const slice = await repository.scan(TOPIC, after, holding);
        expect([slice.versions.length, slice.damaged, slice.next]).toEqual([0, [], null]);
      }
    }
    await repository.append(TOPIC, eventsOf('b', 2), 5);
    expect(await scannedVersions(repository, TOPIC, 5)).toEqual([6, 7]);
  }),

  law('a slice of a scan is bounded in versions, says where to go on, and slices to the end give every event once', async ({ open }) => {
    const repository = await open();
    // Where events are files of their own a slice is far shorter, and so many of them would take minutes.
    const count = repository.capabilities.foreignWriters ? 1205 : MAX_SCAN + 400;
    await withEvents(
      repository,
      eventsOf('a', count, { metadata: jsonText('{"c":"all"}') }).map((event, index) => ({ ...event, type: `T${index % 3}` })),
    );
    for (const holding of [null, 'all']) {
      const first = await repository.scan(TOPIC, 0, holding);
      expect(first.scanned).toBeGreaterThan(0);
      expect(first.scanned).toBeLessThanOrEqual(MAX_SCAN);
      expect(first.scanned).toBeLessThan(count);
      expect(first.next).not.toBeNull();
      const { events, scanned } = await scanAll(repository, TOPIC, 0, holding);
      expect(scanned).toBe(count);
      expect(events.map(({ version }) => version)).toEqual(Array.from({ length: count }, (_none, index) => index + 1));
      expect(events.every(({ version, type }) => type === `T${(version - 1) % 3}`)).toBe(true);
    }
  }),

  law('a scan finds what it looks for behind any amount of metadata', async ({ open }) => {
    const repository = await open();
    const metadata = jsonText(`{"long":"${'x'.repeat(2 * MIB)}","c":"wanted"}`);
    await withEvents(repository, eventsOf('a', 6, { metadata }));
    expect(await scannedVersions(repository, TOPIC, 0, 'wanted')).toEqual([1, 2, 3, 4, 5, 6]);
    expect(await scannedVersions(repository, TOPIC, 0, 'missing')).toEqual([]);
  }),

  law('a scan for an id gives the events of exactly this id', async ({ open }) => {
    const repository = await open();
    const ids = [UUID, UUID.toUpperCase(), 'é', 'e\u0301', AWKWARD, 'a', 'A', 'ab', `${UUID} `, '0'];
    await withEvents(
      repository,
      ids.map((id) => eventOf(id, { data: jsonText(JSON.stringify(ids)) })),
    );
    for (const [index, id] of ids.entries()) expect(await scannedVersions(repository, TOPIC, 0, id)).toEqual([index + 1]);
    for (const id of ['b', 'UUID', `${UUID}0`]) expect(await scannedVersions(repository, TOPIC, 0, id)).toEqual([]);
  }),

  law('a scan for a text gives the events whose metadata holds it as JSON writes it, and looks at no data', async ({ open }) => {
    const repository = await open();
    const metadata = [
      `{"correlationId":"${UUID}"}`,
      'null',
      `{"deep":[{"x":${JSON.stringify(AWKWARD)}}]}`,
      `{"${UUID}":1}`,
      '{"n":12345}',
      '"%_"',
    ];
    await withEvents(
      repository,
      metadata.map((text, index) =>
        eventOf(`e${index}`, { metadata: jsonText(text), data: jsonText(`"in data ${AWKWARD.slice(0, 1)}${UUID}"`) }),
      ),
    );
    const found = (text: string): Promise<readonly number[]> => scannedVersions(repository, TOPIC, 0, text);
    expect(await found(UUID)).toEqual([1, 4]);
    expect(await found(UUID.toUpperCase())).toEqual([]);
    expect(await found(AWKWARD)).toEqual([3]);
    expect(await found('größer')).toEqual([3]);
    expect(await found('234')).toEqual([5]);
    expect(await found('%_')).toEqual([6]);
    expect(await found('%')).toEqual([6]);
    expect(await found('null')).toEqual([2]);
    expect(await found('in data')).toEqual([]);
    expect(await scannedVersions(repository, TOPIC, 1, UUID)).toEqual([4]);
  }),

  law('a scan of an empty topic is empty, of an unknown one TOPIC_NOT_FOUND', async ({ open }) => {
    const repository = await open();
    await withEvents(repository, []);
    const slice: ScanSlice = await repository.scan(TOPIC, 0, null);
    expect(slice).toEqual({
      versions: new Float64Array(),
      timestamps: new BigInt64Array(),
      types: new Uint32Array(),
      names: [],
      damaged: [],
      scanned: 0,
      next: null,
    });
    for (const holding of [null, 'a']) expect(await refusedWith(repository.scan('unknown', 0, holding))).toBe('TOPIC_NOT_FOUND');
  }),
];
