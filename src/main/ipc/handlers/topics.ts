import { EVENT_CHARS, type TopicCheckAnswer, type SentTopic, type TopicState, type TrashRow } from '../../../shared/ipc/contract/topics.ts';
import { errorFacts, isEventStoreError } from '../../../shared/model/errors.ts';
import { topicOptions, type Topic } from '../../../shared/model/topic-config.ts';
import type { EventStore, TrashedTopicAt } from '../../eventstore/event-store.ts';
import type { TopicCheck } from '../../eventstore/queries/check-topic.ts';
import { textPart } from '../../../shared/model/text-part.ts';
import type { AreaHandlers } from '../handlers.ts';
import { topicHistory } from '../topic-history.ts';
import { topicSummaries } from '../topic-summaries.ts';
import type { Workspace } from '../workspace.ts';

/** UTF-16 units of one answer; two bytes each at worst keep it under 256 KiB. */
const PAGE_CHARS = 110 * 1024;

export const topicsHandlers: AreaHandlers<'topics'> = {
  'topics.list': async ({ after, limit }, { workspace }) => {
    const names = [...(await workspace.store().listTopics()), ...reservedTopic(workspace)].sort(byName);
    const rest = after === null ? names : names.filter(({ name }) => name > after);
    const page = fitting(rest.slice(0, limit));
    return { topics: page.map((topic) => entryOf(workspace, topic)), next: page.length < rest.length ? (page.at(-1)?.name ?? null) : null };
  },

  'topics.get': async ({ topic: name }, { workspace }) => {
    const reserved = reservedTopic(workspace).find((topic) => topic.name === name);
    return topicRow(workspace, reserved ?? (await workspace.store().getTopic(name)));
  },

  'topics.count': async ({ topic }, { workspace, signal }) => {
    const { events, latestVersion, damaged } = await workspace.store().countEvents(topic, signal);
    return { events, latestVersion, damaged: damaged.length };
  },

  'topics.summaries': async ({ topics }, { workspace, signal }) => ({
    summaries: await topicSummaries(workspace.store(), topics, signal),
  }),

  'topics.check': async ({ of, options, ...topic }, { workspace }) => {
    const seen = of ? { ...of, options: topicOptions(of.options) } : undefined;
    return checkAnswer(await workspace.store().checkTopic({ ...topic, options: topicOptions(options) }, seen));
  },

  'topics.create': async ({ leftover, options = [], ...topic }, { workspace }) =>
    changed(workspace, await workspace.store().createTopic({ ...topic, options: topicOptions(options) }, leftover)),

  'topics.update': async ({ seen, adapter, connection, options }, { workspace }) => {
    const wanted = { name: seen.name, adapter, connection, options: topicOptions(options) };
    return changed(workspace, await workspace.store().updateTopic(wanted, { ...seen, options: topicOptions(seen.options) }));
  },

  'topics.delete': async ({ topic, incarnation }, { workspace }) => {
    const store = workspace.store();
    const { entry } = await store.deleteTopic(topic, { incarnation });
    workspace.window.push('catalogue.changed', {});
    return { trashed: entry === null ? null : await trashedRef(store, entry, topic) };
  },

  'topics.startEmpty': async ({ topic, incarnation }, { workspace }) => {
    await workspace.store().startEmpty(topic, { incarnation });
    workspace.window.push('catalogue.changed', {});
    return null;
  },

  'topics.trash': async ({ offset, limit }, { workspace }) => {
    const store = workspace.store();
    const all = (await store.listTrash()).toReversed();
    return { entries: await Promise.all(all.slice(offset, offset + limit).map((entry) => trashRow(store, entry))), total: all.length };
  },

  'topics.restore': async ({ entry, name, ...at }, { workspace }) =>
    changed(workspace, await workspace.store().restoreTopic(entry, name, at)),

  'topics.purge': async ({ entry, ...at }, { workspace }) => {
    await workspace.store().purgeTopic(entry, at);
    workspace.window.push('catalogue.changed', {});
    return null;
  },

  'topics.history': async (input, { workspace, signal }) =>
    workspace.info()?.configTopic === null ? { changes: [], next: null } : topicHistory(workspace.store(), input, signal),
};

/** The configuration topic as a row of the list: it is readable like any other. */
function reservedTopic(workspace: Workspace): readonly Topic[] {
  const name = workspace.info()?.configTopic ?? null;
  if (name === null) return [];
  const stream = workspace.store().configStream;
  return [{ name, adapter: stream.adapter, connection: stream.connection, options: stream.options, incarnation: 0 }];
}

function entryOf(workspace: Workspace, topic: Topic): SentTopic {
  return { ...topic, options: Object.entries(topic.options), reserved: topic.name === workspace.info()?.configTopic };
}

async function topicRow(workspace: Workspace, topic: Topic): Promise<TopicState> {
  const row = entryOf(workspace, topic);
  try {
    return { ...row, latestVersion: await workspace.store().getLatestVersion(topic.name), trouble: null };
  } catch (error) {
    if (isEventStoreError(error, 'REPOSITORY_CLOSED')) throw error;
    return { ...row, latestVersion: null, trouble: errorFacts(error).message };
  }
}

/** The window hears of its own change at once, not at the next look. */
async function changed(workspace: Workspace, topic: Topic): Promise<TopicState> {
  workspace.window.push('catalogue.changed', {});
  return topicRow(workspace, topic);
}

function checkAnswer({ faults, adapters, place, leftover, event }: TopicCheck): TopicCheckAnswer {
  return {
    faults: faults.map(({ field, code, message }) => ({ field, code, message })),
    adapters,
    place,
    leftover: leftover && { latestVersion: leftover.latestVersion, hasData: leftover.hasData },
    event: event && {
      type: event.type,
      data: textPart(event.data ?? '', 0, EVENT_CHARS),
      metadata: textPart(event.metadata ?? '', 0, EVENT_CHARS),
    },
  };
}

async function trashedRef(store: EventStore, entry: string, topic: string) {
  const found = (await store.listTrash()).findLast((trashed) => trashed.entry === entry && trashed.topic === topic);
  return found ? { entry, topic, adapter: found.adapter, connection: found.connection } : null;
}

async function trashRow(
  store: EventStore,
  { entry, topic, adapter, connection, config, latestVersion }: TrashedTopicAt,
): Promise<TrashRow> {
  const options = config ? Object.keys(config.options).length : null;
  const version = /^[1-9]\d{0,14}(?:\.\d+)?$/.test(entry) ? Number.parseInt(entry, 10) : null;
  const deletedAt = version === null ? null : await deletionTime(store, version, topic);
  return { entry, topic, adapter, connection, options, latestVersion, deletedBy: deletedAt === null ? null : version, deletedAt };
}

/** When the TopicDeleted of this configuration version was written; null where that version is something else. */
async function deletionTime(store: EventStore, version: number, topic: string): Promise<bigint | null> {
  try {
    const { events } = await store.readEvents(store.configStream.name, { after: version - 1, limit: 1 });
    const event = events.find((found) => found.version === version);
    const speaksOf = event ? (JSON.parse(event.data) as { readonly name?: unknown } | null)?.name : undefined;
    // Data of a topic that is made anew can be put aside under the version of its TopicCreated.
    return event && speaksOf === topic ? event.timestamp : null;
  } catch {
    return null;
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
