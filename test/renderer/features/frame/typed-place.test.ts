import { describe, expect, it } from 'vitest';
import { parseTypedPlace, withoutStore } from '../../../../src/renderer/src/features/frame/typed-place.ts';

describe('a typed place', () => {
  it('is a topic, a version of the topic on the screen, or a version of a topic', () => {
    expect(parseTypedPlace('orders')).toEqual({ topic: 'orders', version: null });
    expect(parseTypedPlace('#1234')).toEqual({ topic: '', version: 1234 });
    expect(parseTypedPlace('orders#5')).toEqual({ topic: 'orders', version: 5 });
    expect(parseTypedPlace(' orders # 1,204_881 ')).toEqual({ topic: 'orders', version: 1_204_881 });
  });

  it('keeps a # that no version follows, and takes no number that a version cannot be', () => {
    expect(parseTypedPlace('c#')).toEqual({ topic: 'c#', version: null });
    expect(parseTypedPlace('c#major')).toEqual({ topic: 'c#major', version: null });
    expect(parseTypedPlace('c#99999999999999999999')).toEqual({ topic: 'c#99999999999999999999', version: null });
    expect(parseTypedPlace('c#5#6')).toEqual({ topic: 'c#5', version: 6 });
  });

  it('of a link loses the name of its store', () => {
    expect(withoutStore(parseTypedPlace('shop.db#orders#5'))).toEqual({ topic: 'orders', version: 5 });
    expect(withoutStore(parseTypedPlace('orders#5'))).toBeNull();
  });
});
