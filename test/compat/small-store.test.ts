import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openStore, type OpenedStore } from '../../src/main/compose.ts';
import { catalogueAt, configHistory } from '../../src/main/eventstore/config-history.ts';
import { encodeEvent } from '../../src/shared/model/event.ts';
import { cli, cliAnswer } from '../cli/command-line.ts';
import type { TempFolder } from '../support/temp-folder.ts';
import { openStoreCopy, readManifest, type ManifestEvent } from './copied-store.ts';

const manifest = readManifest('small');
const everyTopic: readonly (readonly [string, readonly ManifestEvent[]])[] = [
  ...Object.entries(manifest.topics).map(([name, { events }]) => [name, events] as const),
  [manifest.configStream.name, manifest.configEvents],
];

describe('the small store that the Go original wrote', () => {
  let folder: TempFolder;
  let opened: OpenedStore;
  beforeAll(async () => {
    folder = openStoreCopy('small');
    opened = await openStore(folder.path, { storage: 'inline' });
  });
  afterAll(async () => {
    await opened.close();
    folder.close();
  });

  test('opens with the configuration topic that it was written with', () => {
    expect(opened.location.configStream).toEqual(manifest.configStream);
    expect(opened.location.base).toBe(folder.path);
    expect(opened.readOnly).toBeNull();
  });

  test.each(everyTopic)('every member of every event of %s comes back token for token', async (topic, written) => {
    const { events, damaged } = await opened.store.getEvents(topic);
    expect(damaged).toEqual([]);
    expect(
      events.map(({ id, topic: of, type, timestamp, version, data, metadata }) => ({
        id,
        topic: of,
        type,
        timestamp: String(timestamp),
        version: String(version),
        dataText: data,
        metadataText: metadata,
      })),
    ).toEqual(
      written.map(({ id, topic: of, type, timestamp, version, dataText, metadataText }) => ({
        id,
        topic: of,
        type,
        timestamp,
        version,
        dataText,
        metadataText,
      })),
    );
    expect(events.map((event) => sha256(encodeEvent(event)))).toEqual(written.map((event) => event.sha256));
  });

  test.each(everyTopic)('the command line prints every event of %s byte for byte as its file', async (topic, written) => {
    const { code, lines } = await cli(['events', folder.path, topic]);
    expect(code).toBe(0);
    expect(lines.map(sha256)).toEqual(written.map((event) => event.sha256));
    expect(lines.map((line) => Buffer.byteLength(line))).toEqual(written.map((event) => event.bytes));
  });

  test.each(manifest.stateAfterEachConfigEventWhenReplayedByGo)(
    'the catalogue after configuration event $afterConfigVersion is the one that the Go original replays',
    async ({ afterConfigVersion, topics }) => {
      const { topics: folded } = await catalogueAt(opened.store, afterConfigVersion);
      const byName = new Map(topics.map((topic) => [topic.name, topic]));
      expect([...folded.keys()].sort()).toEqual([...byName.keys()].sort());
      for (const [name, { adapter, connection, options }] of folded) {
        expect({ name, adapter, connection, options }).toEqual(byName.get(name));
      }
      const printed = await cliAnswer(['history', folder.path, '--at', String(afterConfigVersion)]);
      expect(printed).toEqual(topics.toSorted((a, b) => (a.name < b.name ? -1 : 1)));
    },
  );

  test('the changes of the history, applied one after another, give the catalogue', async () => {
    const { lines } = await cli(['history', folder.path]);
    expect(lines).toHaveLength(manifest.configEvents.length);
    const topics = new Map<string, Map<string, string>>();
    for (const line of lines) {
      const step = JSON.parse(line) as { topic: string; changed: { path: string; before: string | null; after: string | null }[] };
      const fields = topics.get(step.topic) ?? new Map<string, string>();
      topics.set(step.topic, fields);
      for (const { path, before, after } of step.changed) {
        expect(fields.get(path) ?? null).toBe(before);
        if (after === null) fields.delete(path);
        else fields.set(path, after);
      }
    }
    const living = [...topics].filter(([, fields]) => fields.size > 0);
    expect(new Map(living)).toEqual(
      new Map(
        manifest.stateAfterReopen.map(({ name, adapter, connection, options }) => [
          name,
          new Map([
            ['/adapter', adapter],
            ['/connection', connection],
            ...Object.entries(options).map(([key, value]) => [`/options/${key}`, value] as const),
          ]),
        ]),
      ),
    );
  });

  test('timestamps beyond 2^53 are printed exactly by history', async () => {
    const { lines } = await cli(['history', folder.path]);
    const printed = lines.map((line) => /"timestamp":(-?\d+),/.exec(line)?.[1]);
    expect(printed).toEqual(manifest.configEvents.map(({ timestamp }) => timestamp));
  });

  test('no configuration event of it is skipped', async () => {
    for await (const { problem } of configHistory(opened.store)) expect(problem).toBeUndefined();
  });

  test('it lists its living topics, sorted, with what replay gives them', async () => {
    const topics = await opened.store.listTopics();
    expect(topics.map(({ name, adapter, connection, options }) => ({ name, adapter, connection, options }))).toEqual(
      manifest.stateAfterReopen.toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    );
  });

  test('info prints the topics with their counts and the leftovers as problems', async () => {
    const info = await cliAnswer<{
      configStream: unknown;
      topics: { name: string; events: number; latestVersion: number }[];
      health: { status: string };
      problems: { code: string; topic?: string; path?: string }[];
    }>(['info', folder.path]);
    expect(Object.keys(info)).toEqual(['configStream', 'topics', 'health', 'problems']);
    expect(info.configStream).toEqual(manifest.configStream);
    expect(info.health.status).toBe('up');
    for (const { name, events, latestVersion } of info.topics) {
      expect([name, events, latestVersion]).toEqual([name, manifest.topics[name]?.events.length, manifest.topics[name]?.events.length]);
    }
    expect(info.topics.map(({ name }) => name)).toEqual(manifest.stateAfterReopen.map(({ name }) => name).sort());
    expect(info.problems.filter(({ topic }) => topic === 'scratch')).toEqual([
      expect.objectContaining({ code: 'orphan-data', path: expect.stringMatching(/^store-b/) as string }),
    ]);
  });

  test('the queries of the manifest answer as they did, exclusive of the version given', async () => {
    const [after3 = [], captured = []] = Object.values(manifest.queries);
    const ids = (list: { events: readonly { id: string }[] }): string[] => list.events.map(({ id }) => id);
    expect(ids(await opened.store.getEvents('payments', 3))).toEqual(after3);
    expect(ids(await opened.store.getEventsByType('payments', 'PaymentCaptured', 2))).toEqual(captured);
    const printed = async (...args: string[]): Promise<string[]> =>
      (await cli(['events', folder.path, 'payments', ...args])).lines.map((line) => (JSON.parse(line) as { id: string }).id);
    expect(await printed('--after', '3')).toEqual(after3);
    expect(await printed('--after', '2', '--type', 'PaymentCaptured')).toEqual(captured);
    expect(await printed('--backward', '--limit', '2')).toEqual(['pay-5', 'pay-4']);
    expect(await printed('--backward', '--before', '4')).toEqual(['pay-3', 'pay-2', 'pay-1']);
  });
});

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
