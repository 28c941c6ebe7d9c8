import type { Topic } from '../../../shared/model/topic-config.ts';
import { PART_CHARS } from '../../../shared/ipc/text-chars.ts';
import { EventStoreError } from '../../../shared/model/errors.ts';
import { openConfigHistory, topicDifference, type ConfigHistory, type TopicDifference } from '../../eventstore/config-history.ts';
import { patchOperations } from '../../eventstore/catalogue-patch.ts';
import type { EventStore } from '../../eventstore/event-store.ts';
import type { RestorePlan } from '../../eventstore/restore-plan.ts';
import type { Catalogue } from '../../eventstore/topic-catalogue.ts';
import { createPace, type Breathe } from '../../eventstore/pace.ts';
import { textPart } from '../../../shared/model/text-part.ts';
import type { AreaHandlers, Call } from '../handlers.ts';
import { changeRow, differenceRow, fitting, pastTopic, reviewPart } from '../replay-rows.ts';

/** What is known of the configuration of an open store; it goes with the store. */
interface Known {
  readonly history: ConfigHistory;
  /** The answer that was last sent in part, by what was asked. */
  part: { readonly of: string; readonly topics: readonly Topic[] } | null;
  compared: { readonly of: string; readonly differing: readonly string[] } | null;
  patch: { readonly of: string; readonly text: string; readonly operations: number } | null;
  /** The plan that the person sees, and the topics as they were when it was made. */
  plan: { readonly plan: RestorePlan; readonly present: Catalogue } | null;
}

/** Between two looks at the clock so many topics are passed. */
const AT_ONCE = 100;

export function replayHandlers(): AreaHandlers<'replay'> {
  const stores = new WeakMap<EventStore, Promise<Known>>();

  const open = (store: EventStore): Promise<Known> => {
    const before = stores.get(store);
    if (before) return before;
    const opening = openConfigHistory(store).then((history): Known => ({ history, part: null, compared: null, patch: null, plan: null }));
    stores.set(store, opening);
    // What could not be opened is tried anew.
    opening.catch(() => stores.delete(store));
    return opening;
  };

  /** Null where the store has no configuration topic. */
  const knownOf = async ({ workspace, signal }: Call): Promise<Known | null> => {
    if (workspace.info()?.configTopic === null) return null;
    const known = await open(workspace.store());
    await known.history.catchUp();
    if (signal.aborted) throw new EventStoreError('CANCELLED', 'The call was cancelled.');
    return known;
  };

  return {
    'replay.changes': async ({ after, limit }, call) => {
      const known = await knownOf(call);
      if (!known) return { changes: [], next: null, last: 0 };
      const found = known.history.changes({ after, limit: limit + 1 });
      const changes = fitting(found, changeRow, limit);
      const next = changes.length < found.length ? (changes.at(-1)?.version ?? null) : null;
      return { changes, next, last: known.history.version() };
    },

    'replay.catalogue': async ({ version, topic, offset }, call) => {
      const known = await knownOf(call);
      if (!known) return { version, topics: [], left: 0 };
      const of = JSON.stringify([Math.min(version, known.history.version()), topic]);
      const breathe = createPace();
      const topics = known.part?.of === of ? known.part.topics : await wantedOnly(await known.history.topicsAt(version), topic, breathe);
      known.part = { of, topics };
      await breathe();
      const sent = fitting(topics.slice(offset), pastTopic);
      return { version, topics: sent, left: Math.max(0, topics.length - offset - sent.length) };
    },

    'replay.compare': async ({ a, b, topic, offset }, call) => {
      const known = await knownOf(call);
      if (!known) return { a, b, differences: [], left: 0 };
      const { before, after, differing } = await compared(known, a, b, topic);
      const sent = fitting(differing.slice(offset), (name) => differenceRow(differenceAt(name, before, after), before, after));
      return { a, b, differences: sent, left: Math.max(0, differing.length - offset - sent.length) };
    },

    'replay.patch': async ({ a, b, topic, offset }, call) => {
      const known = await knownOf(call);
      if (!known) return { text: '[]', total: 2, operations: 0 };
      const { of, before, after, differing } = await compared(known, a, b, topic);
      const patch = known.patch?.of === of ? known.patch : { of, ...(await patchOf(differing, before, after)) };
      known.patch = patch;
      return { text: textPart(patch.text, offset, PART_CHARS), total: patch.text.length, operations: patch.operations };
    },

    'replay.plan': async ({ version, offset }, call) => {
      const known = await knownOf(call);
      if (!known) throw new EventStoreError('INVALID_INPUT', 'This store has no configuration topic.');
      if (offset === 0 || known.plan?.plan.version !== version) {
        const plan = await call.workspace.store().planRestore(version);
        await known.history.catchUp();
        known.plan = { plan, present: await known.history.catalogueAt(plan.expectedVersion) };
      }
      return reviewPart(known.plan.plan, known.plan.present, offset);
    },

    'replay.restore': async ({ version, expectedVersion }, call) => {
      const known = await knownOf(call);
      const plan = known?.plan?.plan;
      if (!known || plan?.version !== version || plan.expectedVersion !== expectedVersion) {
        throw new EventStoreError('INVALID_INPUT', 'This is not the plan that was last shown. Look at what would be done once more.');
      }
      known.plan = null;
      try {
        return await call.workspace.store().restoreConfiguration(plan);
      } finally {
        // Also where it ended half way.
        call.workspace.window.push('catalogue.changed', {});
      }
    },
  };
}

interface Compared {
  readonly of: string;
  readonly before: Catalogue;
  readonly after: Catalogue;
  /** Names of the topics that differ, in their order. How they do is found out of those that are sent: many are kept at a price. */
  readonly differing: readonly string[];
}

async function compared(known: Known, a: number, b: number, topic: string): Promise<Compared> {
  const [before, after] = [await known.history.catalogueAt(a), await known.history.catalogueAt(b)];
  const of = JSON.stringify([before.version, after.version, topic]);
  const differing = known.compared?.of === of ? known.compared.differing : await differingTopics(before, after, topic, createPace());
  known.compared = { of, differing };
  return { of, before, after, differing };
}

async function patchOf(
  differing: readonly string[],
  before: Catalogue,
  after: Catalogue,
): Promise<{ readonly text: string; readonly operations: number }> {
  const breathe = createPace();
  const parts: string[] = [];
  let operations = 0;
  for (let start = 0; start < differing.length; start += AT_ONCE) {
    await breathe();
    const part = differing
      .slice(start, start + AT_ONCE)
      .flatMap((name) => patchOperations(differenceAt(name, before, after), before, after));
    operations += part.length;
    // Topics made again as they were differ in no member.
    if (part.length > 0) parts.push(part.join(',\n'));
  }
  await breathe();
  return { text: operations === 0 ? '[]' : `[\n${parts.join(',\n')}\n]`, operations };
}

function differenceAt(topic: string, a: Catalogue, b: Catalogue): TopicDifference {
  const difference = topicDifference(topic, a, b);
  if (!difference) throw new Error('A topic that differed does not differ any more.');
  return difference;
}

async function wantedOnly(topics: readonly Topic[], text: string, breathe: Breathe): Promise<readonly Topic[]> {
  if (text === '') return topics;
  const lowered = text.toLowerCase();
  const found: Topic[] = [];
  for (const [index, topic] of topics.entries()) {
    if (index % AT_ONCE === 0) await breathe();
    if (speaksOf(topic.name, lowered)) found.push(topic);
  }
  return found;
}

const speaksOf = (name: string, lowered: string): boolean => name.toLowerCase().includes(lowered);

/** By name. */
async function differingTopics(a: Catalogue, b: Catalogue, text: string, breathe: Breathe): Promise<readonly string[]> {
  const differing: string[] = [];
  const lowered = text.toLowerCase();
  let passed = 0;
  await breathe();
  const names = new Set(a.topics.keys());
  for (const name of b.topics.keys()) names.add(name);
  await breathe();
  const sorted = [...names].sort();
  await breathe();
  for (const name of sorted) {
    if (++passed % AT_ONCE === 0) await breathe();
    if (speaksOf(name, lowered) && topicDifference(name, a, b)) differing.push(name);
  }
  await breathe();
  return differing;
}
