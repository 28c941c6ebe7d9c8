import type { JsonText } from '../../../src/shared/model/json-text.ts';
import { beginningOf } from '../../../src/shared/model/event-beginning.ts';
import type { StoredEvent } from '../../../src/shared/model/event.ts';
import { allOf, mistake, spoiling, type BrokenRepository } from './broken-repository.ts';

const reparsed = (text: JsonText): JsonText => JSON.stringify(JSON.parse(text)) as JsonText;
const escaped = (text: string): JsonText =>
  text.replace(/[\u0080-\uffff]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`) as JsonText;

export const BROKEN_READING: readonly BrokenRepository[] = [
  mistake(
    'takes a forward cursor as inclusive',
    (right) => ({
      read: (topic, query) => right.read(topic, query.direction === 'forward' ? { ...query, cursor: (query.cursor ?? 0) - 1 } : query),
    }),
    'a cursor is exclusive in both directions',
    'a repository answers and refuses like the reference model, step by step',
  ),
  mistake(
    'takes a backward cursor as inclusive',
    (right) => ({
      read: (topic, query) =>
        right.read(topic, query.direction === 'backward' && query.cursor !== null ? { ...query, cursor: query.cursor + 1 } : query),
    }),
    'a cursor is exclusive in both directions',
    'beyond the ends there is nothing',
  ),
  mistake(
    'never says that nothing is next',
    (right) => ({
      async read(topic, query) {
        const page = await right.read(topic, query);
        return { ...page, next: page.next ?? page.events.at(-1)?.version ?? query.cursor };
      },
    }),
    'beyond the ends there is nothing',
    'a page that reaches the last event',
  ),
  mistake(
    'says too early that nothing is next',
    (right) => ({ read: async (topic, query) => ({ ...(await right.read(topic, query)), next: null }) }),
    'pages of any size read to the end',
    'a page that reaches the last event',
    'a page holds about 4 MiB',
  ),
  mistake(
    'orders events by type',
    (right) => ({
      async read(topic, query) {
        const page = await right.read(topic, query);
        const byType = (a: StoredEvent, b: StoredEvent): number => (a.type < b.type ? -1 : a.type > b.type ? 1 : 0);
        return { ...page, events: [...page.events].sort(byType) };
      },
    }),
    'pages of any size read to the end',
    'a type filter gives exactly the events',
  ),
  mistake(
    'compares types without their case',
    (right) => ({
      async read(topic, query) {
        if (!query.types?.length) return right.read(topic, query);
        const wanted = new Set(query.types.map((type) => type.toLowerCase()));
        const types = [...new Set((await allOf(right, topic)).map((event) => event.type))].filter((type) => wanted.has(type.toLowerCase()));
        return right.read(topic, { ...query, types: types.length > 0 ? types : query.types });
      },
    }),
    'a type filter gives exactly the events',
  ),
  mistake(
    'filters the page instead of the topic and stops at an empty one',
    (right) => ({
      async read(topic, query) {
        const page = await right.read(topic, { ...query, types: [] });
        const events = page.events.filter((event) => !query.types?.length || query.types.includes(event.type));
        return { ...page, events, next: events.length === 0 ? null : page.next };
      },
    }),
    'a page holds at most 1000 events, and a rare type',
  ),
  mistake(
    'answers as many events as there are',
    (right) => ({
      async read(topic, query) {
        if (query.limit >= 1 && query.limit < 1000) return right.read(topic, query);
        const events = await allOf(right, topic);
        return { events, damaged: [], next: null, scanned: events.length };
      },
    }),
    'a page holds at most 1000 events, and a rare type',
    'a page holds about 4 MiB',
  ),
  mistake(
    'leaves out what is larger than a page',
    (right) => ({
      async read(topic, query) {
        const page = await right.read(topic, query);
        return { ...page, events: page.events.filter((event) => event.data.length < 4 * 1024 * 1024) };
      },
    }),
    'an event larger than a page',
  ),
  mistake(
    'gives whole texts as beginnings',
    (right) => ({ readBeginnings: (topic, query) => right.readBeginnings(topic, query, { data: Infinity, metadata: Infinity }) }),
    'beginnings are those of the page',
  ),
  mistake(
    'cuts beginnings in the middle of a pair',
    (right) => ({
      async readBeginnings(topic, query, lengths) {
        const page = await right.read(topic, query);
        return {
          ...page,
          events: page.events.map((event) => ({ ...beginningOf(event, lengths), data: event.data.slice(0, lengths.data) })),
        };
      },
    }),
    'beginnings are those of the page',
  ),
  mistake(
    'gives the lengths of beginnings for those of all',
    (right) => ({
      async readBeginnings(topic, query, lengths) {
        const page = await right.readBeginnings(topic, query, lengths);
        return { ...page, events: page.events.map((event) => ({ ...event, dataTotal: event.data.length })) };
      },
    }),
    'beginnings are those of the page',
  ),
  mistake(
    'looks at nothing but beginnings',
    (right) => ({
      readBeginnings: async (topic, query, lengths) => ({ ...(await right.readBeginnings(topic, query, lengths)), damaged: [] }),
    }),
    'beginnings come with the damage',
  ),
  mistake(
    'adds a member to events',
    (right) => spoiling(right, (event) => ({ ...event, position: event.version })),
    'an event has exactly its seven members',
  ),
  mistake(
    'counts from a version on instead of after it',
    (right) => ({ count: (topic, after) => right.count(topic, after - 1 < 0 ? 0 : after - 1) }),
    'a count is of the events after a version',
  ),
  mistake(
    'parses data and writes it anew',
    (right) => spoiling(right, (event) => ({ ...event, data: reparsed(event.data) })),
    'data comes back token for token',
  ),
  mistake(
    'parses metadata and writes it anew',
    (right) => spoiling(right, (event) => ({ ...event, metadata: reparsed(event.metadata) })),
    'metadata comes back token for token',
  ),
  mistake(
    'escapes what is not ASCII',
    (right) => spoiling(right, (event) => ({ ...event, data: escaped(event.data) })),
    'any JSON text comes back',
  ),
  mistake(
    'cuts text off at a hundred thousand characters',
    (right) => spoiling(right, (event) => ({ ...event, data: event.data.slice(0, 100_000) as JsonText })),
    'a string of a mebibyte',
  ),
  mistake(
    'keeps timestamps in floating point',
    (right) => spoiling(right, (event) => ({ ...event, timestamp: BigInt(Number(event.timestamp)) })),
    'a timestamp is any int64',
  ),
  mistake('ends an id at NUL', (right) => spoiling(right, (event) => ({ ...event, id: event.id.split('\0')[0]! })), 'an id is any text'),
  mistake('trims types', (right) => spoiling(right, (event) => ({ ...event, type: event.type.trim() })), 'a type is any text'),
  mistake(
    'drops damage',
    (right) => ({ read: async (topic, query) => ({ ...(await right.read(topic, query)), damaged: [] }) }),
    'damage is reported with version, code, reason and place',
    'a filter of its own type does not hide',
    'no type filter hides damage',
  ),
  mistake(
    'counts what cannot be read',
    (right) => ({
      async count(topic, after) {
        const slice = await right.count(topic, after);
        return { ...slice, events: slice.events + slice.damaged.length };
      },
    }),
    'a count after a read counts',
    'a count by looking counts',
  ),
  mistake(
    'gives the number of a damaged event to the next one',
    (right) => ({
      async append(topic, batch, expected) {
        const page = await right.read(topic, { direction: 'backward', cursor: null, limit: 1 });
        const appended = await right.append(topic, batch, expected);
        return page.damaged.length === 0 ? appended : { ...appended, first: appended.first - 1, last: appended.last - 1 };
      },
    }),
    'a damaged version is never given',
  ),
];
