import type { EventRepository } from '../../../src/main/eventstore/ports/event-repository.ts';
import { allOf, mistake, type BrokenRepository } from './broken-repository.ts';

const find = async (right: EventRepository, topic: string, fits: (id: string, version: number) => boolean): Promise<number> =>
  (await allOf(right, topic)).find(({ id, version }) => fits(id, version))?.version ?? 0;

export const BROKEN_IDS: readonly BrokenRepository[] = [
  mistake(
    'finds ids without their case',
    (right) => ({
      async versionOfId(topic, wanted, after) {
        await right.latestVersion(topic);
        return find(right, topic, (id, version) => id.toLowerCase() === wanted.toLowerCase() && version > after);
      },
    }),
    'an index of ids gives the version of exactly this id',
  ),
  mistake(
    'finds an id at or below the cursor',
    (right) => ({
      async versionOfId(topic, wanted, after) {
        await right.latestVersion(topic);
        return find(right, topic, (id, version) => id === wanted && version >= after);
      },
    }),
    'an index of ids gives the version of exactly this id',
  ),
  mistake(
    'finds ids of all topics',
    (right) => {
      const ids = new Map<string, number>();
      return {
        async append(topic, batch, expectedVersion) {
          const appended = await right.append(topic, batch, expectedVersion);
          if (!appended.replayed) batch.forEach(({ id }, index) => ids.set(id, appended.first + index));
          return appended;
        },
        async versionOfId(topic, id, after) {
          await right.latestVersion(topic);
          const version = ids.get(id) ?? 0;
          return version > after ? version : 0;
        },
      };
    },
    'an index of ids is of one topic',
  ),
  mistake(
    'has no index of ids, though nobody else writes',
    (right) => ({
      async versionOfId(topic) {
        await right.latestVersion(topic);
        return null;
      },
    }),
    'an index of ids gives the version of exactly this id',
  ),
  mistake(
    'has an index of ids where there is no topic',
    (right) => ({ versionOfId: (topic, wanted, after) => find(right, topic, (id, version) => id === wanted && version > after) }),
    'an id in an unknown topic',
  ),
];
