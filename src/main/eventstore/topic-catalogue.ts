import type { DamagedVersion, StoredEvent } from '../../shared/model/event.ts';
import type { Problem } from '../../shared/model/problem.ts';
import { sameOptions, topicOptions, type Topic, type TopicOptions } from '../../shared/model/topic-config.ts';

/** The catalogue (write model): what topics exist and where each is stored, as of one configuration version. */
export interface Catalogue {
  /** The configuration version folded to; the expected version of the next configuration event. */
  readonly version: number;
  readonly topics: ReadonlyMap<string, Topic>;
  /** Configuration events that could not be applied, in order of version. */
  readonly problems: readonly Problem[];
  /** Every place a topic was ever stored, by `adapter:connection`: the trash of a deleted topic is still there. */
  readonly places: ReadonlyMap<string, Place>;
}

export interface Place {
  readonly adapter: string;
  readonly connection: string;
}

/** What one configuration event did. */
export interface ConfigChange {
  readonly version: number;
  readonly timestamp: bigint | null;
  readonly type: string | null;
  readonly topic: string | null;
  readonly changed: readonly FieldChange[];
  /** The topic after the event; null where there is none of that name, or the event was skipped. */
  readonly after: Topic | null;
  /** The entry of the trash that its data came from. */
  readonly restoredFrom?: string;
  /** Why the event was skipped; the catalogue is then as before. */
  readonly problem?: Problem;
}

export interface FieldChange {
  /** A JSON pointer into the topic's config: /adapter, /connection, /options/KEY. */
  readonly path: string;
  /** Null: was not there. */
  readonly before: string | null;
  /** Null: is not there any more. */
  readonly after: string | null;
}

/** One step of the configuration topic: an event, or a version that cannot be read. */
export type ConfigStep = { readonly event: StoredEvent } | { readonly damaged: DamagedVersion };

export const emptyCatalogue: Catalogue = { version: 0, topics: new Map(), problems: [], places: new Map() };

export const placeKey = ({ adapter, connection }: Place): string => `${adapter}:${connection}`;

/** The steps of one page in version order. */
export function configSteps(page: { readonly events: readonly StoredEvent[]; readonly damaged: readonly DamagedVersion[] }): ConfigStep[] {
  const steps: ConfigStep[] = [...page.events.map((event) => ({ event })), ...page.damaged.map((damaged) => ({ damaged }))];
  return steps.sort((a, b) => stepVersion(a) - stepVersion(b));
}

const stepVersion = (step: ConfigStep): number => ('event' in step ? step.event.version : step.damaged.version);

/**
 * Folds configuration steps into the catalogue. Pure and total: a step that cannot be applied is skipped and becomes
 * a problem, so no history can lock a store. Answers the new catalogue and what each step changed.
 */
export function foldCatalogue(
  catalogue: Catalogue,
  steps: readonly ConfigStep[],
): { readonly catalogue: Catalogue; readonly changes: readonly ConfigChange[] } {
  const folding = foldOn(catalogue);
  const changes = folding.add(steps);
  return { catalogue: folding.catalogue(), changes };
}

/** A long fold, page by page: the catalogue is copied once and not for each page. */
export interface CatalogueFolding {
  /** Answers what each step changed. */
  readonly add: (steps: readonly ConfigStep[]) => readonly ConfigChange[];
  /** What it has come to. It is given away: nothing is added after this. */
  readonly catalogue: () => Catalogue;
  readonly version: () => number;
}

/** Folds on from a catalogue, which stays as it is. */
export function foldOn(from: Catalogue): CatalogueFolding {
  const topics = new Map(from.topics);
  const places = new Map(from.places);
  const problems = [...from.problems];
  let { version } = from;
  return {
    add(steps) {
      const changes = steps.map((step) => applyStep(topics, places, step));
      for (const { problem } of changes) if (problem) problems.push(problem);
      version = Math.max(version, ...steps.map(stepVersion));
      return changes;
    },
    catalogue: () => ({ version, topics, places, problems }),
    version: () => version,
  };
}

function applyStep(topics: Map<string, Topic>, places: Map<string, Place>, step: ConfigStep): ConfigChange {
  if ('damaged' in step) {
    const { version, reason, place } = step.damaged;
    const problem = {
      code: 'config-event-damaged',
      reason: `Configuration event ${version} cannot be read: ${reason}`,
      version,
      path: place,
    };
    return { version, timestamp: null, type: null, topic: null, changed: [], after: null, problem };
  }
  const { event } = step;
  const parsed = parseConfigEvent(event);
  const topic = 'name' in parsed ? parsed.name : null;
  const base = { version: event.version, timestamp: event.timestamp, type: event.type, topic };
  const outcome = 'reason' in parsed ? parsed : apply(topics, places, parsed, event.version);
  if (Array.isArray(outcome)) {
    const after = topics.get(topic ?? '') ?? null;
    const restoredFrom = 'restoredFrom' in parsed ? parsed.restoredFrom : undefined;
    return { ...base, changed: outcome, after, ...(restoredFrom === undefined ? {} : { restoredFrom }) };
  }
  const { code, reason } = outcome;
  return { ...base, changed: [], after: null, problem: { code, reason, version: event.version, ...(topic === null ? {} : { topic }) } };
}

interface Skip {
  readonly code: string;
  readonly reason: string;
}

function apply(topics: Map<string, Topic>, places: Map<string, Place>, event: ParsedConfigEvent, version: number): FieldChange[] | Skip {
  const before = topics.get(event.name) ?? null;
  switch (event.type) {
    case 'TopicCreated': {
      const topic: Topic = {
        name: event.name,
        adapter: event.adapter,
        connection: event.connection ?? '',
        options: event.options ?? {},
        incarnation: version,
      };
      return put(topics, places, before, topic);
    }
    case 'TopicUpdated': {
      if (!before) {
        return {
          code: 'config-event-orphaned',
          reason: `Version ${version} updates topic "${event.name}", which does not exist at that point.`,
        };
      }
      const options = event.options ?? {};
      const topic: Topic = {
        ...before,
        adapter: event.adapter ?? before.adapter,
        connection: event.connection ?? before.connection,
        options: event.replacesOptions ? options : topicOptions([...Object.entries(before.options), ...Object.entries(options)]),
      };
      return put(topics, places, before, topic);
    }
    case 'TopicDeleted':
      topics.delete(event.name);
      return changedFields(before, null);
  }
}

function put(topics: Map<string, Topic>, places: Map<string, Place>, before: Topic | null, topic: Topic): FieldChange[] {
  topics.set(topic.name, topic);
  places.set(placeKey(topic), { adapter: topic.adapter, connection: topic.connection });
  return changedFields(before, topic);
}

/** The fields in which two states of a topic differ; null stands for "not there". */
export function changedFields(before: Topic | null, after: Topic | null): FieldChange[] {
  const fields: FieldChange[] = [];
  const compare = (path: string, was: string | null, is: string | null): void => {
    if (was !== is) fields.push({ path, before: was, after: is });
  };
  compare('/adapter', before?.adapter ?? null, after?.adapter ?? null);
  compare('/connection', before?.connection ?? null, after?.connection ?? null);
  if (before && after && sameOptions(before.options, after.options)) return fields;
  const keys = new Set([...Object.keys(before?.options ?? {}), ...Object.keys(after?.options ?? {})]);
  for (const key of [...keys].sort()) {
    const pointer = `/options/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    compare(pointer, option(before?.options, key), option(after?.options, key));
  }
  return fields;
}

const option = (options: TopicOptions | undefined, key: string): string | null =>
  options && Object.hasOwn(options, key) ? (options[key] ?? null) : null;

type ParsedConfigEvent =
  | {
      readonly type: 'TopicCreated';
      readonly name: string;
      readonly adapter: string;
      readonly connection?: string;
      readonly options?: TopicOptions;
      readonly restoredFrom?: string;
    }
  | {
      readonly type: 'TopicUpdated';
      readonly name: string;
      readonly adapter?: string;
      readonly connection?: string;
      readonly options?: TopicOptions;
      readonly replacesOptions: boolean;
    }
  | { readonly type: 'TopicDeleted'; readonly name: string };

/** The events that are the configuration. */
export const CONFIG_EVENT_TYPES = ['TopicCreated', 'TopicUpdated', 'TopicDeleted'] as const;

function parseConfigEvent(event: StoredEvent): ParsedConfigEvent | (Skip & { name?: string }) {
  const type = CONFIG_EVENT_TYPES.find((known) => known === event.type);
  if (!type) {
    return {
      code: 'config-event-unknown',
      reason: `Version ${event.version} is of type "${event.type}", which is no configuration event.`,
    };
  }
  const data = asRecord(event.data);
  const text = (field: string): string | undefined => {
    const value = data && Object.hasOwn(data, field) ? data[field] : undefined;
    return typeof value === 'string' ? value : undefined;
  };
  const name = text('name');
  if (name === undefined) {
    return { code: 'config-event-incomplete', reason: `${type} at version ${event.version} does not say which topic: "name" is missing.` };
  }
  if (type === 'TopicDeleted') return { type, name };
  const adapter = text('adapter');
  const connection = text('connection');
  const options = data && Object.hasOwn(data, 'options') ? stringOptions(data['options']) : undefined;
  const rest = { ...(connection === undefined ? {} : { connection }), ...(options === undefined ? {} : { options }) };
  if (type === 'TopicUpdated') {
    const replacesOptions = asRecord(event.metadata)?.['replacesOptions'] === true;
    return { type, name, ...rest, ...(adapter === undefined ? {} : { adapter }), replacesOptions };
  }
  if (adapter === undefined) {
    return { code: 'config-event-incomplete', reason: `TopicCreated at version ${event.version} for "${name}" names no adapter.`, name };
  }
  const restoredFrom = asRecord(event.metadata)?.['restored_from'];
  return { type, name, adapter, ...rest, ...(typeof restoredFrom === 'string' ? { restoredFrom } : {}) };
}

/** Values that are not text are dropped, as the Go original does. */
function stringOptions(value: unknown): TopicOptions {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return {};
  return topicOptions(Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}

function asRecord(text: string): Record<string, unknown> | null {
  const value: unknown = JSON.parse(text);
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : null;
}
