import { sameOptions, type Topic, type TopicConfig } from '../../shared/model/topic-config.ts';
import type { TrashedTopicAt } from './event-store.ts';
import { createPace } from './pace.ts';
import { entryVersion, type TopicLineages } from './topic-lineages.ts';
import type { Catalogue } from './topic-catalogue.ts';
import { foldTopicName, nameFault } from './topic-name.ts';

/** One compensating event, with what is done to the data. */
export type RestoreStep =
  /** TopicDeleted; the data goes to the trash. */
  | { readonly kind: 'delete'; readonly topic: string }
  /** TopicCreated with the data from the trash: of an entry, or (null) of the topic `from` that an earlier step deletes. */
  | { readonly kind: 'bring-back'; readonly topic: TopicConfig; readonly entry: string | null; readonly from: string }
  /** TopicCreated, without events. */
  | { readonly kind: 'create'; readonly topic: TopicConfig }
  /** TopicUpdated with these options. */
  | { readonly kind: 'update'; readonly topic: TopicConfig };

/** What stays different from the chosen version, and why. */
export interface NotRestored {
  readonly topic: string;
  /** kebab-case, see docs/errors.md */
  readonly code: string;
  readonly reason: string;
}

/** What brings the topics back to how they were after a version. Nothing of the history is changed: events are added to it. */
export interface RestorePlan {
  /** The version whose topics are wanted. */
  readonly version: number;
  /** The version of the configuration that this was planned at: the first event is written behind it, or nothing is. */
  readonly expectedVersion: number;
  /** In this order; each writes one event. */
  readonly steps: readonly RestoreStep[];
  readonly notRestored: readonly NotRestored[];
}

export interface RestoreFacts {
  /** The topics that are wanted, and those that are. */
  readonly wanted: Catalogue;
  readonly present: Catalogue;
  readonly lineages: TopicLineages;
  readonly trash: readonly TrashedTopicAt[];
  /** The configuration topic's name, which is nobody else's. */
  readonly reserved: string;
  /** Why a topic cannot be written where it is or would be made. */
  readonly blocked: (topic: TopicConfig) => Pick<NotRestored, 'code' | 'reason'> | null;
}

/** Where the data of a lineage lies. */
interface Data {
  readonly entry: string | null;
  readonly from: string;
  readonly adapter: string;
  readonly connection: string;
}

/** Between two looks at the clock so many topics are passed. */
const AT_ONCE = 50;

/** Plans without doing: the same facts give the same plan. Thousands of topics are planned for in slices. */
export async function planRestore({ wanted, present, lineages, trash, reserved, blocked }: RestoreFacts): Promise<RestorePlan> {
  const breathe = createPace();
  let passed = 0;
  const next = async (): Promise<void> => (++passed % AT_ONCE === 0 ? breathe() : undefined);
  /** By name. */
  const inOrder = async (topics: ReadonlyMap<string, Topic>): Promise<readonly Topic[]> => {
    await breathe();
    const names = [...topics.keys()].sort();
    await breathe();
    const sorted = names.map((name) => topics.get(name) as Topic);
    await breathe();
    return sorted;
  };
  const steps: RestoreStep[] = [];
  const notRestored: NotRestored[] = [];
  const living = new Map(present.topics);
  living.delete(reserved);
  await breathe();
  const putAway = new Map<number, Data>();
  const inTrash = new Map<number, TrashedTopicAt>();
  for (const entry of trash) {
    await next();
    const deleted = lineages.deletedAt(entryVersion(entry.entry));
    if (deleted?.topic.name === entry.topic && !inTrash.has(deleted.lineage)) inTrash.set(deleted.lineage, entry);
  }

  const leave = (topic: string, code: string, reason: string): void => void notRestored.push({ topic, code, reason });

  const isSame = (a: Topic, b: Topic): boolean => lineages.of(a) === lineages.of(b);

  /** The data is in the trash, or will be when what is not wanted has been deleted. */
  const findData = (topic: Topic): Data | null => {
    const lineage = lineages.of(topic);
    const entry = inTrash.get(lineage);
    if (entry) return { entry: entry.entry, from: entry.topic, adapter: entry.adapter, connection: entry.connection };
    return putAway.get(lineage) ?? null;
  };

  const holders = new Map<number, Topic[]>();
  for (const topic of living.values()) {
    await next();
    const lineage = lineages.of(topic);
    const group = holders.get(lineage);
    if (group) group.push(topic);
    else holders.set(lineage, [topic]);
  }

  /**
   * Whether a living topic makes room: it is not wanted, or other data is wanted under its name that is in the trash or will
   * be. Two topics that changed names make room for each other.
   */
  const makesRoom = (topic: Topic, asked: ReadonlySet<string> = new Set()): boolean => {
    if (asked.has(topic.name)) return true;
    const target = wanted.topics.get(topic.name);
    if (blocked(topic) || (target && isSame(topic, target))) return false;
    if (!target || findData(target)) return true;
    const holder = holders.get(lineages.of(target))?.find((other) => other.name !== topic.name);
    return holder !== undefined && makesRoom(holder, new Set([...asked, topic.name]));
  };

  const update = (topic: Topic, target: Topic): void => {
    if (topic.adapter !== target.adapter || topic.connection !== target.connection) leave(topic.name, 'needs-a-move', moveReason(target));
    if (sameOptions(topic.options, target.options)) return;
    const refusal = blocked(topic);
    if (refusal) leave(topic.name, refusal.code, refusal.reason);
    else steps.push({ kind: 'update', topic: configOf(topic, target) });
  };

  const leaving: Topic[] = [];
  for (const topic of await inOrder(living)) {
    await next();
    if (makesRoom(topic)) leaving.push(topic);
  }
  for (const topic of leaving) {
    await next();
    steps.push({ kind: 'delete', topic: topic.name });
    living.delete(topic.name);
    putAway.set(lineages.of(topic), { entry: null, from: topic.name, adapter: topic.adapter, connection: topic.connection });
  }

  for (const topic of await inOrder(living)) {
    await next();
    const target = wanted.topics.get(topic.name);
    if (target && !isSame(topic, target)) {
      leave(
        topic.name,
        'data-gone',
        `The events that "${topic.name}" had then are in no trash that can be reached. The present topic of that name stays.`,
      );
    }
    if (target) update(topic, target);
    else {
      const refusal = blocked(topic);
      if (refusal) leave(topic.name, refusal.code, refusal.reason);
    }
  }

  const alike = new Map<string, string>();
  for (const name of living.keys()) {
    await next();
    const folded = foldTopicName(name);
    if (!alike.has(folded)) alike.set(folded, name);
  }
  for (const target of await inOrder(wanted.topics)) {
    await next();
    if (target.name === reserved) {
      leave(target.name, 'reserved-name', `"${target.name}" is the configuration topic's own name.`);
      continue;
    }
    if (living.has(target.name)) continue;
    const like = alike.get(foldTopicName(target.name));
    if (like !== undefined) {
      leave(target.name, 'name-taken', `"${target.name}" and "${like}" are the same name on some systems.`);
      continue;
    }
    const data = findData(target);
    const fault = data?.from === target.name ? null : nameFault(target.name);
    if (fault !== null) {
      leave(target.name, 'invalid-name', `A new topic cannot have this name: ${fault}`);
      continue;
    }
    const topic: TopicConfig = { ...configOf(target, target), ...(data && { adapter: data.adapter, connection: data.connection }) };
    const refusal = blocked(topic);
    if (refusal) {
      leave(target.name, refusal.code, refusal.reason);
      continue;
    }
    if (data) {
      steps.push({ kind: 'bring-back', topic, entry: data.entry, from: data.from });
      if (data.adapter !== target.adapter || data.connection !== target.connection) leave(target.name, 'needs-a-move', moveReason(target));
    } else {
      steps.push({ kind: 'create', topic });
      leave(
        target.name,
        'data-gone',
        `The events that "${target.name}" had then are in no trash that can be reached. It is created empty.`,
      );
    }
    living.set(target.name, target);
    alike.set(foldTopicName(target.name), target.name);
  }
  return { version: wanted.version, expectedVersion: present.version, steps, notRestored };
}

/** A topic's place with another's options. */
function configOf({ name, adapter, connection }: Topic, { options }: Topic): TopicConfig {
  return { name, adapter, connection, options };
}

function moveReason({ name, adapter, connection }: Topic): string {
  return `"${name}" was stored at ${adapter}:${connection} then. Bringing it there needs a move.`;
}
