import type { TopicSummary } from '../../shared/ipc/contract/topics.ts';
import { errorFacts, isEventStoreError } from '../../shared/model/errors.ts';
import type { EventStore } from '../eventstore/event-store.ts';

/** How long the topics of one call may be counted, in ms: counting reads every file of an fs topic. */
const COUNT_MS = 250;

type Reader = Pick<EventStore, 'getLatestVersion' | 'readBeginnings' | 'countEvents'>;

/** What a list shows of some topics: versions and times of all at once, then counts for as long as there is time. */
export async function topicSummaries(store: Reader, topics: readonly string[], signal: AbortSignal): Promise<TopicSummary[]> {
  const heads = await Promise.all(topics.map((topic) => head(store, topic)));
  const time = AbortSignal.any([signal, AbortSignal.timeout(COUNT_MS)]);
  return Promise.all(heads.map((summary) => counted(store, summary, time)));
}

async function head(store: Reader, topic: string): Promise<TopicSummary> {
  const nothing = { topic, events: null, damaged: null, latestVersion: null, lastTimestamp: null, trouble: null };
  try {
    const latestVersion = await store.getLatestVersion(topic);
    const last =
      latestVersion === 0 ? null : await store.readBeginnings(topic, { direction: 'backward', limit: 1 }, { data: 0, metadata: 0 });
    return { ...nothing, latestVersion, lastTimestamp: last?.events[0]?.timestamp ?? null };
  } catch (error) {
    if (isEventStoreError(error, 'REPOSITORY_CLOSED', 'NOT_INITIALIZED')) throw error;
    return { ...nothing, trouble: errorFacts(error).message };
  }
}

async function counted(store: Reader, summary: TopicSummary, time: AbortSignal): Promise<TopicSummary> {
  if (summary.trouble !== null) return summary;
  try {
    const { events, damaged } = await store.countEvents(summary.topic, time);
    return { ...summary, events, damaged: damaged.length };
  } catch (error) {
    if (isEventStoreError(error, 'CANCELLED')) return summary;
    if (isEventStoreError(error, 'REPOSITORY_CLOSED', 'NOT_INITIALIZED')) throw error;
    return { ...summary, trouble: errorFacts(error).message };
  }
}
