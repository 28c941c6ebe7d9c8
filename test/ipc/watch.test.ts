import { describe, expect, it } from 'vitest';
import { openWatch } from '../../src/main/ipc/watch.ts';

describe('a watch that is closed while it looks', () => {
  it('tells nothing of that look and never looks again', async () => {
    const gate = Promise.withResolvers<number>();
    const pushes: string[] = [];
    let looks = 0;
    const window = { push: (name: string) => void pushes.push(name), isVisible: () => true };
    const store = {
      getLatestVersion: () => {
        looks++;
        return gate.promise;
      },
    };
    const watch = openWatch({ store, configTopic: 'config', window, seen: 1 });
    watch.look('seen', 1);
    expect(looks).toBe(1);
    watch.close();
    gate.resolve(7);
    // Another watch at the same pace does many rounds in the meantime.
    let rounds = 0;
    const other = openWatch({
      store: { getLatestVersion: async () => ++rounds },
      configTopic: 'config',
      window: { ...window, push: () => {} },
      seen: 1,
    });
    await expect.poll(() => rounds).toBeGreaterThan(10);
    other.close();
    // The look under way may finish its round (the topic on the screen), but begins no other.
    expect(looks).toBeLessThanOrEqual(2);
    expect(pushes).toEqual([]);
  });
});

describe('a watch whose topic is read by someone who sees more than the screen shows', () => {
  it('tells what was seen, so that the screen learns it too, and only once', () => {
    const told: unknown[] = [];
    const window = { push: (name: string, payload: unknown) => void told.push([name, payload]), isVisible: () => true };
    const watch = openWatch({ store: { getLatestVersion: async () => 5 }, configTopic: null, window });
    watch.look('orders', 5);
    watch.look('orders', 6);
    watch.look('orders', 6);
    watch.close();
    expect(told).toEqual([['topic.appended', { topic: 'orders', latestVersion: 6 }]]);
  });
});
