import { beforeEach, describe, expect, it } from 'vitest';
import { NO_FILTER, usePlace, type Location } from '../../../src/renderer/src/state/place.ts';

const here = (): Omit<Location, 'configVersion'> => {
  const { view, topic, version } = usePlace.getState();
  return { view, topic, version };
};
const { go, back, forward, select, setFilter, leave } = usePlace.getState();

beforeEach(() => leave());

describe('the version to copy', () => {
  it('is asked for once: going elsewhere or coming back does not copy it again', () => {
    go({ topic: 'a', version: 3 });
    go({ view: 'append', template: 3 });
    expect(usePlace.getState().template).toBe(3);
    usePlace.getState().templateCopied();
    back();
    forward();
    expect(here().view).toBe('append');
    expect(usePlace.getState().template).toBeNull();
    // Also from the place where it is copied to.
    go({ view: 'append', template: 4 });
    expect(usePlace.getState().template).toBe(4);
    go({ view: 'health' });
    expect(usePlace.getState().template).toBeNull();
  });
});

describe('events that are handed to the append editor', () => {
  it('are for their topic alone, and taken once', () => {
    const batch = { name: '1 added event', text: '{"type":"A"}\n' };
    go({ topic: 'a' });
    go({ view: 'append', handed: batch });
    expect(usePlace.getState().handed).toEqual(batch);
    usePlace.getState().handedTaken();
    expect(usePlace.getState().handed).toBeNull();
    go({ view: 'events', handed: batch });
    go({ topic: 'b', view: 'append' });
    expect(usePlace.getState().handed).toBeNull();
  });
});

describe('the place of a person', () => {
  it('goes back the way it came, and forward again', () => {
    go({ topic: 'a' });
    go({ topic: 'b', version: 7 });
    go({ view: 'health' });
    back();
    expect(here()).toEqual({ view: 'events', topic: 'b', version: 7 });
    back();
    expect(here()).toEqual({ view: 'events', topic: 'a', version: null });
    back();
    expect(here().topic).toBe('a');
    forward();
    forward();
    expect(here()).toEqual({ view: 'health', topic: 'b', version: 7 });
  });

  it('comes back to where the cursor was left, not to each place it passed', () => {
    go({ topic: 'a' });
    select(3);
    select(4);
    go({ topic: 'b' });
    back();
    expect(here()).toEqual({ view: 'events', topic: 'a', version: 4 });
  });

  it('forgets the way forward when it turns elsewhere', () => {
    go({ topic: 'a' });
    go({ topic: 'b' });
    back();
    go({ topic: 'c' });
    forward();
    expect(here().topic).toBe('c');
  });

  it('keeps a filter within its topic only', () => {
    go({ topic: 'a' });
    setFilter({ ...NO_FILTER, types: ['x'] });
    go({ view: 'charts' });
    expect(usePlace.getState().filter.types).toEqual(['x']);
    go({ topic: 'b' });
    expect(usePlace.getState().filter).toEqual(NO_FILTER);
  });

  it('stays where it is when it is told to go there', () => {
    go({ topic: 'a' });
    go({ topic: 'a', view: 'events' });
    expect(usePlace.getState().past).toEqual([]);
  });
});

describe('the version of the configuration', () => {
  it('that was looked at is come back to, in the replay and from elsewhere; another store begins at the present', () => {
    const { lookAt, markConfig } = usePlace.getState();
    go({ topic: 'a' });
    go({ view: 'replay' });
    expect(usePlace.getState().configVersion).toBeNull();
    lookAt(5);
    lookAt(7);
    markConfig(3);
    go({ view: 'events', topic: 'configuration', version: 7 });
    back();
    expect(usePlace.getState()).toMatchObject({ view: 'replay', configVersion: 7, configMark: 3 });
    go({ view: 'replay', configVersion: 2 });
    back();
    expect(usePlace.getState().configVersion).toBe(7);
    leave();
    expect(usePlace.getState()).toMatchObject({ configVersion: null, configMark: null });
  });
});
