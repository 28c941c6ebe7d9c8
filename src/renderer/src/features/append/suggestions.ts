import type { CompletionContext, CompletionResult, CompletionSource } from '@codemirror/autocomplete';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { replyValue } from '../../../../shared/ipc/api.ts';
import type { EventDetail } from '../../../../shared/ipc/contract/events.ts';
import type { TopicRow } from '../../../../shared/ipc/contract/topics.ts';
import { memberSpans, parseJsonText } from '../../../../shared/model/json-text.ts';
import { useOverview } from '../../api/surveys.ts';
import { tidemark } from '../../api/tidemark.ts';
import { NO_FILTER } from '../../state/place.ts';

const PAGE = 200;
const PAGES = 3;
const MOST_TYPES = 100;
/** What `events.page` takes as a type. */
const LONGEST_TYPE = 128;

/** The types a topic holds: those of its latest events first, then every other as it is counted. */
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
  const counted = useOverview({ path, name, incarnation, latestVersion: latestVersion ?? 0 }, NO_FILTER).data?.types;
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
function fieldsOf({ data, dataTotal }: EventDetail): readonly string[] {
  if (data.length < dataTotal) return [];
  return (memberSpans(parseJsonText(data)) ?? []).map(({ key }) => key).filter((key) => key.length <= 100);
}

/** Offers names where a key may stand. */
export function fieldCompletion(fields: readonly string[]): CompletionSource {
  return (context: CompletionContext): CompletionResult | null => {
    const word = context.matchBefore(/"?[\w.$-]*/);
    const from = word?.from ?? context.pos;
    const before = context.state
      .sliceDoc(Math.max(0, from - 200), from)
      .trimEnd()
      .at(-1);
    const isKey = before === '{' || before === ',';
    if (!isKey || fields.length === 0 || (!context.explicit && !word?.text.startsWith('"'))) return null;
    const closed = context.state.sliceDoc(context.pos, context.pos + 1) === '"';
    return {
      from,
      to: closed ? context.pos + 1 : context.pos,
      options: fields.map((field, index) => ({
        label: JSON.stringify(field),
        apply: `${JSON.stringify(field)}: `,
        type: 'property',
        boost: -index,
      })),
      filter: true,
    };
  };
}

const NAME_CHARS = 1024;

/** A stored event whole: its type, data and metadata. A type too long to be told whole is left out. */
export async function readWhole(
  topic: string,
  version: number,
): Promise<{ readonly type: string; readonly data: string; readonly metadata: string }> {
  const event = replyValue(await tidemark.eventsGet({ topic, version }));
  const whole = async (member: 'data' | 'metadata', start: string, total: number): Promise<string> => {
    const parts = [start];
    for (let at = start.length; at < total;) {
      const { text } = replyValue(await tidemark.eventsText({ topic, version, member, offset: at }));
      if (text === '') break;
      parts.push(text);
      at += text.length;
    }
    return parts.join('');
  };
  return {
    type: event.type.length < NAME_CHARS ? event.type : '',
    data: await whole('data', event.data, event.dataTotal),
    metadata: await whole('metadata', event.metadata, event.metadataTotal),
  };
}
