import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openStore, type OpenedStore } from '../../src/main/compose.ts';
import type { Problem } from '../../src/shared/model/problem.ts';
import { cli, cliAnswer } from '../cli/command-line.ts';
import type { TempFolder } from '../support/temp-folder.ts';
import { treeSnapshot } from '../support/tree-snapshot.ts';
import { openStoreCopy, readManifest } from './copied-store.ts';

const manifest = readManifest('damaged');

/** What `info` and `events` say about the store, read once: nothing below may change it. */
interface Report {
  readonly problems: readonly Problem[];
  readonly topics: ReadonlyMap<string, { readonly latestVersion: number; readonly events: number }>;
}

describe('the damaged store', () => {
  let folder: TempFolder;
  let opened: OpenedStore;
  let report: Report;
  beforeAll(async () => {
    folder = openStoreCopy('damaged');
    const { topics, problems } = await cliAnswer<{
      topics: { name: string; latestVersion: number; events: number }[];
      problems: Problem[];
    }>(['info', folder.path]);
    report = { problems, topics: new Map(topics.map((topic) => [topic.name, topic])) };
    opened = await openStore(folder.path, { storage: 'inline', readOnly: true });
  });
  afterAll(async () => {
    await opened.close();
    folder.close();
  });

  const versions = async (topic: string): Promise<number[]> => (await opened.store.getEvents(topic)).events.map(({ version }) => version);
  const damagedVersions = async (topic: string): Promise<number[]> =>
    (await opened.store.getEvents(topic)).damaged.map(({ version }) => version);
  const reported = (path: string, code: string, more: Partial<Problem> = {}): void => {
    expect(report.problems).toContainEqual(expect.objectContaining({ code, path, ...more }));
  };
  const isDamaged = async (topic: string, version: number, path: string, code: string): Promise<void> => {
    expect(await damagedVersions(topic)).toContain(version);
    expect(await versions(topic)).not.toContain(version);
    reported(path, code, { topic, version });
  };
  const isIgnored = async (path: string): Promise<void> => {
    reported(path, 'stray-file');
    if (path.includes('/events/')) expect(await versions('stray')).toEqual([1, 2, 3]);
  };

  const asItShould: Readonly<Record<string, (path: string) => Promise<void> | void>> = {
    'leftover-tmp-complete': async (path) => {
      reported(path, 'leftover-temp-file', { topic: 'tmpfile' });
      expect(await versions('tmpfile')).toEqual([1, 2, 3, 4, 5]);
      expect(report.topics.get('tmpfile')?.latestVersion).toBe(5);
    },
    'leftover-tmp-partial': async (path) => {
      reported(path, 'leftover-temp-file', { topic: 'tmpfile' });
      expect(await damagedVersions('tmpfile')).toEqual([]);
    },
    'leftover-tmp-config': (path) => reported(path, 'leftover-temp-file'),
    'truncated-json': async (path) => {
      await isDamaged('truncated', 3, path, 'invalid-json');
      expect(await versions('truncated')).toEqual([1, 2, 4, 6]);
    },
    'zero-length': (path) => isDamaged('truncated', 5, path, 'empty-file'),
    'nul-filled': (path) => isDamaged('truncated', 7, path, 'nul-filled'),
    'truncated-last-byte': async (path) => {
      await isDamaged('truncated', 8, path, 'invalid-json');
      expect(report.topics.get('truncated')?.latestVersion).toBe(8);
    },
    gap: async () => {
      expect(await versions('gapped')).toEqual([1, 2, 5, 6, 7, 8]);
      expect(report.problems).toContainEqual(
        expect.objectContaining({ code: 'gap', topic: 'gapped', reason: expect.stringMatching(/3.*4/) as string }),
      );
    },
    'broken-config-json': async (path) => {
      reported(path, 'broken-config', { topic: 'brokenconfig' });
      expect(await versions('brokenconfig')).toEqual([1, 2, 3, 4]);
    },
    'stray-file': isIgnored,
    'directory-named-like-event': async (path) => {
      reported(path.replace(/\/$/, ''), 'folder-named-like-event', { topic: 'stray' });
      expect(report.topics.get('stray')).toMatchObject({ latestVersion: 3, events: 3 });
      expect(await damagedVersions('stray')).toEqual([]);
    },
    'config-removed': async (path) => {
      reported(path, 'missing-config', { topic: 'noconfig' });
      expect(await versions('noconfig')).toEqual([1, 2, 3]);
    },
    'orphan-directory': () => {
      expect(report.problems).toContainEqual(expect.objectContaining({ code: 'orphan-data', topic: 'orphan' }));
      expect(report.topics.has('orphan')).toBe(false);
    },
    'config-without-history': () => {
      expect(report.problems).toContainEqual(expect.objectContaining({ code: 'config-without-history', topic: 'ghost' }));
      expect(report.topics.has('ghost')).toBe(false);
    },
    'version-mismatch': async (path) => {
      reported(path, 'version-mismatch', { topic: 'mismatch', version: 2 });
      const { events } = await opened.store.getEvents('mismatch');
      expect(events.map(({ version, id }) => `${version}:${id}`)).toContain('2:mismatch-2');
      expect(events.map(({ version }) => version)).toEqual([1, 2, 3, 4, 5, 6]);
    },
    'topic-mismatch': (path) => reported(path, 'topic-mismatch', { topic: 'mismatch', version: 3 }),
    'duplicate-version': async (path) => {
      reported(path, 'duplicate-version', { topic: 'mismatch' });
      const { events } = await opened.store.getEvents('mismatch', 3);
      expect(events[0]).toMatchObject({ version: 4, id: 'mismatch-4' });
    },
    'name-without-v': (path) => reported(path, 'name-without-v', { topic: 'mismatch' }),
    'utf8-bom': async (path) => {
      reported(path, 'utf8-bom', { topic: 'badcontent', version: 1 });
      expect(await versions('badcontent')).toContain(1);
    },
    'trailing-garbage': (path) => isDamaged('badcontent', 2, path, 'invalid-json'),
    'json-null': (path) => isDamaged('badcontent', 3, path, 'not-an-object'),
    'json-array': (path) => isDamaged('badcontent', 4, path, 'not-an-object'),
    'wrong-type': (path) => isDamaged('badcontent', 5, path, 'wrong-type'),
    'invalid-utf8': async (path) => {
      const before = readFileSync(join(folder.path, path));
      await isDamaged('badcontent', 6, path, 'invalid-utf8');
      expect(readFileSync(join(folder.path, path))).toEqual(before);
    },
    'duplicate-key': async (path) => {
      reported(path, 'duplicate-member', { topic: 'badcontent', version: 7 });
      expect(await versions('badcontent')).toContain(7);
    },
    'proto-key': async () => {
      const event = (await opened.store.getEvents('badcontent', 7)).events[0];
      expect(event?.version).toBe(8);
      const data = JSON.parse(event?.data ?? '') as object;
      expect(Object.hasOwn(data, '__proto__')).toBe(true);
      expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
      const { lines } = await cli(['events', folder.path, 'badcontent', '--after', '7', '--limit', '1']);
      expect(lines[0]).toContain('"__proto__"');
    },
    'fractional-version': (path) => isDamaged('badcontent', 9, path, 'wrong-type'),
    'topic-directory-missing': async () => {
      expect(await versions('nodir')).toEqual([]);
      expect(report.problems).toContainEqual(expect.objectContaining({ code: 'missing-folder', topic: 'nodir' }));
    },
    'all-events-missing': () => expect(report.topics.get('emptied')).toMatchObject({ latestVersion: 0, events: 0 }),
  };

  test.each(manifest.damage)('$path ($kind): $aGoodReaderShould', async ({ path, kind }) => {
    expect(Object.hasOwn(asItShould, kind)).toBe(true);
    await asItShould[kind]?.(path);
  });

  test('every damage is there to be met', () => {
    expect(manifest.damage).toHaveLength(34);
    expect(readdirSync(join(folder.path, 'store/events/stray'))).toContain('v0000000002 (copy).json');
  });

  test('it opens degraded, with every topic of the history', async () => {
    const health = await opened.store.health();
    expect(health.status).toBe('degraded');
    expect([...report.topics.keys()]).toEqual(Object.keys(manifest.writtenBeforeDamage).sort());
  });

  test('events prints what is healthy and ends with DAMAGED_EVENT naming the rest', async () => {
    const { code, lines, error } = await cli(['events', folder.path, 'truncated']);
    expect(code).toBe(1);
    expect(lines).toHaveLength(4);
    expect(error).toMatchObject({ code: 'DAMAGED_EVENT', details: { versions: [3, 5, 7, 8] } });
  });

  test('events of a healthy topic beside damaged ones is no failure', async () => {
    const { code, lines, stderr } = await cli(['events', folder.path, 'healthy']);
    expect([code, lines.length, stderr]).toEqual([0, 5, '']);
  });

  test('reading every topic in both directions and asking for everything changes no byte and no time', async () => {
    const before = treeSnapshot(folder.path);
    await cli(['info', folder.path]);
    await cli(['history', folder.path]);
    for (const topic of Object.keys(manifest.writtenBeforeDamage)) {
      await cli(['events', folder.path, topic]);
      await cli(['events', folder.path, topic, '--backward']);
    }
    expect(treeSnapshot(folder.path)).toEqual(before);
  });
});

describe('writing to the damaged store', () => {
  let folder: TempFolder;
  beforeAll(() => {
    folder = openStoreCopy('damaged');
  });
  afterAll(() => folder.close());

  test.each([
    ['truncated', 9],
    ['tmpfile', 6],
    ['gapped', 9],
  ])('the next append to %s gets version %i and overwrites nothing', async (topic, next) => {
    const path = join(folder.path, 'store/events', topic);
    const before = new Map(readdirSync(path).map((name) => [name, readFileSync(join(path, name))]));
    const answer = await cliAnswer(['append', folder.path, topic], '{"type":"After","data":{}}\n');
    expect(answer).toEqual({ first: next, last: next });
    for (const [name, bytes] of before) expect(readFileSync(join(path, name))).toEqual(bytes);
  });

  test('creating a topic over orphaned data is LEFTOVER_DATA, and leaves the data', async () => {
    const { code, error } = await cli(['create-topic', folder.path, 'orphan', '--connection', 'store']);
    expect([code, error?.code]).toEqual([1, 'LEFTOVER_DATA']);
    expect(readdirSync(join(folder.path, 'store/events/orphan'))).toHaveLength(2);
  });
});
