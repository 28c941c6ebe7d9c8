import { isEventStoreError } from '../../shared/model/errors.ts';
import type { StoredEvent } from '../../shared/model/event.ts';
import type { RepositoryTopic, EventRepository } from '../eventstore/ports/event-repository.ts';
import { CONFIG_EVENT_TYPES } from '../eventstore/topic-catalogue.ts';

/** Names that an empty configuration topic is known by: the Go original's server uses the first, its default is the second. */
export const KNOWN_CONFIG_NAMES: readonly string[] = ['config', 'configuration'];
/** The option by which a new store marks a configuration topic of another name, so that it is found while still empty. */
export const CONFIG_TOPIC_MARK = { key: 'role', value: 'configuration' } as const;

/** At most so many versions of one topic are looked at, most topics tell at their first events. */
const FIRST_LOOK = 32;
const LAST_LOOK = 1000;
/** Versions that the second look may take in all topics together, so that a big store opens at once. */
const SECOND_LOOK_BUDGET = 10_000;

export interface TopicEvidence {
  readonly topic: RepositoryTopic;
  /**
   * events: holds configuration events. empty-known: empty, with a name or mark of a configuration topic. empty: empty or
   * nothing readable. other: holds other events.
   */
  readonly is: 'events' | 'empty-known' | 'empty' | 'other';
}

/** What each topic of a repository looks like, by the events it holds. Bounded; nothing is written. */
export async function configEvidence(repository: EventRepository, topics: readonly RepositoryTopic[]): Promise<readonly TopicEvidence[]> {
  const looks = new Map<string, Look>();
  for (const { name } of topics) looks.set(name, await look(repository, name, startOfTopic, FIRST_LOOK));
  let budget = SECOND_LOOK_BUDGET;
  for (const { name } of topics) {
    const first = looks.get(name) ?? startOfTopic;
    if (first.found || first.next === null || budget <= 0) continue;
    // What there is to be read at all is known by now; where it is nothing, whatever comes next tells.
    const second = await look(repository, name, first, LAST_LOOK, first.readable > 0 ? CONFIG_EVENT_TYPES : undefined);
    budget -= second.seen - first.seen;
    looks.set(name, second);
  }
  return topics.map((topic) => ({ topic, is: judge(topic, looks.get(topic.name) ?? startOfTopic) }));
}

interface Look {
  readonly found: boolean;
  readonly readable: number;
  /** Versions looked at. */
  readonly seen: number;
  /** Where the next look starts; null at the end of the topic. */
  readonly next: number | null;
  readonly damaged: number;
}

const startOfTopic: Look = { found: false, readable: 0, seen: 0, next: 0, damaged: 0 };

async function look(repository: EventRepository, name: string, from: Look, upTo: number, types?: readonly string[]): Promise<Look> {
  let { readable, seen, damaged, next } = from;
  while (next !== null && seen < upTo) {
    const page = await readPage(repository, name, next, Math.min(LAST_LOOK, upTo - seen), types);
    if (!page) return { found: false, readable, seen, damaged, next: null };
    readable += page.events.length;
    damaged += page.damaged.length;
    seen += Math.max(1, page.scanned);
    next = page.next;
    if (page.events.some(isConfigEvent)) return { found: true, readable, seen, damaged, next };
  }
  return { found: false, readable, seen, damaged, next };
}

/** A topic that cannot be read is no evidence; the store says so itself once it is open. */
async function readPage(repository: EventRepository, name: string, cursor: number, limit: number, types?: readonly string[]) {
  try {
    return await repository.read(name, { direction: 'forward', cursor, limit, types });
  } catch (error) {
    if (isEventStoreError(error)) return null;
    throw error;
  }
}

function judge(topic: RepositoryTopic, { found, readable, damaged, next }: Look): TopicEvidence['is'] {
  if (found) return 'events';
  if (readable > 0 || next !== null) return 'other';
  const marked = topic.config?.options[CONFIG_TOPIC_MARK.key] === CONFIG_TOPIC_MARK.value;
  return damaged === 0 && (marked || KNOWN_CONFIG_NAMES.includes(topic.name)) ? 'empty-known' : 'empty';
}

/** Written by an EventStore: a configuration event that names a topic and its source. */
function isConfigEvent({ type, data, metadata }: StoredEvent): boolean {
  if (!(CONFIG_EVENT_TYPES as readonly string[]).includes(type)) return false;
  return typeof ownMember(data, 'name') === 'string' && ownMember(metadata, 'source') === 'eventstore';
}

function ownMember(text: string, key: string): unknown {
  const value: unknown = JSON.parse(text);
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
  return (value as Record<string, unknown>)[key];
}
