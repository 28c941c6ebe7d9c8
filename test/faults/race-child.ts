import { isEventStoreError } from '../../src/shared/model/errors.ts';
import { parseJsonText } from '../../src/shared/model/json-text.ts';
import { openStoreOnDisk, type DiskAdapter } from './store-on-disk.ts';

/** One of two racing processes: prints a JSON line for everything that was acknowledged or refused. */

const [adapter = '', base = '', role = '', who = '', rounds = ''] = process.argv.slice(2);
const store = await openStoreOnDisk(adapter as DiskAdapter, base);
const say = (what: object): void => void process.stdout.write(`${JSON.stringify(what)}\n`);
const refusal = (error: unknown): string => (isEventStoreError(error) ? error.code : String(error));

say({ ready: who });
await new Promise((go) => process.stdin.once('data', go));
process.stdin.destroy();

const event = (round: number): { type: string; data: ReturnType<typeof parseJsonText> } => ({
  type: 'E',
  data: parseJsonText(JSON.stringify({ who, round })),
});

const roles: Record<string, () => Promise<void>> = {
  /** Both believe the same version; the loser looks again. */
  append: async () => {
    for (let round = 0; round < Number(rounds); round++) {
      const expectedVersion = await store.getLatestVersion('race');
      try {
        const { last } = await store.appendEvents('race', [event(round)], { expectedVersion });
        say({ ok: last, expectedVersion });
      } catch (error) {
        say({ refused: refusal(error), expectedVersion });
      }
    }
  },
  create: async () => {
    for (let round = 0; round < Number(rounds); round++) {
      await store.createTopic({ name: `${who}-${round}` });
      say({ created: `${who}-${round}` });
    }
  },
  list: async () => {
    for (let round = 0; round < Number(rounds); round++) say({ listed: (await store.listTopics()).map(({ name }) => name) });
  },
  /** Appends until the topic is gone. */
  appendUntilGone: async () => {
    for (let round = 0; ; round++) {
      try {
        const { last } = await store.appendEvents('race', [event(round)]);
        say({ ok: last });
      } catch (error) {
        say({ refused: refusal(error) });
        return;
      }
    }
  },
  delete: async () => {
    const { entry } = await store.deleteTopic('race');
    say({ deleted: entry });
  },
};

await roles[role]?.();
await store.close();
