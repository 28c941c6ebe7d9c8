import { describe, expect, onTestFinished, test } from 'vitest';
import { findAdapter } from '../../../src/main/eventstore/repository-factory.ts';
import { createRepositoryRegistry, type RepositoryRegistry } from '../../../src/main/eventstore/repository-registry.ts';
import { placeKey } from '../../../src/main/eventstore/topic-catalogue.ts';
import { adapters, appendTo, codeOf, newFolder, topicOf } from './stores.ts';

function newRegistry(): RepositoryRegistry {
  const registry = createRepositoryRegistry({ adapters, base: newFolder(), lockWait: 0, allowOutside: false });
  onTestFinished(() => registry.close());
  return registry;
}

describe('RL: the life of a repository', () => {
  test('RL1 a memory repository: ready and up, closed and down, reads refused; reopened it is ready and up', async () => {
    const registry = newRegistry();
    const first = await registry.getOrCreate('memory', 'm');
    expect(await first.health()).toMatchObject({ status: 'up', state: 'ready' });
    await first.close();
    expect(await first.health()).toMatchObject({ status: 'down', state: 'closed' });
    expect(await codeOf(() => first.latestVersion('t'))).toBe('REPOSITORY_CLOSED');
    const again = await registry.reopen('memory', 'm');
    expect(await again.health()).toMatchObject({ status: 'up', state: 'ready' });
    expect((await registry.health()).status).toBe('up');
  });

  test('RL2 reopen, closed before or not, gives a ready repository that get finds, and never touches data', async () => {
    const registry = newRegistry();
    const first = await registry.getOrCreate('fs', 'repository', { create: true });
    await first.createTopic(topicOf('t'), 'refuse', '');
    await appendTo(first, 't', 'A');
    await first.close();
    const second = await registry.reopen('fs', 'repository');
    expect((await second.health()).state).toBe('ready');
    const third = await registry.reopen('fs', 'repository');
    expect(registry.get('fs', 'repository')).toBe(third);
    expect(await third.latestVersion('t')).toBe(1);
    expect(await codeOf(() => second.latestVersion('t'))).toBe('REPOSITORY_CLOSED');
  });

  test('RL3 a closed registry is down and shut down, and finds nothing', async () => {
    const registry = newRegistry();
    await registry.getOrCreate('memory', 'm');
    await registry.close();
    expect(await registry.health()).toMatchObject({ status: 'down', isShutdown: true });
    expect(registry.get('memory', 'm')).toBeUndefined();
    expect(await codeOf(() => registry.getOrCreate('memory', 'm'))).toBe('REPOSITORY_CLOSED');
  });
});

describe('RR: the repository registry', () => {
  test('RR1 a new registry is empty', () => {
    expect(newRegistry().opened()).toEqual([]);
  });

  test('RR2 get finds nothing in an empty registry, the same instance after getOrCreate, and nothing for another adapter', async () => {
    const registry = newRegistry();
    expect(registry.get('memory', 'm')).toBeUndefined();
    const made = await registry.getOrCreate('memory', 'm');
    expect(registry.get('memory', 'm')).toBe(made);
    expect(registry.get('fs', 'm')).toBeUndefined();
  });

  test('RR3 getOrCreate makes one instance; an empty adapter name and an unknown one are refused', async () => {
    const registry = newRegistry();
    const [first, second] = await Promise.all([registry.getOrCreate('memory', 'm'), registry.getOrCreate('memory', 'm')]);
    expect(first).toBe(second);
    expect(await codeOf(() => registry.getOrCreate('', 'm'))).toBe('INVALID_TOPIC_CONFIG');
    expect(await codeOf(() => registry.getOrCreate('unknown', 'm'))).toBe('UNKNOWN_ADAPTER');
  });

  test('RR4 memory and fs are there, an unknown adapter is UNKNOWN_ADAPTER, a planned one ADAPTER_NOT_AVAILABLE', async () => {
    for (const name of ['memory', 'fs', 'sqlite']) expect(await codeOf(() => findAdapter(adapters, name))).toBe('no error');
    for (const name of ['unknown', 'Memory', '__proto__', ''])
      expect(await codeOf(() => findAdapter(adapters, name))).toBe('UNKNOWN_ADAPTER');
    for (const name of ['postgres', 'blob']) expect(await codeOf(() => findAdapter(adapters, name))).toBe('ADAPTER_NOT_AVAILABLE');
  });

  test('RR5 after close no repository is left', async () => {
    const registry = newRegistry();
    await registry.getOrCreate('memory', 'm');
    await registry.getOrCreate('memory', 'm');
    expect(registry.opened()).toHaveLength(1);
    await registry.close();
    expect(registry.opened()).toEqual([]);
  });

  test('RR6 health: empty is up with 0, one repository is up with 1', async () => {
    const registry = newRegistry();
    expect(await registry.health()).toEqual({ status: 'up', repositoryCount: 0, isShutdown: false, repositories: {} });
    await registry.getOrCreate('memory', 'm');
    const { status, repositoryCount, repositories } = await registry.health();
    expect([status, repositoryCount, Object.keys(repositories)]).toEqual(['up', 1, ['memory:m']]);
  });

  test('RR7 the key of a place is its adapter and connection as they were given', () => {
    expect(placeKey({ adapter: 'memory', connection: '' })).toBe('memory:');
    expect(placeKey({ adapter: 'fs', connection: '/tmp/eventstore' })).toBe('fs:/tmp/eventstore');
    expect(placeKey({ adapter: 'postgres', connection: 'postgres://localhost/events' })).toBe('postgres:postgres://localhost/events');
  });
});
