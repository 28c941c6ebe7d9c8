import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { replyValue } from '../../../shared/ipc/api.ts';
import type { EventDetail } from '../../../shared/ipc/contract/events.ts';
import type { TopicRow } from '../../../shared/ipc/contract/topics.ts';
import { memberSpans, parseJsonText } from '../../../shared/model/json-text.ts';
import { NO_FILTER } from '../state/place.ts';
import { useOverview } from './surveys.ts';
import { addFieldNames, type FieldNames } from './field-names.ts';
import { tidemark } from './tidemark.ts';

const PAGE = 200;
const PAGES = 3;
const MOST_TYPES = 100;
/** What `events.page` takes as a type. */
const LONGEST_TYPE = 128;

/** The types a topic holds: those of its latest events first, then what one short look, or a count made before, found. */
export function useTopicTypes(path: string, { name, incarnation, latestVersion }: TopicRow): readonly string[] {
  const { data } = useQuery({
    queryKey: ['recent-types', path, name, incarnation, latestVersion],
    queryFn: async ({ signal }) => {
      const types = new Set<string>();
      let cursor: number | null = null;
      for (let page = 0; page < PAGES && types.size < MOST_TYPES; page++) {
        const read: { readonly rows: readonly { readonly type: string }[]; readonly next: number | null } = replyValue(
          await tidemark.eventsPage({ topic: name, direction: 'backward', cursor, limit: PAGE }, { signal }),
        );
        // A type that was cut for the row is none.
        for (const { type } of read.rows) if (type.length < LONGEST_TYPE) types.add(type);
        cursor = read.next;
        if (cursor === null) break;
      }
      return [...types].slice(0, MOST_TYPES);
    },
  });
  const counted = useOverview({ path, name, incarnation, latestVersion: latestVersion ?? 0 }, NO_FILTER, { isStopped: true }).data?.types;
  return useMemo(() => {
    const whole = (counted ?? []).map(({ type }) => type).filter((type) => type.length < LONGEST_TYPE);
    return [...new Set([...(data ?? []), ...whole])].slice(0, MOST_TYPES);
  }, [data, counted]);
}

export interface LatestOfType {
  readonly version: number;
  /** Names that its newest events have in their data, the newest first. */
  readonly fields: readonly string[];
}

const LOOKED_AT = 5;
const MOST_FIELDS = 60;

/** The newest event of a type and the fields of its last few; null where there is none near. */
export function useLatestOfType(path: string, { name, incarnation, latestVersion }: TopicRow, type: string | null): LatestOfType | null {
  const { data } = useQuery({
    queryKey: ['latest-of-type', path, name, incarnation, latestVersion, type],
    enabled: type !== null,
    queryFn: async ({ signal }): Promise<LatestOfType | null> => {
      const { rows } = replyValue(
        await tidemark.eventsPage({ topic: name, direction: 'backward', cursor: null, limit: LOOKED_AT, types: [type ?? ''] }, { signal }),
      );
      const [newest] = rows;
      if (!newest) return null;
      const fields = new Set<string>();
      for (const { version } of rows) {
        const event = replyValue(await tidemark.eventsGet({ topic: name, version }, { signal }));
        for (const field of fieldsOf(event)) fields.add(field);
      }
      return { version: newest.version, fields: [...fields].slice(0, MOST_FIELDS) };
    },
  });
  return data ?? null;
}

/** Names at the top of an event's data; none where it is long or no object. */
function fieldsOf({ data, dataTotal }: Pick<EventDetail, 'data' | 'dataTotal'>): readonly string[] {
  if (data.length < dataTotal) return [];
  return (memberSpans(parseJsonText(data)) ?? []).map(({ key }) => key).filter((key) => key.length <= 100);
}

/** Rows among which one event of each type is looked for. */
const NEWEST = 200;
const MOST_LOOKED_INTO = 20;

export interface EventFields {
  readonly data: FieldNames;
  readonly metadata: FieldNames;
}

/** The names in data and metadata of a topic's newest events, one event of each type. */
export function useEventFields(path: string, { name, incarnation, latestVersion }: TopicRow): EventFields {
  const { data } = useQuery({
    queryKey: ['event-fields', path, name, incarnation],
    enabled: (latestVersion ?? 0) > 0,
    staleTime: 60_000,
    queryFn: async ({ signal }): Promise<EventFields> => {
      const { rows } = replyValue(
        await tidemark.eventsPage({ topic: name, direction: 'backward', cursor: null, limit: NEWEST }, { signal }),
      );
      const newest = [...Map.groupBy(rows, ({ type }) => type).values()].flatMap((ofType) => ofType.slice(0, 1)).slice(0, MOST_LOOKED_INTO);
      const fields = { data: new Map<string, Set<string>>(), metadata: new Map<string, Set<string>>() };
      for (const { version } of newest) {
        const event = replyValue(await tidemark.eventsGet({ topic: name, version }, { signal }));
        // What is cut is no JSON.
        if (event.data.length === event.dataTotal) addFieldNames(fields.data, parseJsonText(event.data));
        if (event.metadata.length === event.metadataTotal) addFieldNames(fields.metadata, parseJsonText(event.metadata));
      }
      return fields;
    },
  });
  return data ?? NO_FIELDS;
}

const NO_FIELDS: EventFields = { data: new Map(), metadata: new Map() };
