import { describe, expect, it } from 'vitest';
import { useStatus } from '../../../src/renderer/src/state/status.ts';

const { show } = useStatus.getState();
const says = () => [...useStatus.getState().says.values()];

describe('the status', () => {
  it('says the last word of each key, in the order the keys came, until it is taken back', () => {
    show('selected', '1 selected');
    show('shown', '43 of 5,000');
    show('selected', '2 selected');
    expect(says()).toEqual(['2 selected', '43 of 5,000']);
    show('selected', null);
    expect(says()).toEqual(['43 of 5,000']);
    show('shown', null);
    expect(says()).toEqual([]);
  });

  it('does not change when it is told what it says already', () => {
    show('selected', '1 selected');
    const before = useStatus.getState().says;
    show('selected', '1 selected');
    show('nothing', null);
    expect(useStatus.getState().says).toBe(before);
    show('selected', null);
  });
});
