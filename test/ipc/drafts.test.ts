import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MAX_DRAFT_CHARS } from '../../src/shared/ipc/contract/drafts.ts';
import { openTestDesk, type TestDesk, type TestWindow } from './test-desk.ts';

let desk: TestDesk;
let window: TestWindow;
beforeEach(() => {
  desk = openTestDesk();
  window = desk.openWindow();
});
afterEach(() => desk.close());

describe('drafts over IPC', () => {
  it('are kept for a store, a topic and an incarnation, also when no store is open any more', async () => {
    const place = { store: '/s', topic: 'orders', incarnation: 3 };
    await window.ask('drafts.save', { ...place, text: '{"mode":"one"}' });
    await expect(window.ask('drafts.load', place)).resolves.toEqual({ text: '{"mode":"one"}', note: null });
    await expect(window.ask('drafts.load', { ...place, incarnation: 4 })).resolves.toEqual({ text: null, note: null });
    await expect(window.ask('drafts.list', { store: '/s' })).resolves.toEqual([{ topic: 'orders', incarnation: 3 }]);
    await window.ask('drafts.remove', place);
    await expect(window.ask('drafts.list', { store: '/s' })).resolves.toEqual([]);
  });

  it('longer than what is kept are refused, and what was kept stays', async () => {
    const place = { store: '/s', topic: 'orders', incarnation: 3 };
    await window.ask('drafts.save', { ...place, text: 'kept' });
    const reply = await window.call('drafts.save', { ...place, text: 'x'.repeat(MAX_DRAFT_CHARS + 1) });
    expect(reply).toMatchObject({ ok: false, error: { code: 'INVALID_INPUT', details: { field: 'text' } } });
    await expect(window.ask('drafts.load', place)).resolves.toMatchObject({ text: 'kept' });
  });
});

describe('a file of events', () => {
  it('is the one the person chose, or none', async () => {
    await expect(window.ask('events.pickBatch', {})).resolves.toBeNull();
    window.answers.batch = { name: 'x.ndjson', text: '{"type":"A"}' };
    await expect(window.ask('events.pickBatch', {})).resolves.toEqual({ name: 'x.ndjson', text: '{"type":"A"}' });
  });
});
