import { errorFacts, EventStoreError, type ErrorFacts } from '../../../shared/model/errors.ts';
import type { NewEvent } from '../../../shared/model/event.ts';
import type { Topic, TopicConfig } from '../../../shared/model/topic-config.ts';
import { completeConfig, refuseTakenName } from '../commands/create-topic.ts';
import { refuseReserved, validateTopicConfig, type CommandContext } from '../commands/context.ts';
import { samePlace } from '../commands/update-topic.ts';
import { topicCreated, topicUpdated } from '../config-event.ts';
import type { NewTopic } from '../event-store.ts';
import { adapterChoices, findAdapter } from '../repository-factory.ts';
import { isMissing } from '../repository-registry.ts';
import { validateTopicName } from '../topic-name.ts';

export type TopicField = 'name' | 'adapter' | 'connection' | 'options';

export interface TopicCheck {
  /** What the command would refuse, by field: the first fault of each. */
  readonly faults: readonly (ErrorFacts & { readonly field: TopicField })[];
  /** Every adapter a person may hear of, and why it cannot be chosen. */
  readonly adapters: readonly { readonly name: string; readonly refusal: string | null }[];
  /** Where the adapter and the connection lead; null where they lead nowhere. */
  readonly place: TopicPlace | null;
  /** Data of that name that the catalogue does not know; null where there is none. */
  readonly leftover: LeftoverFound | null;
  /** The configuration event that would be appended; null while the config itself is at fault. */
  readonly event: Pick<NewEvent, 'type' | 'data' | 'metadata'> | null;
}

export interface TopicPlace {
  /** Absolute, or the label of a piece of memory. */
  readonly path: string;
  /** Nothing is there yet: the first write makes it. */
  readonly missing: boolean;
  /** It lies outside the store's folder. */
  readonly outside: boolean;
}

export interface LeftoverFound {
  readonly latestVersion: number;
  /** The repository's own copy of a config. */
  readonly config: TopicConfig | null;
  /** False where only a config lies there. */
  readonly hasData: boolean;
}

/** The rules of createTopic, or of updateTopic where `of` is given, asked one by one so that a form can say all that is wrong at once. */
export async function checkTopic(context: CommandContext, topic: NewTopic, of?: Topic): Promise<TopicCheck> {
  const faults: (ErrorFacts & { field: TopicField })[] = [];
  const rule = <T>(field: TopicField, ask: () => T): T | null => {
    try {
      return ask();
    } catch (error) {
      add(field, error);
      return null;
    }
  };
  const add = (otherwise: TopicField, error: unknown): void => {
    const facts = errorFacts(error);
    const field = isField(facts.details['field']) ? facts.details['field'] : otherwise;
    if (!faults.some((fault) => fault.field === field)) faults.push({ ...facts, field });
  };

  const catalogue = await context.configuration.catchUp();
  if (!of) {
    rule('name', () => validateTopicName(topic.name));
    rule('name', () => refuseReserved(context, topic.name));
    rule('name', () => refuseTakenName(catalogue, topic.name));
  }
  rule('adapter', () => findAdapter(context.adapters, topic.adapter ?? context.stream.adapter));
  const config = rule('connection', () => completeConfig(context, topic));
  if (config) rule('options', () => validateTopicConfig(config));
  const seen =
    config && !faults.some(({ field }) => field === 'adapter' || field === 'connection') ? await lookAt(context, config, add) : null;
  if (of && config && seen?.leftover && !(await samePlace(context, of, config))) {
    add('connection', new EventStoreError('LEFTOVER_DATA', `Data of "${of.name}" lies there already.`, { topic: of.name }));
  }
  return {
    faults,
    adapters: adapterChoices(context.adapters),
    place: seen?.place ?? null,
    leftover: of || catalogue.topics.has(topic.name) ? null : (seen?.leftover ?? null),
    event: config && !faults.some(({ field }) => field === 'options') ? configEvent(config, of) : null,
  };
}

function configEvent(config: TopicConfig, of: Topic | undefined): TopicCheck['event'] {
  return of ? topicUpdated(config, of) : topicCreated(config);
}

async function lookAt(
  { registry }: CommandContext,
  config: TopicConfig,
  add: (field: TopicField, error: unknown) => void,
): Promise<{ readonly place: TopicPlace; readonly leftover: LeftoverFound | null } | null> {
  const { name, adapter, connection } = config;
  try {
    const { place: path, outside } = await registry.locate(adapter, connection);
    await registry.refuseReadOnly(adapter, connection).catch((error: unknown) => add('connection', error));
    try {
      const leftover = await registry.visit(adapter, connection, async (repository) => {
        const found = await repository.findTopic(name);
        if (!found) return null;
        return { config: found.config, hasData: found.hasData, latestVersion: found.hasData ? await repository.latestVersion(name) : 0 };
      });
      return { place: { path, outside, missing: false }, leftover };
    } catch (error) {
      if (isMissing(error)) return { place: { path, outside, missing: true }, leftover: null };
      throw error;
    }
  } catch (error) {
    add('connection', error);
    return null;
  }
}

function isField(value: unknown): value is TopicField {
  return value === 'name' || value === 'adapter' || value === 'connection' || value === 'options';
}
