import type { PreparedEvent } from '../../src/main/eventstore/ports/event-repository.ts';
import { JSON_NULL, type JsonText } from '../../src/shared/model/json-text.ts';
import type { TopicConfig, TopicOptions } from '../../src/shared/model/topic-config.ts';

export const TOPIC = 'orders';
/** A page that asks for as much as may be asked. */
export const PAGE = { direction: 'forward', cursor: 0, limit: 1000 } as const;

export function configOf(name: string = TOPIC, options: TopicOptions = {}): TopicConfig {
  return { name, adapter: 'some-adapter', connection: './some/connection', options };
}

/** An event with an id and a timestamp of our own making, as an append without given ids has it. */
export function eventOf(id: string, given: Partial<PreparedEvent> = {}): PreparedEvent {
  return {
    id,
    idGiven: true,
    type: 'OrderPlaced',
    data: `{"id":${JSON.stringify(id)}}` as JsonText,
    metadata: JSON_NULL,
    timestamp: 1_700_000_000_000_000_000n,
    timestampGiven: false,
    ...given,
  };
}

/** `count` events with the ids `<prefix>1`, `<prefix>2`, … */
export function eventsOf(prefix: string, count: number, given: Partial<PreparedEvent> = {}): readonly PreparedEvent[] {
  return Array.from({ length: count }, (_none, index) => eventOf(`${prefix}${index + 1}`, given));
}

export const jsonText = (text: string): JsonText => text as JsonText;
