import { EventStoreError } from './errors.ts';
import type { TopicConfig } from './topic-config.ts';

/** Which topic is the configuration, and where it is stored. The same four members as any topic's config. */
export type EventStreamConfig = TopicConfig;

/** The Go original's default name for the configuration topic. */
export const DEFAULT_CONFIG_TOPIC = 'configuration';

/** A stream config of this name on the memory adapter, with an empty connection and no options. */
export function newEventStreamConfig(name: string): EventStreamConfig {
  return { name, adapter: 'memory', connection: '', options: {} };
}

/** @throws EventStoreError INVALID_TOPIC_CONFIG for an empty name or adapter. */
export function validateEventStreamConfig(config: EventStreamConfig): void {
  for (const field of ['name', 'adapter'] as const) {
    if (typeof config[field] !== 'string' || config[field] === '') {
      throw new EventStoreError('INVALID_TOPIC_CONFIG', `The configuration stream needs a ${field}.`, { field });
    }
  }
}
