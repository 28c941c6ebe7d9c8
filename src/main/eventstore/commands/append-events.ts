import { EventStoreError, isEventStoreError } from '../../../shared/model/errors.ts';
import type { NewEvent } from '../../../shared/model/event.ts';
import type { Topic } from '../../../shared/model/topic-config.ts';
import { topicNotFound } from '../configuration.ts';
import type { AppendResult } from '../event-store.ts';
import type { Appended, PreparedEvent } from '../ports/event-repository.ts';
import { refuseReserved, type CommandContext } from './context.ts';

export interface AppendOptions {
  /** The version the writer believes the topic has; absent: any. */
  readonly expectedVersion?: number | undefined;
  /** Which topic of this name the writer means: one that was deleted and made again is another. Absent: whichever lives. */
  readonly incarnation?: number | undefined;
}

/** Appends all events or none, and nothing is acknowledged for a topic that is gone, whoever deleted it. */
export async function appendEvents(
  context: CommandContext,
  name: string,
  events: readonly NewEvent[],
  options: AppendOptions = {},
): Promise<AppendResult> {
  context.refuseReadOnly();
  refuseReserved(context, name);
  const expected = expectedVersion(options);
  const append = async (batch: readonly PreparedEvent[]): Promise<AppendResult> => {
    const appended =
      (await appendGuarded(context, name, batch, expected, options)) ?? (await appendLooking(context, name, batch, expected, options));
    context.appended(name);
    return appended;
  };
  // What is asked for after a long batch waits for it, for it is made ready turn by turn.
  if (events.length > LONG_BATCH) return context.turns.take(name, async () => append(await context.prepare.inSlices(events)));
  const batch = context.prepare(events);
  return context.turns.share(name, () => append(batch));
}

/** Events that are made ready in one go: a millisecond or two. */
const LONG_BATCH = 500;

/**
 * In one step, where the topic lies beside its configuration: the repository writes only if the catalogue known here is
 * still the latest, which it sees under its lock. Null where that is not possible or not so: then nothing was written.
 */
async function appendGuarded(
  { stream, configuration, registry }: CommandContext,
  name: string,
  batch: readonly PreparedEvent[],
  expected: number | null,
  { incarnation }: AppendOptions,
): Promise<AppendResult | null> {
  const { topics, version } = configuration.current();
  const topic = topics.get(name);
  if (!topic || batch.length === 0 || (incarnation !== undefined && incarnation !== topic.incarnation)) return null;
  const repository = registry.get(topic.adapter, topic.connection);
  if (!repository?.capabilities.guardsAppends || repository !== registry.get(stream.adapter, stream.connection)) return null;
  try {
    return await repository.append(name, batch, expected, { topic: stream.name, version });
  } catch (error) {
    const changed = isEventStoreError(error, 'VERSION_CONFLICT') && error.details['topic'] === stream.name;
    if (changed || isEventStoreError(error, 'TOPIC_NOT_FOUND')) return null;
    throw error;
  }
}

/**
 * In any repository: it checks under its lock that the topic is here; afterwards the catalogue is caught up once more, so that
 * nothing is acknowledged for a topic that another process deleted meanwhile.
 */
async function appendLooking(
  context: CommandContext,
  name: string,
  batch: readonly PreparedEvent[],
  expected: number | null,
  { incarnation }: AppendOptions,
): Promise<AppendResult> {
  const topic = await context.configuration.topic(name);
  refuseOther(topic, incarnation);
  if (batch.length === 0) return { first: null, last: await latestOf(context, topic), replayed: false };
  const appended = await appendTo(context, topic, batch, expected);
  await refuseDeletedMeanwhile(context, topic, appended);
  return appended;
}

/** A topic that was deleted and made again is another one: what the writer looked at is gone. */
function refuseOther({ name, incarnation }: Topic, wanted: number | undefined): void {
  if (wanted === undefined || wanted === incarnation) return;
  throw new EventStoreError(
    'TOPIC_NOT_FOUND',
    `Topic "${name}" was deleted and made again since you looked at it. Nothing was written. Look at the new topic before appending to it.`,
    { topic: name, incarnation },
  );
}

function expectedVersion({ expectedVersion: expected }: AppendOptions): number | null {
  if (expected === undefined) return null;
  if (Number.isSafeInteger(expected) && expected >= 0) return expected;
  throw new EventStoreError('INVALID_INPUT', `The expected version must be a whole number from 0, not ${expected}.`, {
    expectedVersion: expected,
  });
}

function latestOf({ storage }: CommandContext, topic: Topic): Promise<number> {
  return storage.query(topic.name, 0, (repository) => repository.latestVersion(topic.name));
}

async function appendTo(
  context: CommandContext,
  topic: Topic,
  batch: readonly PreparedEvent[],
  expected: number | null,
): Promise<Appended> {
  const repository = await context.storage.of(topic);
  try {
    return await repository.append(topic.name, batch, expected);
  } catch (error) {
    if (!isEventStoreError(error, 'TOPIC_NOT_FOUND')) throw error;
  }
  // The repository does not have it: deleted, moved, or its data is missing.
  const now = await context.configuration.topic(topic.name);
  refuseOther(now, topic.incarnation);
  if (now.adapter !== topic.adapter || now.connection !== topic.connection) return appendTo(context, now, batch, expected);
  if (repository.capabilities.durable) {
    throw new EventStoreError(
      'STORAGE_UNAVAILABLE',
      `The data of topic "${topic.name}" is missing at "${topic.connection}". Bring it back, or say "start empty", or delete the topic; appending now would use its version numbers again.`,
      { topic: topic.name, problem: 'data-missing' },
    );
  }
  await repository.createTopic(topic, 'adopt', '');
  return repository.append(topic.name, batch, expected);
}

async function refuseDeletedMeanwhile(context: CommandContext, topic: Topic, appended: Appended): Promise<void> {
  const now = (await context.configuration.catchUp()).topics.get(topic.name);
  if (now?.incarnation === topic.incarnation) return;
  const error = topicNotFound(topic.name);
  throw new EventStoreError(
    error.code,
    `Topic "${topic.name}" was deleted while this batch was being written, so it was not acknowledged. Its events lie in the trash with the rest of the topic.`,
    { ...error.details, written: { first: appended.first, last: appended.last } },
  );
}
