import { cpSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fileSystemAdapter } from '../../../src/main/adapters/filesystem/file-system-adapter.ts';
import type { EventRepository } from '../../../src/main/eventstore/ports/event-repository.ts';
import { openTempFolder, type TempFolder } from '../../support/temp-folder.ts';
import { treeSnapshot } from '../../support/tree-snapshot.ts';
import { batchOf, codeOf, readAll, topicConfig } from './folder-bench.ts';

const STORES = join(import.meta.dirname, '../../compat/stores');

interface Damage {
  readonly path: string;
  readonly kind: string;
}

const manifest = JSON.parse(readFileSync(join(STORES, 'damaged/manifest.json'), 'utf8')) as { damage: readonly Damage[] };

let folder: TempFolder;
let repository: EventRepository;

beforeEach(async () => {
  folder = openTempFolder('damaged');
  cpSync(join(STORES, 'damaged'), folder.path, { recursive: true });
  // An empty folder, which git does not keep.
  mkdirSync(join(folder.path, 'store/events/emptied'));
  const adapter = fileSystemAdapter();
  repository = await adapter.open(await adapter.locate('store', folder.path), { create: false, lockWait: 1000 });
});

afterEach(async () => {
  await repository.close();
  folder.close();
});

const versions = async (topic: string): Promise<number[]> => (await readAll(repository, topic)).events.map(({ version }) => version);
const damagedIn = async (topic: string): Promise<string[]> =>
  (await readAll(repository, topic)).damaged.map(({ version, code }) => `${version} ${code}`);

/** Looks at everything, then says what was found at one place. */
async function problemsAt(path: string): Promise<string[]> {
  for (const { name } of await repository.listTopics(null, 1000)) await readAll(repository, name);
  const place = path.replace(/^store\//, '').replace(/\/$/, '');
  return (await repository.problems()).filter((problem) => problem.path === place).map(({ code }) => code);
}

/** What each kind of damage is called here, where it is a thing to report at its own path. */
const REPORTED: Readonly<Record<string, string>> = {
  'leftover-tmp-complete': 'leftover-temp-file',
  'leftover-tmp-partial': 'leftover-temp-file',
  'leftover-tmp-config': 'leftover-temp-file',
  'truncated-json': 'invalid-json',
  'zero-length': 'empty-file',
  'nul-filled': 'nul-filled',
  'truncated-last-byte': 'invalid-json',
  gap: 'gap',
  'broken-config-json': 'broken-config',
  'stray-file': 'stray-file',
  'directory-named-like-event': 'folder-named-like-event',
  'config-removed': 'missing-config',
  'version-mismatch': 'version-mismatch',
  'topic-mismatch': 'topic-mismatch',
  'duplicate-version': 'duplicate-version',
  'name-without-v': 'name-without-v',
  'utf8-bom': 'utf8-bom',
  'trailing-garbage': 'invalid-json',
  'json-null': 'not-an-object',
  'json-array': 'not-an-object',
  'wrong-type': 'wrong-type',
  'invalid-utf8': 'invalid-utf8',
  'duplicate-key': 'duplicate-member',
  'fractional-version': 'wrong-type',
  'topic-directory-missing': 'missing-folder',
};

/** Kinds that only the configuration history can judge, that are no damage to a reader, or that nobody can see. */
const NOT_REPORTED_AT_THEIR_PATH = new Set(['orphan-directory', 'config-without-history', 'proto-key', 'all-events-missing']);

describe('the damaged store of the Go original', () => {
  it('has 34 damages, and each has its law here', () => {
    expect(manifest.damage).toHaveLength(34);
    for (const { kind } of manifest.damage) expect(kind in REPORTED || NOT_REPORTED_AT_THEIR_PATH.has(kind), kind).toBe(true);
  });

  it.each(manifest.damage.filter(({ kind }) => kind in REPORTED))('$path is reported once ($kind)', async ({ path, kind }) => {
    expect(await problemsAt(path)).toEqual([REPORTED[kind]]);
  });

  it('reports nothing that is not in the manifest', async () => {
    const known = new Set(manifest.damage.map(({ path }) => path.replace(/^store\//, '').replace(/\/$/, '')));
    // Told from the other side: the orphan lacks its config, the ghost its folder.
    known.add('configs/orphan.json').add('events/ghost');
    for (const { name } of await repository.listTopics(null, 1000)) await readAll(repository, name);
    const problems = await repository.problems();
    expect(problems.filter(({ path }) => !known.has(path ?? ''))).toEqual([]);
    expect(new Set(problems.map(({ code, path, version }) => `${code} ${path} ${version}`)).size).toBe(problems.length);
    expect(problems.every(({ reason }) => /^[A-Z].*\.$/.test(reason))).toBe(true);
  });

  it('does not count a temporary file as an event, nor let it block the next append', async () => {
    expect(await versions('tmpfile')).toEqual([1, 2, 3, 4, 5]);
    expect(await repository.append('tmpfile', batchOf(1, 'next'), 5)).toMatchObject({ first: 6, last: 6 });
    expect(await versions('tmpfile')).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('gives every healthy event beside damaged ones, and never writes over the newest damaged one', async () => {
    expect(await versions('truncated')).toEqual([1, 2, 4, 6]);
    expect(await damagedIn('truncated')).toEqual(['3 invalid-json', '5 empty-file', '7 nul-filled', '8 invalid-json']);
    expect(await repository.latestVersion('truncated')).toBe(8);
    const cut = readFileSync(join(folder.path, 'store/events/truncated/v0000000008.json'));
    expect(await repository.append('truncated', batchOf(1, 'next'), 8)).toMatchObject({ first: 9, last: 9 });
    expect(readFileSync(join(folder.path, 'store/events/truncated/v0000000008.json'))).toEqual(cut);
  });

  it('gives events around a gap under their own versions', async () => {
    expect(await versions('gapped')).toEqual([1, 2, 5, 6, 7, 8]);
    const gap = (await repository.problems()).find(({ code }) => code === 'gap');
    expect(gap).toMatchObject({ topic: 'gapped', version: 3, reason: 'Versions 3 to 4 are missing.' });
  });

  it('keeps events readable whose config is broken or gone', async () => {
    expect(await versions('brokenconfig')).toEqual([1, 2, 3, 4]);
    expect(await versions('noconfig')).toEqual([1, 2, 3]);
    expect(await repository.findTopic('brokenconfig')).toEqual({ name: 'brokenconfig', config: null, hasData: true });
    await repository.writeTopicConfig(topicConfig('brokenconfig'));
    expect((await repository.findTopic('brokenconfig'))?.config).toEqual(topicConfig('brokenconfig'));
    expect(await problemsAt('configs/brokenconfig.json')).toEqual([]);
  });

  it('takes no stray file and no folder for an event', async () => {
    expect(await versions('stray')).toEqual([1, 2, 3]);
    expect(await repository.latestVersion('stray')).toBe(3);
    expect(await codeOf(repository.append('stray', batchOf(6, 'blocked'), null))).toBe('DAMAGED_EVENT');
    expect(await repository.append('stray', batchOf(5, 'free'), 3)).toMatchObject({ first: 4, last: 8 });
  });

  it('keeps an orphan and refuses to make a topic over it silently', async () => {
    expect(await versions('orphan')).toEqual([1, 2]);
    expect(await codeOf(repository.createTopic(topicConfig('orphan'), 'refuse', '1'))).toBe('LEFTOVER_DATA');
    expect(await codeOf(repository.createTopic(topicConfig('ghost'), 'refuse', '1'))).toBe('LEFTOVER_DATA');
    expect(await versions('orphan')).toEqual([1, 2]);
  });

  it('puts an event under the version of its name, in the order of the names', async () => {
    const { events } = await readAll(repository, 'mismatch');
    expect(events.map(({ version, id, topic }) => `${version} ${id} ${topic}`)).toEqual([
      '1 mismatch-1 mismatch',
      '2 mismatch-2 mismatch',
      '3 mismatch-3 mismatch',
      '4 mismatch-4 mismatch',
      '5 mismatch-5 mismatch',
      '6 mismatch-6-nov mismatch',
    ]);
  });

  it('reads a byte order mark, doubled members and hostile keys, and pollutes nothing', async () => {
    const { events } = await readAll(repository, 'badcontent');
    expect(events.map(({ version }) => version)).toEqual([1, 7, 8, 10]);
    expect(events[1]?.type).toBe('F');
    expect(events[2]?.data).toContain('{"__proto__":{"polluted":true},"i":8');
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
    expect(await damagedIn('badcontent')).toEqual([
      '2 invalid-json',
      '3 not-an-object',
      '4 not-an-object',
      '5 wrong-type',
      '6 invalid-utf8',
      '9 wrong-type',
    ]);
  });

  it('reads a topic whose folder is gone as empty, and takes no append until it is started again', async () => {
    expect(await repository.findTopic('nodir')).toMatchObject({ hasData: false });
    expect(await repository.latestVersion('nodir')).toBe(0);
    expect(await versions('nodir')).toEqual([]);
    expect(await codeOf(repository.append('nodir', batchOf(1, 'x'), null))).toBe('TOPIC_NOT_FOUND');
    expect(existsSync(join(folder.path, 'store/events/nodir'))).toBe(false);
    await repository.createTopic(topicConfig('nodir'), 'adopt', '1');
    expect(await repository.append('nodir', batchOf(1, 'x'), 0)).toMatchObject({ first: 1 });
  });

  it('tells health how many problems it met, and never rewrites what is damaged', async () => {
    const before = treeSnapshot(folder.path);
    for (const { name } of await repository.listTopics(null, 1000)) await readAll(repository, name);
    expect(await repository.health()).toMatchObject({ status: 'degraded', state: 'ready', topicCount: 13 });
    await repository.close();
    expect(treeSnapshot(folder.path)).toEqual(before);
  });
});
