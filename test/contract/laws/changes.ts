import { expect } from 'vitest';
import { law, type Law } from '../law.ts';
import { configOf, eventOf, eventsOf, TOPIC } from '../samples.ts';

export const CHANGE_LAWS: readonly Law[] = [
  law('a change token is another one after every write to the topic', async ({ open }) => {
    const repository = await open();
    expect(await repository.changeToken(TOPIC)).toBe('');
    await repository.createTopic(configOf(), 'refuse', '1');
    let token = await repository.changeToken(TOPIC);
    expect(token).not.toBe('');
    for (let version = 1; version <= 20; version++) {
      await repository.append(TOPIC, [eventOf(`id-${version}`)], version - 1);
      const next = await repository.changeToken(TOPIC);
      expect(next).not.toBe(token);
      token = next;
    }
  }),

  law('a topic made anew or restored never shows a token that an earlier one of its name had', async ({ open }) => {
    const repository = await open();
    const seen: string[] = [];
    const look = async (): Promise<void> => void seen.push(await repository.changeToken(TOPIC));
    await repository.createTopic(configOf(), 'refuse', '1');
    await look();
    await repository.append(TOPIC, eventsOf('a', 1), 0);
    await look();
    await repository.trashTopic(TOPIC, '2');
    await repository.createTopic(configOf(), 'refuse', '3');
    await look();
    await repository.append(TOPIC, eventsOf('a', 1), 0);
    await look();
    await repository.createTopic(configOf(), 'trash', '4');
    await look();
    expect(new Set(seen).size).toBe(seen.length);
  }),

  law(
    'a change token is another one after a write through another handle',
    async ({ open }) => {
      const writer = await open();
      await writer.createTopic(configOf(), 'refuse', '1');
      const watcher = await open();
      let token = await watcher.changeToken(TOPIC);
      expect(token).not.toBe('');
      for (let version = 1; version <= 20; version++) {
        await writer.append(TOPIC, [eventOf(`id-${version}`)], version - 1);
        const next = await watcher.changeToken(TOPIC);
        expect(next).not.toBe(token);
        token = next;
      }
      await writer.trashTopic(TOPIC, '2');
      expect(await watcher.changeToken(TOPIC)).toBe('');
    },
    'shared',
  ),
];
