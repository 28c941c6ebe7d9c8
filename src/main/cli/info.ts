import { isEventStoreError } from '../../shared/model/errors.ts';
import type { Problem } from '../../shared/model/problem.ts';
import type { EventStore, TopicCount } from '../eventstore/event-store.ts';
import { STORE_OPTIONS, type Command } from './command.ts';
import { withStore } from './open-store.ts';
import { printJson } from './print-json.ts';
import { shownTopic } from './topic-options.ts';

/** One JSON object about the whole store. Every event is looked at, so damage is met and listed. */
export const info: Command = {
  summary: 'print what a store holds, its health and its problems, as one JSON object',
  positionals: ['PATH'],
  options: STORE_OPTIONS,
  run: (context) =>
    withStore(context, async ({ store, location }) => {
      const topics = [];
      const met: Problem[] = [];
      for (const topic of await store.listTopics()) {
        const count = await countOf(store, topic.name);
        for (const { version, code, reason, place } of count?.damaged ?? []) {
          met.push({ code, reason, version, topic: topic.name, path: inStore(topic.connection, place) });
        }
        topics.push({ ...shownTopic(topic), latestVersion: count?.latestVersion ?? null, events: count?.events ?? null });
      }
      const health = await store.health();
      const problems = withMet(await store.problems(), met);
      await context.out.line(printJson({ configStream: location.configStream, topics, health, problems }));
    }),
};

/** Null where the repository cannot be opened or read: then it stands among the problems. */
async function countOf(store: EventStore, name: string): Promise<TopicCount | null> {
  try {
    return await store.countEvents(name);
  } catch (error) {
    if (isEventStoreError(error)) return null;
    throw error;
  }
}

/** A repository keeps a bounded list of what it met; what that list lost is added. */
function withMet(listed: readonly Problem[], met: readonly Problem[]): readonly Problem[] {
  const key = ({ code, topic, version }: Problem): string => JSON.stringify([code, topic, version]);
  const known = new Set(listed.map(key));
  return [...listed, ...met.filter((problem) => !known.has(key(problem)))];
}

function inStore(connection: string, place: string): string {
  return connection === '.' || connection === '' ? place : `${connection.replace(/\/$/, '')}/${place}`;
}
