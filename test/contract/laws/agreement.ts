import fc from 'fast-check';
import { expect } from 'vitest';
import type { EventRepository } from '../../../src/main/eventstore/ports/event-repository.ts';
import { EventStoreError } from '../../../src/shared/model/errors.ts';
import type { Bench } from '../bench.ts';
import { law, type Law } from '../law.ts';
import { countAll, readAll } from '../observations.ts';
import { createReferenceModel, type ReferenceModel } from '../reference-model.ts';
import { configOf, eventOf, jsonText } from '../samples.ts';

/** One step: done to the repository and to the model, which must answer alike. */
interface Step {
  readonly shown: string;
  readonly real: (repository: EventRepository, nth: number) => Promise<unknown>;
  readonly model: (model: ReferenceModel, nth: number) => unknown;
}

const REPEATABLE_RUNS = { runs: 12, seed: 20_261_124 };
const RANDOM_RUNS = { runs: 6 };

/** A topic keeps events and its config apart per run; entries are the step's number, so none is ever taken. */
const name = fc.constantFrom('a', 'b', '__proto__');
const leftover = fc.constantFrom('refuse', 'adopt', 'trash');
const types = fc.subarray(['X', 'Y', 'x']);
const entryBack = fc.integer({ min: 1, max: 12 });
const batch = fc.array(
  fc.record({
    id: fc.integer({ min: 1, max: 14 }),
    type: fc.constantFrom('X', 'Y'),
    data: fc.constantFrom('1.10', '1.1', '{"a":1,"a":2}'),
    stamp: fc.constantFrom(null, 1n, -5n),
  }),
  { minLength: 1, maxLength: 4 },
);
/** Mostly whole stretches of a fixed sequence, so that exact retries are as frequent as conflicts. */
const stretch = fc
  .tuple(fc.integer({ min: 1, max: 10 }), fc.integer({ min: 1, max: 3 }))
  .map(([from, length]) => Array.from({ length }, (_none, n) => ({ id: from + n, type: 'X', data: '1.10', stamp: null })));

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.tuple(name, leftover, fc.string({ maxLength: 3 })).map(([topic, how, text]) => ({
    shown: `create ${topic} ${how}`,
    real: (repository: EventRepository, nth: number) => repository.createTopic(configOf(topic, { text }), how, entryOf(nth)),
    model: (model: ReferenceModel, nth: number) => model.create(configOf(topic, { text }), how, entryOf(nth)),
  })),
  {
    weight: 5,
    arbitrary: fc
      .tuple(name, fc.oneof(batch, stretch), fc.constantFrom<'any' | 'latest' | number>('any', 'latest', 'latest', 0, 2))
      .map(([topic, items, expected]) => {
        const events = items.map(({ id, type, data, stamp }) =>
          eventOf(`id-${id}`, { type, data: jsonText(data), timestamp: stamp ?? 7n, timestampGiven: stamp !== null }),
        );
        return {
          shown: `append ${topic} ${items.map((item) => item.id).join()} expecting ${expected}`,
          real: async (repository: EventRepository) =>
            repository.append(
              topic,
              events,
              expected === 'any' ? null : expected === 'latest' ? await repository.latestVersion(topic) : expected,
            ),
          model: (model: ReferenceModel) =>
            model.append(topic, events, expected === 'any' ? null : expected === 'latest' ? model.latest(topic) : expected),
        };
      }),
  },
  fc.tuple(name, fc.string({ maxLength: 3 })).map(([topic, text]) => ({
    shown: `write config of ${topic}`,
    real: (repository: EventRepository) => repository.writeTopicConfig(configOf(topic, { text })),
    model: (model: ReferenceModel) => model.writeConfig(configOf(topic, { text })),
  })),
  name.map((topic) => ({
    shown: `trash ${topic}`,
    real: (repository: EventRepository, nth: number) => repository.trashTopic(topic, entryOf(nth)),
    model: (model: ReferenceModel, nth: number) => model.discard(topic, entryOf(nth)),
  })),
  fc.tuple(entryBack, name, name).map(([back, topic, as]) => ({
    shown: `restore the entry of ${back} steps ago, ${topic} as ${as}`,
    real: (repository: EventRepository, nth: number) => repository.restoreTopic(entryOf(nth - back), topic, configOf(as)),
    model: (model: ReferenceModel, nth: number) => model.restore(entryOf(nth - back), topic, configOf(as)),
  })),
  fc.tuple(entryBack, name).map(([back, topic]) => ({
    shown: `purge the entry of ${back} steps ago, ${topic}`,
    real: (repository: EventRepository, nth: number) => repository.purgeTopic(entryOf(nth - back), topic),
    model: (model: ReferenceModel, nth: number) => model.purge(entryOf(nth - back), topic),
  })),
  {
    weight: 4,
    arbitrary: fc
      .tuple(name, fc.constantFrom('forward', 'backward'), fc.option(fc.nat({ max: 12 })), fc.integer({ min: 1, max: 5 }), types)
      .map(([topic, direction, cursor, limit, wanted]) => ({
        shown: `read ${topic} ${direction} from ${cursor} by ${limit}`,
        real: async (repository: EventRepository) =>
          (await readAll(repository, topic, { direction, cursor: direction === 'forward' ? (cursor ?? 0) : cursor, limit, types: wanted }))
            .events,
        model: (model: ReferenceModel) => model.read(topic, direction, cursor, wanted),
      })),
  },
  fc.tuple(name, fc.nat({ max: 12 })).map(([topic, after]) => ({
    shown: `count ${topic} after ${after}`,
    real: async (repository: EventRepository) => (await countAll(repository, topic, after)).events,
    model: (model: ReferenceModel) => model.count(topic, after),
  })),
);

/** A failing sequence is printed as what was done, not as functions. */
const shownStep = step.map((made) => ({ ...made, [fc.toStringMethod]: () => made.shown }));

function entryOf(nth: number): string {
  return String(100 + nth);
}

async function outcome(call: () => unknown): Promise<unknown> {
  try {
    return { answer: await call() };
  } catch (error) {
    if (error instanceof EventStoreError) return { refused: error.code };
    throw error;
  }
}

async function agrees({ open, openExisting }: Bench, steps: readonly Step[], topicsOfRun: string): Promise<void> {
  let repository = await open();
  const model = createReferenceModel();
  await repository.createTopic(configOf('a'), 'refuse', '1');
  model.create(configOf('a'), 'refuse', '1');
  for (const [nth, { shown, real, model: modelled }] of steps.entries()) {
    const expected = await outcome(() => modelled(model, nth));
    expect(await outcome(() => real(repository, nth)), `${topicsOfRun} step ${nth}: ${shown}`).toEqual(expected);
    expect(await repository.listTopics(null, 1000), `topics after step ${nth}: ${shown}`).toEqual(model.topics());
    expect(await repository.listTrash(null, 1000), `trash after step ${nth}: ${shown}`).toEqual(model.trash());
    if (nth % 15 !== 14 || !repository.capabilities.durable) continue;
    await repository.close();
    repository = await openExisting();
  }
  await repository.close();
}

function agreement(label: string, { runs, seed }: { readonly runs: number; readonly seed?: number }): Law {
  return law(label, async ({ fresh }) => {
    const property = fc.asyncProperty(fc.array(shownStep, { minLength: 20, maxLength: 40, size: 'max' }), async (steps) => {
      const bench = await fresh();
      try {
        await agrees(bench, steps, label);
      } finally {
        await bench.close();
      }
    });
    // A failure prints its seed and path; shrinking is bounded because each step may touch a disk.
    await fc.assert(property, {
      numRuns: runs,
      ...(seed === undefined ? {} : { seed }),
      interruptAfterTimeLimit: 20_000,
      endOnFailure: true,
    });
  });
}

export const AGREEMENT_LAWS: readonly Law[] = [
  agreement('a repository answers and refuses like the reference model, step by step, on the sequences of a fixed seed', REPEATABLE_RUNS),
  agreement('a repository answers and refuses like the reference model on sequences of a new seed', RANDOM_RUNS),
];
