import type { Appended, PreparedEvent } from '../../../src/main/eventstore/ports/event-repository.ts';
import { isEventStoreError } from '../../../src/shared/model/errors.ts';
import { allOf, mistake, nextTurn, refuse, spoiling, type BrokenRepository } from './broken-repository.ts';

/** Ids are told apart by a mark behind them that `unmarked` takes off again. */
const MARK = '\u0001mark';
const unmarked = (id: string): string => id.split(MARK)[0]!;
let marks = 0;
const marked = (event: PreparedEvent): PreparedEvent => ({ ...event, id: `${event.id}${MARK}${++marks}` });

const TOGETHER = 'appends made at the same time take turns';
const SEEN_WHOLE = 'a reader sees all of a batch or none';
const RACE = 'of appends that expect the same version';

export const BROKEN_APPENDING: readonly BrokenRepository[] = [
  mistake(
    'does not advance the latest version',
    (right) => ({ latestVersion: async (topic) => Math.min(await right.latestVersion(topic), 1) }),
    'versions start at 1',
    'what was appended is read',
  ),
  mistake(
    'counts versions over all topics',
    (right) => {
      let written = 0;
      return {
        async append(topic, batch, expected) {
          const appended = await right.append(topic, batch, expected);
          written += batch.length;
          return { ...appended, first: written - batch.length + 1, last: written };
        },
      };
    },
    'each topic counts its own versions',
  ),
  mistake(
    'does not look at the guard',
    (right) => ({ append: (topic, batch, expected) => right.append(topic, batch, expected) }),
    'a guarded append is written while',
  ),
  mistake(
    'is off by one in the expected version',
    (right) => ({ append: (topic, batch, expected) => right.append(topic, batch, expected === null ? null : expected - 1) }),
    'an append goes through at the expected version',
    'any other expected version is VERSION_CONFLICT',
  ),
  mistake(
    'takes expected version 0 for none',
    (right) => ({ append: (topic, batch, expected) => right.append(topic, batch, expected === 0 ? null : expected) }),
    'any other expected version is VERSION_CONFLICT',
  ),
  mistake(
    'tells the versions of a conflict the wrong way round',
    (right) => ({
      append: (topic, batch, expected) =>
        right.append(topic, batch, expected).catch((error: unknown) => {
          if (!isEventStoreError(error, 'VERSION_CONFLICT')) throw error;
          throw Object.assign(error, { details: { expected: error.details['actual'], actual: error.details['expected'] } });
        }),
    }),
    'any other expected version is VERSION_CONFLICT',
  ),
  mistake(
    'writes a batch event by event',
    (right) => ({
      async append(topic, batch, expected) {
        const appended: Appended[] = [];
        for (const [index, event] of batch.entries()) {
          appended.push(await right.append(topic, [event], expected === null ? null : expected + index));
          await nextTurn();
        }
        return { first: appended[0]!.first, last: appended.at(-1)!.last, replayed: appended[0]!.replayed };
      },
    }),
    'a refused batch leaves nothing behind',
    TOGETHER,
    SEEN_WHOLE,
    'a second handle sees all of a batch or none',
    'two handles append at the same time',
  ),
  mistake(
    'looks at the expected version first',
    (right) => ({
      async append(topic, batch, expected) {
        const actual = await right.latestVersion(topic);
        if (expected !== null && expected !== actual) refuse('VERSION_CONFLICT');
        return right.append(topic, batch, expected);
      },
    }),
    'the topic is looked for before the ids',
    "a repeated batch is answered with the first time's versions",
  ),
  mistake(
    'cuts a batch off at a thousand',
    (right) => ({ append: (topic, batch, expected) => right.append(topic, batch.slice(0, 1000), expected) }),
    'a batch of more than a thousand events',
  ),
  mistake(
    'hands out what it keeps',
    (right) => {
      const kept = new Map<string, Awaited<ReturnType<typeof right.read>>>();
      return {
        async read(topic, query) {
          const page = await right.read(topic, query);
          const key = JSON.stringify([topic, query, page.events.length]);
          if (!kept.has(key)) kept.set(key, { ...page, events: page.events.map((event) => ({ ...event })) });
          return kept.get(key)!;
        },
      };
    },
    'what a caller does to a batch or to an answer',
  ),
  mistake(
    'checks no ids',
    (right) => ({
      append: (topic, batch, expected) => right.append(topic, batch.map(marked), expected),
      ...spoiling(right, (event) => ({ ...event, id: unmarked(event.id) })),
    }),
    "a repeated batch is answered with the first time's versions",
    'a part of a batch',
    'known ids in another order',
    'an id twice in a batch',
    'one batch appended several times',
    'one batch appended through two handles',
    'a repository answers and refuses like the reference model, step by step',
    'a repository answers and refuses like the reference model on sequences',
  ),
  mistake(
    'knows whole batches only',
    (right) => {
      const batches = new Set<string>();
      return {
        async append(topic, batch, expected) {
          const key = batch.map((event) => event.id).join();
          const appended = await right.append(topic, batch, expected);
          if (appended.replayed && !batches.has(key)) refuse('EVENT_ID_CONFLICT');
          batches.add(key);
          return appended;
        },
      };
    },
    'a part of a batch',
  ),
  mistake(
    'compares values instead of text in a retry',
    (right) => ({
      async append(topic, batch, expected) {
        const stored = new Map((await allOf(right, topic)).map((event) => [event.id, event]));
        const alike = batch.map((event) => {
          const known = stored.get(event.id);
          const same = known && JSON.stringify(JSON.parse(known.data)) === JSON.stringify(JSON.parse(event.data));
          return same ? { ...event, data: known.data } : event;
        });
        return right.append(topic, alike, expected);
      },
    }),
    'a known id with another type',
  ),
  mistake(
    'does not compare timestamps in a retry',
    (right) => ({
      append: (topic, batch, expected) =>
        right.append(
          topic,
          batch.map((event) => ({ ...event, timestampGiven: false })),
          expected,
        ),
    }),
    'a retry must carry the same timestamp',
  ),
  mistake(
    'ignores the order of a retry',
    (right) => ({
      async append(topic, batch, expected) {
        const order = new Map((await allOf(right, topic)).map((event) => [event.id, event.version]));
        return right.append(
          topic,
          [...batch].sort((a, b) => (order.get(a.id) ?? 0) - (order.get(b.id) ?? 0)),
          expected,
        );
      },
    }),
    'known ids in another order',
  ),
  mistake(
    'leaves known events out and writes the rest',
    (right) => ({
      async append(topic, batch, expected) {
        const known = new Set((await allOf(right, topic)).map((event) => event.id));
        const rest = batch.filter((event) => !known.has(event.id));
        return right.append(topic, rest.length > 0 ? rest : batch, expected);
      },
    }),
    'known ids in another order',
    'a known id beside events whose ids were generated',
  ),
  mistake(
    'drops the second of two equal ids',
    (right) => ({
      append: (topic, batch, expected) => right.append(topic, [...new Map(batch.map((event) => [event.id, event])).values()], expected),
    }),
    'an id twice in a batch',
  ),
  mistake(
    'forgets the ids it generated',
    (right) => ({
      append: (topic, batch, expected) =>
        right.append(
          topic,
          batch.map((event) => (event.idGiven ? event : marked(event))),
          expected,
        ),
      ...spoiling(right, (event) => ({ ...event, id: unmarked(event.id) })),
    }),
    'an id that was generated is known',
  ),
  mistake(
    'folds the case of ids',
    (right) => ({
      append: (topic, batch, expected) =>
        right.append(
          topic,
          batch.map((event) => ({ ...event, id: event.id.toLowerCase() })),
          expected,
        ),
    }),
    'ids that differ in case or form',
    'an id is any text',
  ),
  mistake(
    'knows ids across topics',
    (right) => {
      const homes = new Map<string, string>();
      return {
        async append(topic, batch, expected) {
          if (batch.some((event) => (homes.get(event.id) ?? topic) !== topic)) refuse('EVENT_ID_CONFLICT');
          for (const event of batch) homes.set(event.id, topic);
          return right.append(topic, batch, expected);
        },
      };
    },
    'ids are a matter of one topic',
  ),
  mistake(
    "remembers ids by a topic's name",
    (right) => {
      const answers = new Map<string, Appended>();
      return {
        async append(topic, batch, expected) {
          const key = JSON.stringify([topic, batch.map((event) => event.id)]);
          const known = answers.get(key);
          if (known) return { ...known, replayed: true };
          const appended = await right.append(topic, batch, expected);
          answers.set(key, appended);
          return appended;
        },
      };
    },
    'a retry is known after trash and restore',
  ),
  mistake(
    'knows the ids since it was opened only',
    (right) => {
      const known = new Set<string>();
      return {
        append(topic, batch, expected) {
          const own = batch.map((event) => (known.has(event.id) ? event : { ...event, id: `${event.id}${MARK}` }));
          const first = batch.every((event) => !known.has(event.id));
          for (const event of batch) known.add(event.id);
          return right.append(topic, first ? own.map(marked) : own, expected);
        },
        ...spoiling(right, (event) => ({ ...event, id: unmarked(event.id) })),
      };
    },
    'a retry is known after closing and opening',
  ),
  mistake(
    'checks the version, then writes a turn later',
    (right) => ({
      async append(topic, batch, expected) {
        const actual = await right.latestVersion(topic);
        if (expected !== null && expected !== actual) return right.append(topic, batch, expected);
        await nextTurn();
        return right.append(topic, batch, null);
      },
    }),
    RACE,
    'two handles racing for a version',
  ),
  mistake(
    'looks for a topic, then makes it a turn later',
    (right) => ({
      async createTopic(config, leftover, entry) {
        if (await right.findTopic(config.name)) return right.createTopic(config, leftover, entry);
        await nextTurn();
        return right.createTopic(config, 'adopt', entry);
      },
    }),
    'of two that make the same topic',
  ),
  mistake(
    'acknowledges before it writes',
    (right) => {
      let ahead = 0;
      return {
        async append(topic, batch) {
          const first = (await right.latestVersion(topic)) + ahead + 1;
          ahead += batch.length;
          setImmediate(() => {
            ahead -= batch.length;
            right.append(topic, batch, null).catch(() => {});
          });
          return { first, last: first + batch.length - 1, replayed: false };
        },
      };
    },
    'nothing acknowledged is lost when a topic is trashed',
    'nothing acknowledged is lost when another handle trashes',
    'an append that close overtakes',
  ),
  mistake(
    'trusts what it saw of a topic first',
    (right) => {
      const seen = new Map<string, number>();
      return {
        async latestVersion(topic) {
          if (!seen.has(topic)) seen.set(topic, await right.latestVersion(topic));
          return seen.get(topic)!;
        },
      };
    },
    'two handles of one place see what the other wrote',
    'what was appended is read',
  ),
];
