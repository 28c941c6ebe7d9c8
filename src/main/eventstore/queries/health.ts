import { errorFacts } from '../../../shared/model/errors.ts';
import { MAX_PAGE } from '../../../shared/model/event.ts';
import type { EventStreamConfig } from '../../../shared/model/event-stream-config.ts';
import type { RepositoryHealth, StoreHealth } from '../../../shared/model/health.ts';
import type { Problem } from '../../../shared/model/problem.ts';
import { sameOptions, type Topic } from '../../../shared/model/topic-config.ts';
import type { Configuration } from '../configuration.ts';
import type { EventRepository, RepositoryTopic } from '../ports/event-repository.ts';
import { totalStatus, unopened, type RepositoryRegistry } from '../repository-registry.ts';
import { placeKey, type Place } from '../topic-catalogue.ts';

export interface HealthQueries {
  health(): Promise<StoreHealth>;
  problems(): Promise<readonly Problem[]>;
}

export interface HealthOptions {
  readonly stream: EventStreamConfig;
  readonly configuration: Configuration;
  readonly registry: RepositoryRegistry;
}

const NO_STATS = { total: 0, up: 0, degraded: 0, down: 0, unknown: 0 } as const;

/** The health of a store that is not initialised. */
export function healthWhenDown(configStream: string): StoreHealth {
  return {
    status: 'down',
    initialized: false,
    reason: 'not initialized',
    configStream,
    topicCount: 0,
    repositories: {},
    repositoryStats: NO_STATS,
    adapterStats: {},
  };
}

/** Health from names and counters already known: nothing is opened, no event is read, nothing throws. */
export function healthQueries({ stream, configuration, registry }: HealthOptions): HealthQueries {
  const living = (): Topic[] => [...configuration.current().topics.values()].filter(({ name }) => name !== stream.name);

  return {
    async health() {
      const topics = living();
      const repositories = await everyRepository(registry, [stream, ...topics]);
      const stats: Record<keyof typeof NO_STATS, number> = { ...NO_STATS, total: Object.keys(repositories).length };
      const adapterStats = new Map<string, number>();
      for (const { status } of Object.values(repositories)) stats[status]++;
      for (const { adapter } of topics) adapterStats.set(adapter, (adapterStats.get(adapter) ?? 0) + 1);
      const skipped = configuration.current().problems.length;
      const status = worst(totalStatus(Object.values(repositories).map((repository) => repository.status)), skipped);
      const reason = healthReason(stats, skipped);
      return {
        status,
        initialized: true,
        ...(reason === '' ? {} : { reason }),
        configStream: stream.name,
        topicCount: topics.length,
        repositories,
        repositoryStats: stats,
        adapterStats: Object.fromEntries(adapterStats),
      };
    },
    async problems() {
      const { topics, problems } = configuration.current();
      const found: Problem[] = problems.map((problem) =>
        problem.path === undefined ? problem : { ...problem, path: inStore(stream, problem.path) },
      );
      if (topics.has(stream.name)) found.push(reservedName(stream.name));
      for (const { place, error } of registry.failures()) {
        const reason = `${placeKey(place)} cannot be opened (${error.code}): ${error.message}`;
        found.push({ code: 'repository-unavailable', reason, path: place.connection });
      }
      for (const { place, repository } of registry.opened()) {
        const here = living().filter((topic) => registry.get(topic.adapter, topic.connection) === repository);
        const expected = new Map(here.map((topic) => [topic.name, topic]));
        if (registry.get(stream.adapter, stream.connection) === repository) expected.delete(stream.name);
        found.push(...(await repositoryProblems(stream, place, repository, expected)));
      }
      return found;
    },
  };
}

async function everyRepository(registry: RepositoryRegistry, places: readonly Place[]): Promise<Record<string, RepositoryHealth>> {
  const { repositories: open } = await registry.health();
  const all = new Map(Object.entries(open));
  for (const place of places) {
    const key = placeKey(place);
    // Two spellings of one place share a repository, which stands there under the first of them.
    if (!all.has(key) && !registry.get(place.adapter, place.connection)) all.set(key, unopened(place));
  }
  return Object.fromEntries(all);
}

function worst(status: StoreHealth['status'], skipped: number): StoreHealth['status'] {
  return status === 'up' && skipped > 0 ? 'degraded' : status;
}

function healthReason({ down, degraded }: typeof NO_STATS | Record<keyof typeof NO_STATS, number>, skipped: number): string {
  const parts: string[] = [];
  if (down + degraded > 0) parts.push(`${down} down, ${degraded} degraded ${degraded === 1 ? 'repository' : 'repositories'}`);
  if (skipped > 0) parts.push(`${skipped} configuration ${skipped === 1 ? 'event' : 'events'} skipped`);
  return parts.join('; ');
}

function reservedName(topic: string): Problem {
  return {
    code: 'reserved-name',
    reason: `The history created a topic called "${topic}", the configuration topic's own name. It cannot be reached; deleting it removes the entry.`,
    topic,
  };
}

/** What the repository found itself, and where it and the catalogue disagree. */
async function repositoryProblems(
  stream: EventStreamConfig,
  place: Place,
  repository: EventRepository,
  expected: ReadonlyMap<string, Topic>,
): Promise<Problem[]> {
  try {
    const here = await everyTopic(repository);
    const own = (await repository.problems())
      .filter((problem) => !saidByComparison(problem, stream, expected))
      .map((problem) => (problem.path === undefined ? problem : { ...problem, path: inStore(place, problem.path) }));
    return [...own, ...compare(stream, place, here, expected)];
  } catch (error) {
    const { code, message } = errorFacts(error);
    return [
      {
        code: 'repository-unavailable',
        reason: `The repository ${placeKey(place)} cannot be examined (${code}): ${message}`,
        path: place.connection,
      },
    ];
  }
}

async function everyTopic(repository: EventRepository): Promise<Map<string, RepositoryTopic>> {
  const topics = new Map<string, RepositoryTopic>();
  let after: string | null = null;
  for (;;) {
    const page = await repository.listTopics(after, MAX_PAGE);
    for (const topic of page) topics.set(topic.name, topic);
    after = page.at(-1)?.name ?? null;
    if (page.length < MAX_PAGE || after === null) return topics;
  }
}

/** A topic that the history does not know is one problem, not also a missing config or folder. */
function saidByComparison({ code, topic }: Problem, stream: EventStreamConfig, expected: ReadonlyMap<string, Topic>): boolean {
  if (topic === undefined || topic === stream.name || expected.has(topic)) return false;
  return code === 'missing-config' || code === 'missing-folder';
}

function compare(
  stream: EventStreamConfig,
  place: Place,
  here: ReadonlyMap<string, RepositoryTopic>,
  expected: ReadonlyMap<string, Topic>,
): Problem[] {
  const problems: Problem[] = [];
  for (const topic of expected.values()) {
    const found = here.get(topic.name);
    if (!found) {
      const reason = `The catalogue knows topic "${topic.name}", its repository (${placeKey(place)}) does not: it reads as empty.`;
      problems.push({ code: 'data-missing', reason, topic: topic.name, path: place.connection });
    } else if (found.config && hasHistory(topic) && !sameConfig(found.config, topic)) {
      const reason = `The repository's own config of topic "${topic.name}" differs from the configuration history, which holds. The next write of the topic mends it.`;
      problems.push({ code: 'config-differs', reason, topic: topic.name });
    }
  }
  for (const { name, hasData } of here.values()) {
    if (expected.has(name) || name === stream.name) continue;
    const code = hasData ? 'orphan-data' : 'config-without-history';
    const what = hasData ? 'Data' : 'A config without data';
    problems.push({
      code,
      reason: `${what} of "${name}" lies in ${placeKey(place)}, but no configuration event knows it.`,
      topic: name,
      path: place.connection,
    });
  }
  return problems;
}

/** Without a configuration topic there is nothing that a repository's own config could differ from. */
const hasHistory = ({ incarnation }: Topic): boolean => incarnation > 0;

function sameConfig(own: Topic | RepositoryTopic['config'], topic: Topic): boolean {
  return own !== null && own.adapter === topic.adapter && own.connection === topic.connection && sameOptions(own.options, topic.options);
}

/** A path inside a repository as a path inside the store. */
function inStore({ connection }: Place, path: string): string {
  return connection === '.' || connection === '' ? path : `${connection.replace(/\/$/, '')}/${path}`;
}
