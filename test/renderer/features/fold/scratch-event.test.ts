import { describe, expect, it } from 'vitest';
import { eventTexts, faultPlace, readEvent } from '../../../../src/renderer/src/features/fold/what-if/scratch-event.ts';

const GOOD = { type: 'Paid', data: '{ "cents" : 9007199254740993, "cents": 1.0 }', metadata: '', timestamp: '5' };

describe('a scratch event that is typed', () => {
  it('keeps every token as it was written', () => {
    const { event, faults } = readEvent(GOOD);
    expect(faults).toEqual({ type: null, data: null, metadata: null, timestamp: null });
    expect(event).toEqual({ type: 'Paid', data: '{"cents":9007199254740993,"cents":1.0}', metadata: 'null', timestamp: 5n });
    expect(event && readEvent(eventTexts(event)).event).toEqual(event);
    expect(event && eventTexts(event).data).toBe('{\n  "cents": 9007199254740993,\n  "cents": 1.0\n}');
  });

  it('says what is wrong with each field, and is none until all is right', () => {
    const { event, faults } = readEvent({ type: '', data: '{"a":1 "b":2}', metadata: '[', timestamp: 'now' });
    expect(event).toBeNull();
    expect(faults.type).toBe('An event has a type.');
    expect(faults.data).toContain('not valid JSON');
    expect(faults.metadata).toContain('not valid JSON');
    expect(faults.timestamp).toContain('Nanoseconds');
    expect(faultPlace(faults.data ?? '')).toBe(7);
    expect(faultPlace('Something else.')).toBeNull();
  });

  it('holds what 64 bits and UTF-8 hold', () => {
    expect(readEvent({ ...GOOD, timestamp: '9223372036854775807' }).event?.timestamp).toBe(2n ** 63n - 1n);
    expect(readEvent({ ...GOOD, timestamp: '9223372036854775808' }).faults.timestamp).toContain('64 bits');
    expect(readEvent({ ...GOOD, data: '"\ud800"' }).faults.data).toContain('surrogate');
    expect(readEvent({ ...GOOD, type: '\ud800' }).faults.type).toContain('surrogate');
  });
});
