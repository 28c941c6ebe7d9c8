import { seededEvents } from '../../scripts/seed/seeded-events.ts';
import type { NewEvent } from '../../src/shared/model/event.ts';
import { toJsonText } from '../../src/shared/model/json-text.ts';

/** An event as a program has it before anyone has written it as text. */
export interface PlainEvent {
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly metadata: Readonly<Record<string, unknown>>;
}

const source = seededEvents({ seed: 7 });

/** The next `count` events of a seeded row that never ends. */
export function plainEvents(count: number): PlainEvent[] {
  return Array.from({ length: count }, () => {
    const { type, data, metadata } = source.next().value;
    const parse = (text = '{}'): PlainEvent['data'] => JSON.parse(text) as PlainEvent['data'];
    return { type, data: parse(data), metadata: parse(metadata) };
  });
}

export const asNewEvents = (events: readonly PlainEvent[]): NewEvent[] =>
  events.map(({ type, data, metadata }) => ({ type, data: toJsonText(data), metadata: toJsonText(metadata) }));
