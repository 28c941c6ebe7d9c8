import { isEventStoreError } from '../../shared/model/errors.ts';
import type { EventStore } from '../eventstore/event-store.ts';

export interface NamedTopic {
  readonly name: string;
  readonly incarnation: number;
}

/** A topic of the store as it is at one moment. */
export interface TopicState extends NamedTopic {
  /** Null where it cannot be reached. */
  readonly latest: number | null;
}

const AT_ONCE = 50;

/** The topics by name, the configuration last, or the one called `only`; those that cannot be reached are among them. TOPIC_NOT_FOUND. */
export async function storeTopics(store: EventStore, only: string | null = null): Promise<readonly TopicState[]> {
  const names = only === null ? [...(await store.listTopics()), configuration(store)] : [await oneTopic(store, only)];
  const states: TopicState[] = [];
  for (let at = 0; at < names.length; at += AT_ONCE) {
    states.push(...(await Promise.all(names.slice(at, at + AT_ONCE).map((topic) => topicState(store, topic)))));
  }
  return states;
}

/** Which topic of this name: the configuration is never made again. */
export async function oneTopic(store: EventStore, name: string): Promise<NamedTopic> {
  return name === store.configStream.name ? configuration(store) : store.getTopic(name);
}

function configuration({ configStream }: EventStore): NamedTopic {
  return { name: configStream.name, incarnation: 0 };
}

async function topicState(store: EventStore, { name, incarnation }: NamedTopic): Promise<TopicState> {
  try {
    return { name, incarnation, latest: await store.getLatestVersion(name) };
  } catch (error) {
    if (isGone(error)) throw error;
    return { name, incarnation, latest: null };
  }
}

/** The store itself cannot be asked any more. */
export function isGone(error: unknown): boolean {
  return !isEventStoreError(error) || isEventStoreError(error, 'NOT_INITIALIZED', 'REPOSITORY_CLOSED');
}
