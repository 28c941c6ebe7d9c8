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
