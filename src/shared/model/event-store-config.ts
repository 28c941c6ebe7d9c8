import { EventStoreError } from './errors.ts';
import { DEFAULT_CONFIG_TOPIC, newEventStreamConfig, validateEventStreamConfig, type EventStreamConfig } from './event-stream-config.ts';
import { silentLogger, type Logger } from './logger.ts';

export interface EventStoreConfig {
  readonly configStream: EventStreamConfig;
  readonly logger: Logger;
}

/**
 * The defaults: configuration in memory, nothing logged. A missing logger or an invalid stream in `given` keeps
 * the default, as the Go original's WithLogger and WithConfigStream do.
 */
export function newEventStoreConfig(given: { configStream?: EventStreamConfig; logger?: Logger } = {}): EventStoreConfig {
  const defaults = { ...newEventStreamConfig(DEFAULT_CONFIG_TOPIC), options: { inmemory: 'true' } };
  return { configStream: validStream(given.configStream) ?? defaults, logger: given.logger ?? silentLogger };
}

function validStream(stream: EventStreamConfig | undefined): EventStreamConfig | undefined {
  try {
    if (stream) validateEventStreamConfig(stream);
    return stream;
  } catch {
    return undefined;
  }
}

/** @throws EventStoreError INVALID_TOPIC_CONFIG for a bad stream or a missing logger. */
export function validateEventStoreConfig(config: EventStoreConfig): void {
  validateEventStreamConfig(config.configStream);
  if (!config.logger) throw new EventStoreError('INVALID_TOPIC_CONFIG', 'An EventStore needs a logger.', { field: 'logger' });
}
