import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { replyValue } from '../../../shared/ipc/api.ts';
import type { EventDetail } from '../../../shared/ipc/contract/events.ts';
import { PART_CHARS } from '../../../shared/ipc/text-chars.ts';
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
    if (texts[member].length < event[`${member}Total`]) {
      const before = loaded;
      texts[member] = await loadMember(topic, event, member, signal, (units) => onProgress(before + units));
    }
    loaded += texts[member].length;
  }
  return wholeOf(event, texts);
}

/** A part may be one unit shorter than asked for, so that no character is halved: so much of each is there for sure. */
const PART = PART_CHARS - 1;
/** Calls under way at once, so that neither side waits for the other. */
const AT_ONCE = 4;

async function loadMember(
  topic: string,
  event: EventDetail,
  member: (typeof MEMBERS)[number],
  signal: AbortSignal,
  onProgress: (units: number) => void,
): Promise<string> {
  const total = event[`${member}Total`];
  const count = Math.ceil(total / PART);
  const parts: string[] = [];
  let next = 0;
  let loaded = 0;
  const work = async (): Promise<void> => {
    while (next < count) {
      const part = next++;
      const { text } = replyValue(await tidemark.eventsText({ topic, version: event.version, member, offset: part * PART }, { signal }));
      parts[part] = text.slice(0, PART);
      loaded += text.length;
      onProgress(Math.min(total, loaded));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return parts.join('');
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
  const [loaded, setLoaded] = useState(event.data.length + event.metadata.length);
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
