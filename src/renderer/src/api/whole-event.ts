import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { replyValue } from '../../../shared/ipc/api.ts';
import { TEXT_CHARS, type EventDetail } from '../../../shared/ipc/contract/events.ts';
import type { JsonText } from '../../../shared/model/json-text.ts';
import type { GridTopic } from './queries.ts';
import { tidemark } from './tidemark.ts';

/** The texts of an event, with nothing left out. */
export interface WholeEvent {
  readonly topic: string;
  readonly version: number;
  readonly timestamp: bigint;
  readonly id: string;
  readonly type: string;
  readonly data: JsonText;
  readonly metadata: JsonText;
}

/** Larger events are loaded whole when they are asked for. */
const UNASKED = 1024 * 1024;
const MEMBERS = ['data', 'metadata', 'id', 'type'] as const;

const isWhole = (event: EventDetail): boolean => MEMBERS.every((member) => event[member].length >= event[`${member}Total`]);
const totalOf = (event: EventDetail): number => event.dataTotal + event.metadataTotal + event.idTotal + event.typeTotal;

/**
 * Everything of an event, part after part. `onProgress` hears how many UTF-16 units are there.
 * @throws EventStoreError what main answers; CANCELLED after the abort.
 */
export async function loadWhole(
  topic: string,
  event: EventDetail,
  signal: AbortSignal,
  onProgress: (units: number) => void = () => {},
): Promise<WholeEvent> {
  const texts = { data: event.data, metadata: event.metadata, id: event.id, type: event.type };
  let loaded = 0;
  for (const member of MEMBERS) {
    const total = event[`${member}Total`];
    let length = texts[member].length;
    // An id or type that was cut ends in an ellipsis that is not its own: it is read again.
    if (length < total && (member === 'id' || member === 'type')) length = 0;
    const parts = length === 0 ? [] : [texts[member]];
    while (length < total) {
      const { text } = replyValue(await tidemark.eventsText({ topic, version: event.version, member, offset: length }, { signal }));
      if (text === '') break;
      parts.push(text);
      length += text.length;
      onProgress(loaded + length);
    }
    texts[member] = parts.join('');
    loaded += total;
  }
  return wholeOf(event, texts);
}

function wholeOf({ topic, version, timestamp }: EventDetail, texts: Readonly<Record<(typeof MEMBERS)[number], string>>): WholeEvent {
  const { id, type, data, metadata } = texts;
  // Main holds both as JSON text, and they are whole: they need not be looked at again.
  return { topic, version, timestamp, id, type, data: data as JsonText, metadata: metadata as JsonText };
}

export interface WholeEventState {
  /** Null until it is whole. */
  readonly event: WholeEvent | null;
  readonly loading: boolean;
  /** UTF-16 units. */
  readonly loaded: number;
  readonly total: number;
  readonly error: unknown;
  readonly load: () => void;
  readonly cancel: () => void;
}

/** An event whole: a small one at once, a large one when it is asked for, with progress. */
export function useWholeEvent({ path, name, incarnation }: GridTopic, event: EventDetail): WholeEventState {
  const total = totalOf(event);
  const [wanted, setWanted] = useState(total <= UNASKED);
  const [loaded, setLoaded] = useState(Math.min(total, 2 * TEXT_CHARS));
  const client = useQueryClient();
  const queryKey = ['whole', path, name, incarnation, event.version];
  const query = useQuery({
    queryKey,
    queryFn: ({ signal }) => loadWhole(name, event, signal, throttled(setLoaded)),
    enabled: wanted && !isWhole(event),
    // Tens of megabytes are not kept for long.
    gcTime: 5000,
    structuralSharing: false,
  });
  // What came whole is there in the same frame.
  const whole = useMemo(() => (isWhole(event) ? wholeOf(event, event) : null), [event]);
  return {
    event: whole ?? query.data ?? null,
    loading: query.isFetching,
    loaded,
    total,
    error: query.error,
    load: () => {
      if (query.error) void query.refetch();
      setWanted(true);
    },
    cancel: () => {
      setWanted(false);
      void client.cancelQueries({ queryKey });
    },
  };
}

/** At most ten times a second. */
function throttled(say: (units: number) => void): (units: number) => void {
  let said = 0;
  return (units) => {
    if (performance.now() - said < 100) return;
    said = performance.now();
    say(units);
  };
}
