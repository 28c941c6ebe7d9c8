import { describe, expect, test } from 'vitest';
import { newEventStoreConfig, validateEventStoreConfig } from '../../../src/shared/model/event-store-config.ts';
import { newEventStreamConfig, validateEventStreamConfig, type EventStreamConfig } from '../../../src/shared/model/event-stream-config.ts';
import { silentLogger, type Logger } from '../../../src/shared/model/logger.ts';
import type { TopicConfig } from '../../../src/shared/model/topic-config.ts';
import { codeOf } from './stores.ts';

describe('MO: the configuration of a store', () => {
  test('MO1 a new stream has the name, the memory adapter, an empty connection and empty options', () => {
    expect(newEventStreamConfig('s')).toEqual({ name: 's', adapter: 'memory', connection: '', options: {} });
  });

  test('MO2 a stream needs a name and an adapter; an empty connection is fine with memory', async () => {
    const stream = newEventStreamConfig('s');
    expect(await codeOf(() => validateEventStreamConfig(stream))).toBe('no error');
    expect(await codeOf(() => validateEventStreamConfig({ ...stream, name: '' }))).toBe('INVALID_TOPIC_CONFIG');
    expect(await codeOf(() => validateEventStreamConfig({ ...stream, adapter: '' }))).toBe('INVALID_TOPIC_CONFIG');
  });

  test('MO3 a stream is a topic config and back, with all four fields, whatever its adapter is called', () => {
    const topic: TopicConfig = { name: 't', adapter: 'anything', connection: 'c', options: { a: '1' } };
    const stream: EventStreamConfig = topic;
    const back: TopicConfig = stream;
    expect(back).toEqual(topic);
  });

  test('MO4 a new store config has the stream "configuration" in memory with inmemory=true, and a logger', () => {
    const { configStream, logger } = newEventStoreConfig();
    expect(configStream).toEqual({ name: 'configuration', adapter: 'memory', connection: '', options: { inmemory: 'true' } });
    expect(logger).toBeDefined();
  });

  test('MO5 a store config needs a valid stream and a logger', async () => {
    const config = newEventStoreConfig();
    expect(await codeOf(() => validateEventStoreConfig(config))).toBe('no error');
    expect(await codeOf(() => validateEventStoreConfig({ ...config, configStream: newEventStreamConfig('') }))).toBe(
      'INVALID_TOPIC_CONFIG',
    );
    expect(await codeOf(() => validateEventStoreConfig({ ...config, logger: null as unknown as Logger }))).toBe('INVALID_TOPIC_CONFIG');
  });

  test('MO6 a logger and a stream that are given are taken; no logger and an invalid stream keep the defaults', () => {
    const logger: Logger = { ...silentLogger };
    const configStream = newEventStreamConfig('custom');
    expect(newEventStoreConfig({ logger, configStream })).toEqual({ logger, configStream });
    expect(newEventStoreConfig({ logger, configStream }).logger).toBe(logger);
    const kept = newEventStoreConfig({ configStream: newEventStreamConfig('') });
    expect([kept.configStream.name, kept.logger]).toEqual(['configuration', silentLogger]);
  });
});
