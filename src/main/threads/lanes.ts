import { setImmediate } from 'node:timers';

export interface Lanes {
  /** Queues `start` in the lane of this name. */
  add(lane: string, start: () => void): void;
}

/**
 * Work of one lane starts in its order, and each turn starts one piece of every lane: a long series in one lane
 * delays the others by one piece each. Between turns the event loop is free to take in more.
 */
export function createLanes(): Lanes {
  const lanes = new Map<string, (() => void)[]>();
  let scheduled = false;

  const turn = (): void => {
    scheduled = false;
    for (const [name, lane] of lanes) {
      lane.shift()?.();
      if (lane.length === 0) lanes.delete(name);
    }
    schedule();
  };
  const schedule = (): void => {
    if (scheduled || lanes.size === 0) return;
    scheduled = true;
    setImmediate(turn);
  };

  return {
    add: (name, start) => {
      const lane = lanes.get(name);
      if (lane) lane.push(start);
      else lanes.set(name, [start]);
      schedule();
    },
  };
}
