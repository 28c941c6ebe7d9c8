import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { diskWrites, type DiskWrites } from '../../../src/main/adapters/filesystem/disk.ts';
import { encodeIntent, intentFileName } from '../../../src/main/adapters/filesystem/intent-file.ts';
import type { EventRepository, PreparedEvent } from '../../../src/main/eventstore/ports/event-repository.ts';
import { encodeEvent, MAX_VERSION } from '../../../src/shared/model/event.ts';
import { scannedVersions } from '../../contract/observations.ts';
import { batchOf, codeOf, openFolderBench, readAll, topicConfig, type FolderBench } from './folder-bench.ts';

let bench: FolderBench;
let repository: EventRepository;

beforeEach(async () => {
  bench = openFolderBench();
  repository = await bench.open();
  await repository.createTopic(topicConfig('t'), 'refuse', '1');
});
afterEach(() => bench.close());

const ids = async (from = repository): Promise<string[]> => (await readAll(from, 't')).events.map(({ id }) => id);
const eventPath = (version: number): string => join(bench.store, 'events/t', `v${String(version).padStart(10, '0')}.json`);
const texts = (batch: readonly PreparedEvent[], first: number): string[] =>
  batch.map(({ id, type, data, metadata, timestamp }, index) =>
    encodeEvent({ id, topic: 't', type, data, metadata, timestamp, version: first + index }),
  );

/** An intent as a process leaves it that was killed after its commit point. */
function leaveIntent(batch: readonly PreparedEvent[], first: number): void {
  mkdirSync(join(bench.store, 'intents'), { recursive: true });
  const last = first + batch.length - 1;
  const intent = encodeIntent({ topic: 't', first, last, events: texts(batch, first) });
  writeFileSync(join(bench.store, 'intents', intentFileName('t', first, last)), intent);
}

/** The disk, with `before` called before every step. */
function watched(before: (step: keyof DiskWrites, path: string) => void): DiskWrites {
  const seen =
    <A extends unknown[], R>(step: keyof DiskWrites, run: (...args: A) => R) =>
    (...args: A): R => {
      before(step, String(args[0]));
      return run(...args);
    };
  return {
    makeFolder: seen('makeFolder', diskWrites.makeFolder),
    createFile: seen('createFile', diskWrites.createFile),
    rename: seen('rename', diskWrites.rename),
    remove: seen('remove', diskWrites.remove),
    removeFolder: seen('removeFolder', diskWrites.removeFolder),
    syncFile: seen('syncFile', diskWrites.syncFile),
    syncFiles: seen('syncFiles', diskWrites.syncFiles),
    syncFolder: seen('syncFolder', diskWrites.syncFolder),
  };
}

const failing = (code: string): never => {
  throw Object.assign(new Error(`${code}: made up by a test`), { code });
};

describe('the steps of an append', () => {
  it('makes the intent last before the first event file, and the files last before the intent goes', async () => {
    await repository.close();
    const steps: string[] = [];
    const other = await bench.open({
      writes: watched((step, path) => steps.push(`${step} ${basename(path).replace(/^[0-9a-f]{16}/, 'hash')}`)),
    });
    await other.append('t', batchOf(2, 'a'), 0);
    const acknowledged = steps.length;
    await other.close();
    expect(steps.slice(0, acknowledged)).toEqual([
      'makeFolder intents',
      'syncFolder store',
      'remove hash-1-2.json.tmp',
      'createFile hash-1-2.json.tmp',
      'rename hash-1-2.json.tmp',
      'syncFolder intents',
      'createFile v0000000001.json',
      'createFile v0000000002.json',
    ]);
    expect(steps.slice(acknowledged)).toEqual(['syncFiles t', 'syncFolder t', 'remove hash-1-2.json', 'syncFolder intents']);
    expect(bench.names('intents')).toEqual([]);
  });

  it('writes event files and configs byte for byte as the Go original does', async () => {
    await repository.append('t', [{ ...batchOf(1, 'a')[0]!, id: '<a&b>\u2028', type: 'Ünïcode\u007f' }], 0);
    expect(readFileSync(eventPath(1), 'utf8')).toBe(
      '{"id":"\\u003ca\\u0026b\\u003e\\u2028","topic":"t","type":"Ünïcode\u007f","data":{"n":1,"exact":9007199254740993},"metadata":null,"timestamp":1717171717171717171,"version":1}',
    );
    await repository.writeTopicConfig({ ...topicConfig('t'), options: { zebra: '<1>', Alpha: '2' } });
    expect(bench.read('configs/t.json')).toBe(
      '{"name":"t","adapter":"fs","connection":"store","options":{"Alpha":"2","zebra":"\\u003c1\\u003e"}}',
    );
  });

  it('bounds the intents it leaves open, and leaves none after close', async () => {
    for (let n = 0; n < 200; n++) {
      await repository.append('t', batchOf(1, `e${n}`, false), n);
      expect(bench.names('intents').length).toBeLessThanOrEqual(64);
    }
    await repository.close();
    expect(bench.names('intents')).toEqual([]);
    expect(await ids(await bench.open())).toHaveLength(200);
  });
});

describe('a failed write leaves nothing of the batch and does not harm the next append', () => {
  it.each([
    ['ENOSPC', 'STORAGE_FULL'],
    ['EDQUOT', 'STORAGE_FULL'],
    ['EIO', 'STORAGE_UNAVAILABLE'],
    ['EROFS', 'READ_ONLY'],
    ['EACCES', 'READ_ONLY'],
    ['EMFILE', 'STORAGE_UNAVAILABLE'],
    ['EINVAL', 'REPOSITORY_FAILED'],
  ])('%s at any step is %s', async (errno, code) => {
    await repository.append('t', batchOf(2, 'before'), 0);
    await repository.close();
    for (let at = 1; ; at++) {
      let step = 0;
      const writes = watched((kind) => {
        // Withdrawing must be possible here; what happens when it is not is the law of the crash tests.
        if (kind !== 'remove' && ++step === at) failing(errno);
      });
      const broken = await bench.open({ writes });
      const appended = broken.append('t', batchOf(3, 'batch'), 2);
      const settled = await appended.then(
        () => null,
        (error: unknown) => (error as { code: string }).code,
      );
      if (settled === null) {
        expect(at).toBeGreaterThan(5);
        expect(await ids(broken)).toHaveLength(5);
        break;
      }
      expect(settled, `step ${at}`).toBe(code);
      expect(await ids(broken), `step ${at}`).toEqual(['before-1', 'before-2']);
      expect(bench.names('events/t'), `step ${at}`).toHaveLength(2);
      expect(bench.names('intents'), `step ${at}`).toEqual([]);
      expect(await broken.append('t', batchOf(3, 'batch'), 2), `step ${at}`).toMatchObject({ first: 3, last: 5 });
      await broken.close();
      for (const version of [3, 4, 5]) rmSync(eventPath(version));
    }
  });
});

describe('another reader, between any two steps of a writer', () => {
  /** What a reader of its own sees before every step that `act` makes; a read looks at the disk in the moment it is called. */
  async function seenDuring(
    writesOf: (look: (step: keyof DiskWrites, path: string) => void) => DiskWrites,
    act: (writer: EventRepository) => Promise<unknown>,
  ) {
    const reader = await bench.open({ create: false });
    const looks: Promise<string>[] = [];
    const look = (): void => {
      looks.push(
        Promise.all([reader.read('t', { direction: 'forward', cursor: 0, limit: 100 }), reader.latestVersion('t')]).then(
          ([{ events, damaged }, latest]) => `${events.map(({ id }) => id).join()} ${damaged.length} ${latest}`,
        ),
      );
    };
    const writer = await bench.open({ writes: writesOf(look) });
    await act(writer);
    await writer.close();
    look();
    return [...new Set(await Promise.all(looks))];
  }
  const before = 'a-1,a-2 0 2';
  const after = 'a-1,a-2,b-1,b-2,b-3 0 5';

  beforeEach(async () => {
    await repository.append('t', batchOf(2, 'a'), 0);
    await repository.close();
  });

  it('sees an append all at once', async () => {
    expect(await seenDuring(watched, (writer) => writer.append('t', batchOf(3, 'b'), 2))).toEqual([before, after]);
  });

  it('sees a batch that is taken back disappear all at once', async () => {
    const writesOf = (look: (step: keyof DiskWrites, path: string) => void): DiskWrites =>
      watched((step, path) => {
        look(step, path);
        if (step === 'createFile' && path === eventPath(5)) failing('ENOSPC');
      });
    const seen = await seenDuring(writesOf, (writer) => codeOf(writer.append('t', batchOf(3, 'b'), 2)));
    expect(seen).toEqual([before, after]);
    expect(bench.names('intents')).toEqual([]);
    expect(bench.names('events/t')).toHaveLength(2);
  });

  it('sees a batch of a crashed writer whole while it is settled', async () => {
    leaveIntent(batchOf(3, 'b'), 3);
    writeFileSync(eventPath(3), texts(batchOf(3, 'b'), 3)[0]!.slice(0, 9));
    const seen = await seenDuring(watched, (writer) => writer.append('t', batchOf(1, 'c'), 5));
    expect(seen).toEqual([after, 'a-1,a-2,b-1,b-2,b-3,c-1 0 6']);
  });
});

describe('programs without our lock', () => {
  it('numbers that appeared since the last look are simply the new latest', async () => {
    await repository.append('t', batchOf(2, 'a'), 0);
    writeFileSync(eventPath(3), texts(batchOf(1, 'go'), 3)[0]!);
    expect(await repository.latestVersion('t')).toBe(3);
    writeFileSync(eventPath(9), texts(batchOf(1, 'far'), 9)[0]!);
    expect(await codeOf(repository.append('t', batchOf(1, 'b'), 3))).toBe('VERSION_CONFLICT');
    expect(await repository.append('t', batchOf(1, 'b'), 9)).toMatchObject({ first: 10 });
    expect((await readAll(repository, 't')).events.map(({ version }) => version)).toEqual([1, 2, 3, 9, 10]);
  });

  it('a file that appears during our write wins, and our batch is put aside whole', async () => {
    await repository.append('t', batchOf(2, 'a'), 0);
    await repository.close();
    const foreign = texts(batchOf(1, 'go'), 4)[0]!;
    const writes = watched((step, path) => {
      if (step === 'createFile' && path === eventPath(4)) writeFileSync(path, foreign);
    });
    const other = await bench.open({ writes });
    expect(await codeOf(other.append('t', batchOf(3, 'b'), 2))).toBe('EXTERNAL_WRITER');
    expect(readFileSync(eventPath(4), 'utf8')).toBe(foreign);
    expect(await ids(other)).toEqual(['a-1', 'a-2', 'go-1']);
    expect(bench.names('intents')).toEqual([]);
    const [aside] = bench.names('quarantine');
    expect(bench.names(`quarantine/${aside}`)).toEqual([intentFileName('t', 3, 5), 'v0000000003.json']);
    expect((await other.problems()).filter(({ code }) => code === 'quarantined-batch')).toHaveLength(1);
    const next = await bench.open();
    expect((await next.problems()).filter(({ code }) => code === 'quarantined-batch')).toHaveLength(1);
    expect(await next.append('t', batchOf(1, 'c'), 4)).toMatchObject({ first: 5 });
  });

  it('an event of ours that was replaced is reported', async () => {
    await repository.append('t', batchOf(3, 'a'), 0);
    const other = `${eventPath(2)}.new`;
    writeFileSync(other, texts(batchOf(1, 'go'), 2)[0]!);
    renameSync(other, eventPath(2));
    await readAll(repository, 't');
    expect((await repository.problems()).map(({ code, version }) => [code, version])).toContainEqual(['overwritten', 2]);
  });

  it('an id that was replaced behind our back can be appended again', async () => {
    await repository.append('t', batchOf(1, 'a'), 0);
    expect(await repository.append('t', batchOf(1, 'a'), 0)).toMatchObject({ first: 1, replayed: true });
    const other = `${eventPath(1)}.new`;
    writeFileSync(other, texts(batchOf(1, 'go'), 1)[0]!);
    renameSync(other, eventPath(1));
    expect(await repository.append('t', batchOf(1, 'a'), 1)).toMatchObject({ first: 2, replayed: false });
  });

  it.each(['folder', 'link'])('a %s in the place of the next event refuses the whole batch and is named', async (kind) => {
    await repository.append('t', batchOf(1, 'a'), 0);
    if (kind === 'folder') mkdirSync(eventPath(3));
    else symlinkSync(join(bench.root, 'nowhere'), eventPath(3));
    await expect(repository.append('t', batchOf(2, 'b'), 1)).rejects.toMatchObject({
      code: 'DAMAGED_EVENT',
      details: { place: 'events/t/v0000000003.json' },
    });
    expect(await ids()).toEqual(['a-1']);
    expect(bench.names('intents')).toHaveLength(1);
  });

  it('a version that JavaScript cannot count makes the topic read-only, with a problem', async () => {
    await repository.append('t', batchOf(1, 'a'), 0);
    writeFileSync(join(bench.store, 'events/t', `v${MAX_VERSION + 1}.json`), '{}');
    expect(await codeOf(repository.append('t', batchOf(1, 'b'), null))).toBe('READ_ONLY');
    expect(await ids()).toEqual(['a-1']);
    expect((await repository.problems()).map(({ code }) => code)).toContain('version-too-large');
  });

  it('the highest version that can be is written, and none after it', async () => {
    writeFileSync(eventPath(MAX_VERSION - 1), texts(batchOf(1, 'high'), MAX_VERSION - 1)[0]!);
    expect(await codeOf(repository.append('t', batchOf(2, 'b'), null))).toBe('READ_ONLY');
    expect(await repository.append('t', batchOf(1, 'b'), MAX_VERSION - 1)).toMatchObject({ first: MAX_VERSION });
  });
});

describe('a batch that a crash left in an intent', () => {
  it('is read whole from the intent, whatever its files hold', async () => {
    leaveIntent(batchOf(3, 'batch'), 1);
    const [one = '', two = ''] = texts(batchOf(3, 'batch'), 1);
    writeFileSync(eventPath(1), one);
    writeFileSync(eventPath(2), two.slice(0, 10));
    const reader = await bench.open();
    expect((await readAll(reader, 't')).damaged).toEqual([]);
    expect(await ids(reader)).toEqual(['batch-1', 'batch-2', 'batch-3']);
    expect(await reader.latestVersion('t')).toBe(3);
    expect(await scannedVersions(reader, 't')).toEqual([1, 2, 3]);
    expect(await scannedVersions(reader, 't', 0, 'batch-2')).toEqual([2]);
    // Reading settles nothing.
    expect(bench.names('events/t')).toHaveLength(2);
  });

  it.each([
    ['is missing', null],
    ['is empty', () => ''],
    ['holds only NULs', (text: string) => '\0'.repeat(text.length)],
    ['was cut short', (text: string) => text.slice(0, -1)],
    ['is whole', (text: string) => text],
  ])('is completed at the next write where a file %s', async (_name, content) => {
    leaveIntent(batchOf(3, 'batch'), 1);
    const [one = '', two = ''] = texts(batchOf(3, 'batch'), 1);
    writeFileSync(eventPath(1), one);
    if (content) writeFileSync(eventPath(2), content(two));
    const writer = await bench.open();
    expect(await writer.append('t', batchOf(1, 'next'), 3)).toMatchObject({ first: 4 });
    await writer.close();
    expect(readFileSync(eventPath(2), 'utf8')).toBe(two);
    expect(bench.names('intents')).toEqual([]);
    expect(await ids(await bench.open())).toEqual(['batch-1', 'batch-2', 'batch-3', 'next-1']);
  });

  it('goes to quarantine where another program wrote in its place, and what that wrote stays', async () => {
    leaveIntent(batchOf(3, 'batch'), 1);
    const foreign = texts(batchOf(1, 'go'), 2)[0]!;
    writeFileSync(eventPath(1), texts(batchOf(3, 'batch'), 1)[0]!);
    writeFileSync(eventPath(2), foreign);
    const writer = await bench.open();
    expect(await writer.append('t', batchOf(1, 'next'), null)).toMatchObject({ first: 3 });
    expect(readFileSync(eventPath(2), 'utf8')).toBe(foreign);
    expect(await ids(writer)).toEqual(['go-1', 'next-1']);
    expect((await writer.problems()).map(({ code }) => code).sort()).toEqual(['gap', 'quarantined-batch']);
  });

  it('of another process is settled by one that was writing before, at its next write', async () => {
    await repository.append('t', batchOf(1, 'a'), 0);
    leaveIntent(batchOf(2, 'late'), 2);
    expect(await repository.append('t', batchOf(1, 'b'), 3)).toMatchObject({ first: 4 });
    expect(bench.names('events/t')).toHaveLength(4);
    expect(bench.names('intents')).not.toContain(intentFileName('t', 2, 3));
    expect(await ids()).toEqual(['a-1', 'late-1', 'late-2', 'b-1']);
  });

  it('never ends up in a topic that was made anew', async () => {
    await repository.append('t', batchOf(1, 'old'), 0);
    leaveIntent(batchOf(2, 'late'), 2);
    const next = await bench.open();
    await next.trashTopic('t', '5');
    await next.createTopic(topicConfig('t'), 'refuse', '6');
    expect(await next.append('t', batchOf(1, 'new'), 0)).toMatchObject({ first: 1 });
    expect(await ids(next)).toEqual(['new-1']);
    expect(await next.listTrash(null, 10)).toMatchObject([{ entry: '5', latestVersion: 3 }]);
  });

  it('goes to quarantine when it cannot be read or its topic is gone', async () => {
    leaveIntent(batchOf(2, 'late'), 1);
    const name = intentFileName('t', 1, 2);
    const path = join(bench.store, 'intents', name);
    writeFileSync(path, readFileSync(path, 'utf8').replace('late-1', 'lete-1'));
    const writer = await bench.open();
    expect(await ids(writer)).toEqual([]);
    expect((await writer.problems()).map(({ code }) => code)).toContain('damaged-intent');
    expect(await writer.append('t', batchOf(1, 'next'), 0)).toMatchObject({ first: 1 });
    expect((await writer.problems()).map(({ code }) => code)).toEqual(['quarantined-batch']);
    await writer.close();
    leaveIntent(batchOf(2, 'late'), 2);
    rmSync(join(bench.store, 'events/t'), { recursive: true });
    const later = await bench.open();
    await later.createTopic(topicConfig('t'), 'adopt', '9');
    expect(await later.latestVersion('t')).toBe(0);
    expect(bench.names('quarantine')).toHaveLength(2);
  });
});

describe('what is remembered of a topic', () => {
  it('notices a file in a folder whose times stand still', async () => {
    await repository.append('t', batchOf(1, 'a'), 0);
    const token = await repository.changeToken('t');
    writeFileSync(eventPath(2), texts(batchOf(1, 'go'), 2)[0]!);
    utimesSync(join(bench.store, 'events/t'), 1, 1);
    expect(await repository.latestVersion('t')).toBe(2);
    expect(await repository.changeToken('t')).not.toBe(token);
  });

  it('starts anew with a topic that another process made anew', async () => {
    await repository.append('t', batchOf(3, 'a'), 0);
    const other = await bench.open();
    await other.trashTopic('t', '1');
    await other.createTopic(topicConfig('t'), 'refuse', '2');
    expect(await repository.latestVersion('t')).toBe(0);
    expect(await repository.append('t', batchOf(2, 'a'), 0)).toMatchObject({ first: 1, replayed: false });
    expect(existsSync(join(bench.store, 'trash/1/events/t'))).toBe(true);
  });
});
