import type { TopicRow } from '../../../shared/ipc/contract/topics.ts';
import { errorFacts, EventStoreError } from '../../../shared/model/errors.ts';
import type { Topic } from '../../../shared/model/topic-config.ts';
import type { EventStore } from '../../eventstore/event-store.ts';
import type { AreaHandlers } from '../handlers.ts';
import type { Workspace } from '../workspace.ts';

/** UTF-16 units of one answer; two bytes each at worst keep it under 256 KiB. */
const PAGE_CHARS = 110 * 1024;

export const topicsHandlers: AreaHandlers<'topics'> = {
  'topics.list': async ({ after, limit }, { workspace }) => {
    const store = workspace.store();
    const names = [...(await store.listTopics()), ...reservedTopic(workspace)].sort(byName);
    const rest = after === null ? names : names.filter(({ name }) => name > after);
    const page = fitting(rest.slice(0, limit));
    const topics = await Promise.all(page.map((topic) => topicRow(store, topic, workspace.info()?.configTopic ?? null)));
    return { topics, next: page.length < rest.length ? (page.at(-1)?.name ?? null) : null };
  },

  'topics.count': async ({ topic }, { workspace, signal }) => {
    const { events, latestVersion, damaged } = await workspace.store().countEvents(topic, signal);
    return { events, latestVersion, damaged: damaged.length };
  },

  'topics.create': async ({ name, adapter, connection, options }, { workspace }) => {
    const store = workspace.store();
    const topic = await store.createTopic({ name, adapter, connection, options });
    workspace.window.push('catalogue.changed', {});
    return topicRow(store, topic, null);
  },
};

/** The configuration topic as a row of the list: it is readable like any other. */
function reservedTopic(workspace: Workspace): readonly Topic[] {
  const name = workspace.info()?.configTopic ?? null;
  if (name === null) return [];
  const stream = workspace.store().configStream;
  return [{ name, adapter: stream.adapter, connection: stream.connection, options: stream.options, incarnation: 0 }];
}

async function topicRow(store: EventStore, topic: Topic, configTopic: string | null): Promise<TopicRow> {
  const row = { ...topic, reserved: topic.name === configTopic };
  try {
    return { ...row, latestVersion: await store.getLatestVersion(topic.name), trouble: null };
  } catch (error) {
    if (error instanceof EventStoreError && error.code === 'REPOSITORY_CLOSED') throw error;
    return { ...row, latestVersion: null, trouble: errorFacts(error).message };
  }
}

function byName(a: Topic, b: Topic): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}

/** As many as one message may hold, at least one. */
function fitting(topics: readonly Topic[]): readonly Topic[] {
  let chars = 0;
  const tooFar = topics.findIndex((topic, index) => {
    chars += 400 + topic.name.length + topic.connection.length;
    for (const [key, text] of Object.entries(topic.options)) chars += key.length + text.length + 16;
    return chars > PAGE_CHARS && index > 0;
  });
  return tooFar === -1 ? topics : topics.slice(0, tooFar);
}
