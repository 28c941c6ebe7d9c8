import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DiskWrites } from '../../../src/main/adapters/filesystem/disk.ts';
import type { EventRepository } from '../../../src/main/eventstore/ports/event-repository.ts';
import { batchOf, dyingAt, openFolderBench, readAll, topicConfig, type FolderBench } from './folder-bench.ts';

let bench: FolderBench;

beforeEach(() => {
  bench = openFolderBench();
});
afterEach(() => bench.close());

const ids = async (repository: EventRepository, topic: string): Promise<string[]> =>
  (await readAll(repository, topic)).events.map(({ id }) => id);
const expectedIds = (count: number, prefix: string): string[] => Array.from({ length: count }, (_, index) => `${prefix}-${index + 1}`);

/**
 * Runs `action` on a fresh store that dies at its step 1, 2, 3 … until it gets through, and lets `check` look at what
 * each death left, with the eyes of a new process.
 */
async function atEveryStep(
  share: number | null,
  prepare: (repository: EventRepository) => Promise<void>,
  action: (repository: EventRepository) => Promise<unknown>,
  check: (died: boolean, step: number) => Promise<void>,
): Promise<number> {
  for (let at = 1; ; at++) {
    await bench.close();
    bench = openFolderBench();
    const first = await bench.open();
    await prepare(first);
    await first.close();
    const mortal = dyingAt(at, share);
    const dying = await bench.open({ writes: mortal.writes });
    let died = false;
    await action(dying).catch(() => (died = true));
    // A process that died cleans nothing up: this one is left as it is, and `close` of it cannot write.
    await check(died, at);
    if (!died) return at;
  }
}

describe('an append that dies at any step', () => {
  const prepare = async (repository: EventRepository): Promise<void> => {
    await repository.createTopic(topicConfig('t'), 'refuse', '1');
    await repository.append('t', batchOf(2, 'before'), 0);
  };

  it.each([null, 0, 0.5, 1])('is whole or absent for the next reader and the next writer (share written: %s)', async (share) => {
    const steps = await atEveryStep(
      share,
      prepare,
      (repository) => repository.append('t', batchOf(5, 'batch'), 2),
      async (died, step) => {
        const label = `step ${step}`;
        const reader = await bench.open({ create: false });
        const seen = await readAll(reader, 't');
        expect(seen.damaged, label).toEqual([]);
        const found = seen.events.map(({ id }) => id);
        const whole = [...expectedIds(2, 'before'), ...expectedIds(5, 'batch')];
        expect([whole.slice(0, 2), whole], label).toContainEqual(found);
        if (!died) expect(found, label).toEqual(whole);
        expect(await reader.latestVersion('t'), label).toBe(found.length);
        expect((await reader.count('t', 0)).events, label).toBe(found.length);

        const writer = await bench.open();
        expect(await writer.append('t', batchOf(5, 'batch'), 2), label).toMatchObject({ first: 3, last: 7 });
        expect(await writer.append('t', batchOf(1, 'after'), 7), label).toMatchObject({ first: 8 });
        expect(await ids(writer, 't'), label).toEqual([...whole, 'after-1']);
        await writer.close();
        expect(bench.names('intents'), label).toEqual([]);
        expect(bench.names('quarantine'), label).toEqual([]);
        expect(bench.names('events/t'), label).toHaveLength(8);
      },
    );
    // intents folder and its name, temp, rename, name, five files: fewer steps would mean that one was not counted.
    expect(steps).toBeGreaterThan(9);
  });

  it('is whole or absent, too, when the disk is full and the process dies while taking the batch back', async () => {
    for (let at = 1; at <= 8; at++) {
      await bench.close();
      bench = openFolderBench();
      const first = await bench.open();
      await prepare(first);
      await first.close();
      // The fourth event file finds the disk full; `at` steps later the process dies.
      const mortal = dyingAt(at + 9, null);
      let files = 0;
      const writes: DiskWrites = {
        ...mortal.writes,
        createFile(path, text, sync) {
          mortal.writes.createFile(path, text, sync);
          if (path.includes('events') && ++files === 4) throw Object.assign(new Error('made up'), { code: 'ENOSPC' });
        },
      };
      await (await bench.open({ writes })).append('t', batchOf(5, 'batch'), 2).catch(() => {});
      const found = await ids(await bench.open({ create: false }), 't');
      const whole = [...expectedIds(2, 'before'), ...expectedIds(5, 'batch')];
      expect([whole.slice(0, 2), whole], `step ${at}`).toContainEqual(found);
      const writer = await bench.open();
      await writer.append('t', batchOf(5, 'batch'), null);
      expect(await ids(writer, 't'), `step ${at}`).toEqual(whole);
    }
  });

  it('may be settled by a process that dies at any step of settling, too', async () => {
    const whole = [...expectedIds(2, 'before'), ...expectedIds(5, 'batch')];
    const crash = async (): Promise<void> => {
      await bench.close();
      bench = openFolderBench();
      const first = await bench.open();
      await prepare(first);
      await first.close();
      // Dies in the middle of the third of five event files.
      const mortal = dyingAt(7, 0.5);
      await (await bench.open({ writes: mortal.writes })).append('t', batchOf(5, 'batch'), 2).catch(() => {});
      expect(bench.names('intents')).toHaveLength(1);
      expect(bench.names('events/t').length).toBeGreaterThan(2);
      expect(bench.names('events/t').length).toBeLessThan(7);
    };
    for (let at = 1; ; at++) {
      await crash();
      let died = false;
      const settler = await bench.open({ writes: dyingAt(at, 0.3).writes });
      await settler.append('t', batchOf(1, 'after'), 7).catch(() => (died = true));
      const reader = await bench.open({ create: false });
      expect((await ids(reader, 't')).slice(0, 7), `step ${at}`).toEqual(whole);
      const writer = await bench.open();
      await writer.append('t', batchOf(1, 'after'), 7);
      expect(await ids(writer, 't'), `step ${at}`).toEqual([...whole, 'after-1']);
      if (!died) break;
      expect(at).toBeLessThan(40);
    }
  });
});

describe('a command that dies at any step is finished by a repeat', () => {
  it('createTopic', async () => {
    await atEveryStep(
      0.5,
      async () => {},
      (repository) => repository.createTopic(topicConfig('new'), 'refuse', '1'),
      async (died, step) => {
        const next = await bench.open();
        await next.createTopic(topicConfig('new'), died ? 'adopt' : 'trash', '1');
        expect(await next.findTopic('new'), `step ${step}`).toEqual({ name: 'new', config: topicConfig('new'), hasData: true });
        expect(await next.append('new', batchOf(1, 'a'), 0), `step ${step}`).toMatchObject({ first: 1 });
      },
    );
  });

  it('writeTopicConfig leaves the old config or the new one, never a broken one', async () => {
    const changed = { ...topicConfig('t'), options: { changed: 'yes' } };
    await atEveryStep(
      0.5,
      (repository) => repository.createTopic(topicConfig('t'), 'refuse', '1'),
      (repository) => repository.writeTopicConfig(changed),
      async (_died, step) => {
        const next = await bench.open();
        expect([topicConfig('t'), changed], `step ${step}`).toContainEqual((await next.findTopic('t'))?.config);
        await next.writeTopicConfig(changed);
        expect((await next.findTopic('t'))?.config, `step ${step}`).toEqual(changed);
        expect(bench.names('configs'), `step ${step}`).toEqual(['t.json']);
      },
    );
  });

  const withEvents = async (repository: EventRepository): Promise<void> => {
    await repository.createTopic(topicConfig('t'), 'refuse', '1');
    await repository.append('t', batchOf(3, 'kept'), 0);
  };

  it('trashTopic', async () => {
    await atEveryStep(
      0.5,
      withEvents,
      (repository) => repository.trashTopic('t', '7'),
      async (_died, step) => {
        const next = await bench.open();
        if (await next.findTopic('t')) await next.trashTopic('t', '7');
        expect(await next.findTopic('t'), `step ${step}`).toBeNull();
        expect(await next.listTrash(null, 10), `step ${step}`).toEqual([
          { entry: '7', topic: 't', config: topicConfig('t'), latestVersion: 3 },
        ]);
        await next.restoreTopic('7', 't', topicConfig('t'));
        expect(await ids(next, 't'), `step ${step}`).toEqual(expectedIds(3, 'kept'));
      },
    );
  });

  const trashed = async (repository: EventRepository): Promise<void> => {
    await withEvents(repository);
    await repository.trashTopic('t', '7');
  };

  it.each(['t', 'other'])('restoreTopic as %s', async (name) => {
    await atEveryStep(
      0.5,
      trashed,
      (repository) => repository.restoreTopic('7', 't', topicConfig(name)),
      async (_died, step) => {
        const next = await bench.open();
        const left = await next.listTrash(null, 10);
        if (left.length > 0) await next.restoreTopic('7', 't', topicConfig(name));
        expect(await next.findTopic(name), `step ${step}`).toEqual({ name, config: topicConfig(name), hasData: true });
        expect(await ids(next, name), `step ${step}`).toEqual(expectedIds(3, 'kept'));
        expect(
          (await readAll(next, name)).events.map(({ topic }) => topic),
          `step ${step}`,
        ).toEqual([name, name, name]);
        expect(await next.listTrash(null, 10), `step ${step}`).toEqual([]);
        expect(
          (await next.problems()).map(({ code }) => code),
          `step ${step}`,
        ).toEqual([]);
      },
    );
  });

  it('restoreTopic under a second name after the first was cut short', async () => {
    await atEveryStep(
      0.5,
      trashed,
      (repository) => repository.restoreTopic('7', 't', topicConfig('first')),
      async (died, step) => {
        const next = await bench.open();
        if (!died || (await next.findTopic('first'))) return;
        await next.restoreTopic('7', 't', topicConfig('second'));
        expect(
          (await readAll(next, 'second')).events.map(({ topic }) => topic),
          `step ${step}`,
        ).toEqual(['second', 'second', 'second']);
        expect(
          (await next.problems()).map(({ code }) => code),
          `step ${step}`,
        ).toEqual([]);
      },
    );
  });

  it('purgeTopic never leaves half a topic that could be restored', async () => {
    await atEveryStep(
      0.5,
      trashed,
      (repository) => repository.purgeTopic('7', 't'),
      async (_died, step) => {
        const next = await bench.open();
        const left = await next.listTrash(null, 10);
        for (const { latestVersion } of left) expect([0, 3], `step ${step}`).toContain(latestVersion);
        if (left.length > 0) await next.purgeTopic('7', 't');
        expect(await next.listTrash(null, 10), `step ${step}`).toEqual([]);
      },
    );
  });
});
