import { EventStoreError, errorFacts } from '../../../shared/model/errors.ts';
import type { TopicConfig } from '../../../shared/model/topic-config.ts';
import { catalogueAt, configHistory } from '../config-history.ts';
import type { Configuration } from '../configuration.ts';
import type { EventStore, TrashedTopicAt } from '../event-store.ts';
import { findAdapter } from '../repository-factory.ts';
import { createPace } from '../pace.ts';
import { isMissing } from '../repository-registry.ts';
import { planRestore, type NotRestored, type RestorePlan, type RestoreStep } from '../restore-plan.ts';
import { placeKey, type Catalogue, type Place } from '../topic-catalogue.ts';
import { createTopicLineages } from '../topic-lineages.ts';
import type { CommandContext } from './context.ts';
import { createTopic } from './create-topic.ts';
import { deleteTopic } from './delete-topic.ts';
import { restoreTopic } from './trash.ts';
import { updateTopic } from './update-topic.ts';

type ListTrash = () => Promise<readonly TrashedTopicAt[]>;
type ConfigReader = Pick<EventStore, 'configStream' | 'readEvents'>;
type Refusal = Pick<NotRestored, 'code' | 'reason'>;

/** Between two looks at the clock so many topics or changes are passed. */
const AT_ONCE = 50;

/** What would bring the topics back to how they were after configuration version `version`. Writes nothing. */
export async function planRestoration(
  context: CommandContext,
  reader: ConfigReader,
  listTrash: ListTrash,
  version: number,
): Promise<RestorePlan> {
  if (!Number.isSafeInteger(version) || version < 0) {
    throw new EventStoreError('INVALID_INPUT', `A version of the configuration is a whole number from 0, not ${version}.`, { version });
  }
  const present = await context.configuration.catchUp();
  const lineages = createTopicLineages();
  const breathe = createPace();
  let passed = 0;
  for await (const change of configHistory(reader)) {
    if (change.version <= present.version) lineages.add(change);
    if (++passed % AT_ONCE === 0) await breathe();
  }
  const wanted = await catalogueAt(reader, Math.min(version, present.version));
  const trash = await listTrash();
  return planRestore({
    wanted,
    present,
    trash,
    lineages,
    reserved: context.stream.name,
    blocked: await refusals(context, wanted, present, trash),
  });
}

/** Looks at every place that a step could write to, before anything is planned. */
async function refusals(
  context: CommandContext,
  wanted: Catalogue,
  present: Catalogue,
  trash: readonly TrashedTopicAt[],
): Promise<(topic: TopicConfig) => Refusal | null> {
  const breathe = createPace();
  const places = new Map<string, Place>();
  let passed = 0;
  for (const list of [wanted.topics.values(), present.topics.values(), trash]) {
    for (const place of list) {
      if (++passed % AT_ONCE === 0) await breathe();
      places.set(placeKey(place), place);
    }
  }
  const missing = [...wanted.topics.keys()].filter((name) => !present.topics.has(name));
  await breathe();
  const found = new Map<string, Refusal>();
  const key = (place: Place, name = ''): string => JSON.stringify([placeKey(place), name]);
  for (const place of places.values()) {
    const refusal = await refusalOf(context, place);
    if (refusal) found.set(key(place), refusal);
    else for (const name of await leftovers(context, place, missing)) found.set(key(place, name), leftover(name, place));
  }
  return (topic) => found.get(key(topic)) ?? found.get(key(topic, topic.name)) ?? null;
}

async function refusalOf({ adapters, registry }: CommandContext, place: Place): Promise<Refusal | null> {
  try {
    findAdapter(adapters, place.adapter);
    await registry.refuseReadOnly(place.adapter, place.connection);
    await registry.getOrCreate(place.adapter, place.connection, { mayBeMissing: true });
    return null;
  } catch (error) {
    if (isMissing(error)) return null;
    const { code, message } = errorFacts(error);
    return {
      code: code === 'READ_ONLY' ? 'place-read-only' : 'place-unreachable',
      reason: `${placeKey(place)} cannot be written: ${message}`,
    };
  }
}

/** Names that the catalogue does not know and the repository has something of. */
async function leftovers({ registry }: CommandContext, place: Place, names: readonly string[]): Promise<string[]> {
  const repository = await registry.getOrCreate(place.adapter, place.connection, { mayBeMissing: true }).catch(() => null);
  const found: string[] = [];
  for (const name of names) if (await repository?.findTopic(name)) found.push(name);
  return found;
}

function leftover(name: string, place: Place): Refusal {
  return {
    code: 'leftover-data',
    reason: `Data of "${name}" that no configuration event knows lies in ${placeKey(place)}. Adopt it or move it to the trash first.`,
  };
}

/**
 * Carries a plan out through the commands that a person has too, one event after another, each written only behind the one
 * before it: VERSION_CONFLICT where anyone else wrote the configuration since the plan was made. `details.done` of any error
 * says how many steps were carried out; the way back is another restore.
 */
export async function restoreConfiguration(
  context: CommandContext,
  reader: ConfigReader,
  listTrash: ListTrash,
  plan: RestorePlan,
): Promise<{ readonly version: number }> {
  context.refuseReadOnly();
  const { version: present } = await context.configuration.catchUp();
  if (present !== plan.expectedVersion) throw movedOn(plan.expectedVersion, present);
  await refuseChanged(plan, await planRestoration(context, reader, listTrash, plan.version));
  let version = plan.expectedVersion;
  const entries = new Map<string, string | null>();
  for (const [done, step] of plan.steps.entries()) {
    try {
      await carryOut({ ...context, configuration: pinned(context.configuration, version) }, listTrash, step, entries);
    } catch (error) {
      throw withDone(error, done, plan.steps.length);
    }
    version++;
  }
  return { version };
}

/** The trash belongs to a plan as the configuration does, and has no version. */
async function refuseChanged(plan: RestorePlan, now: RestorePlan): Promise<void> {
  const breathe = createPace();
  let isSame = plan.steps.length === now.steps.length;
  for (let at = 0; isSame && at < plan.steps.length; at++) {
    if (at % 100 === 0) await breathe();
    isSame = JSON.stringify(plan.steps[at]) === JSON.stringify(now.steps[at]);
  }
  if (isSame) return;
  throw new EventStoreError('INVALID_INPUT', 'What can be restored has changed since the plan was made: look at it once more.', {
    steps: now.steps.length,
  });
}

async function carryOut(
  context: CommandContext,
  listTrash: ListTrash,
  step: RestoreStep,
  entries: Map<string, string | null>,
): Promise<void> {
  switch (step.kind) {
    case 'delete':
      entries.set(step.topic, (await deleteTopic(context, step.topic)).entry);
      return;
    case 'bring-back': {
      const entry = step.entry ?? entries.get(step.from) ?? null;
      // A topic that had no data left none to bring back.
      if (entry === null) await createTopic(context, step.topic);
      else {
        const { name, adapter, connection, options } = step.topic;
        await restoreTopic(context, listTrash, entry, name, { adapter, connection }, options);
      }
      return;
    }
    case 'create':
      await createTopic(context, step.topic);
      return;
    case 'update':
      await updateTopic(context, step.topic);
      return;
  }
}

/** A configuration that is changed at one version only. */
function pinned(configuration: Configuration, expected: number): Configuration {
  return {
    ...configuration,
    change: (decide) =>
      configuration.change(async (catalogue) => {
        if (catalogue.version !== expected) throw movedOn(expected, catalogue.version);
        return decide(catalogue);
      }),
  };
}

function movedOn(expected: number, actual: number): EventStoreError {
  return new EventStoreError(
    'VERSION_CONFLICT',
    `The configuration is at version ${actual}, not ${expected}: someone changed it since the plan was made. Look at what is there now and plan again.`,
    { expected, actual },
  );
}

function withDone(error: unknown, done: number, steps: number): EventStoreError {
  const { code, message, details } = errorFacts(error);
  const far = done === 0 ? 'Nothing was written.' : `${done} of ${steps} steps were carried out before.`;
  return new EventStoreError(code, `${message} ${far}`, { ...details, done, steps }, error);
}
