import { serialize } from 'node:v8';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createLongTexts } from '../../src/main/ipc/long-texts.ts';
import { openTidemark, type TidemarkBridge } from '../../src/shared/ipc/api.ts';
import { MAX_DRAFT_CHARS } from '../../src/shared/ipc/contract/drafts.ts';
import { partAt, partOffsets, partsOf, textsOf, withLongTexts, withoutLongTexts } from '../../src/shared/ipc/long-texts.ts';
import { TextParts } from '../../src/shared/model/text-parts.ts';
import { MESSAGE_CHARS, PART_CHARS } from '../../src/shared/ipc/text-chars.ts';
import { openTestDesk, ownEvent, type TestDesk, type TestWindow } from './test-desk.ts';

/** Numbered, so that a part in a wrong place shows. */
const longText = (chars: number): string => {
  let text = '';
  for (let n = 0; text.length < chars; n++) text += `${n} \u{1f680} `;
  return text.slice(0, chars);
};

const textual = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.integer({ min: 1, max: 400_000 }).map(longText),
  fc.bigInt(),
  fc.constant(null),
);
/** Of any cut, also through pairs of surrogates. */
const inParts = fc
  .tuple(fc.integer({ min: 1, max: 400_000 }), fc.integer({ min: 50_000, max: 300_000 }))
  .map(
    ([chars, size]) =>
      new TextParts(Array.from({ length: Math.ceil(chars / size) }, (_none, n) => longText(chars).slice(n * size, (n + 1) * size))),
  );
const message = fc.letrec<{ tree: unknown; leaf: unknown }>((tie) => ({
  leaf: fc.oneof(textual, inParts),
  tree: fc.oneof(
    { maxDepth: 3 },
    tie('leaf'),
    fc.array(tie('tree'), { maxLength: 6 }),
    fc.dictionary(fc.oneof(fc.string({ maxLength: 8 }), fc.constantFrom('__proto__', '0')), tie('tree'), { maxKeys: 6 }),
  ),
})).tree;

const asStrings = (value: unknown): unknown => {
  if (value instanceof TextParts) return value.whole();
  if (Array.isArray(value)) return value.map(asStrings);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, asStrings(member)]));
};

/** What a message takes but for its names: texts, and a little for each value. */
const charsIn = (value: unknown): number => {
  if (typeof value === 'string') return value.length;
  return typeof value === 'object' && value !== null ? Object.values(value).reduce((sum, member) => sum + 6 + charsIn(member), 0) : 0;
};

describe('the long texts of a message', () => {
  it('come out until the rest is short, and go back to where they were', () => {
    fc.assert(
      fc.property(message, (value) => {
        const before = asStrings(value);
        const { value: rest, places, text } = withoutLongTexts(value);
        expect(charsIn(rest)).toBeLessThanOrEqual(MESSAGE_CHARS);
        expect(places.reduce((sum, { chars }) => sum + chars, 0)).toBe(text.length);
        const sent = [...partsOf(text)];
        expect(sent.every(({ part }) => part.length > 0 && part.length <= PART_CHARS)).toBe(true);
        const asked = partOffsets(text.length).map((offset) => partAt(text, offset));
        expect(asked.every(({ length }) => length > 0 && length <= PART_CHARS)).toBe(true);
        for (const parts of [sent.map(({ part }) => part), asked]) {
          const texts = textsOf(new TextParts(parts), places).map((one) => one.whole());
          expect(withLongTexts(structuredClone(rest), places, texts)).toEqual(before);
        }
        expect(asStrings(value)).toEqual(before);
      }),
      { numRuns: 60 },
    );
  });

  it('leave no message long, however short each of many is', () => {
    for (const length of [65, 1000, 1024, 3000]) {
      const options = Array.from({ length: 1000 }, (_none, n) => [`option ${n}`, longText(length)]);
      const { value, places, text } = withoutLongTexts({ options });
      expect(serialize({ value, places }).length).toBeLessThan(256 * 1024);
      // Packed: as few parts as there can be.
      expect([...partsOf(text)].length).toBeLessThanOrEqual(Math.ceil(text.length / (PART_CHARS - 1)));
    }
  });

  it('stay where they are short together, and who is no list and no plain object stays itself', () => {
    const short = { text: longText(MESSAGE_CHARS - 100) };
    expect(withoutLongTexts(short).value).toBe(short);
    const bytes = new Uint8Array(10);
    const { value, places } = withoutLongTexts({ bytes, text: longText(MESSAGE_CHARS) });
    expect(value.bytes).toBe(bytes);
    expect(places).toEqual([{ path: ['text'], chars: MESSAGE_CHARS }]);
  });

  it('are cut into parts that halve no pair of surrogates', () => {
    for (const start of ['', 'x']) {
      const text = start + '\u{1f680}'.repeat(PART_CHARS);
      const parts = [...partsOf(new TextParts([text]))];
      expect(parts.map(({ part }) => part).join('')).toBe(text);
      expect(parts.every(({ part }) => part.isWellFormed() && part.length <= PART_CHARS)).toBe(true);
      expect(parts).toHaveLength(3 - (start === '' ? 1 : 0));
    }
  });

  it.each([
    ['no such member', { a: '' }, ['b']],
    ['a member that every object has', { a: '' }, ['constructor']],
    ['a member of a text', { a: '' }, ['a', 'length']],
    ['beyond a list', [''], [1]],
    ['a number', { a: 1 }, ['a']],
    ['the whole, which is a list', [''], []],
  ])('do not go to %s', (_name, value, path) => {
    expect(() => withLongTexts<unknown>(value, [{ path, chars: 1 }], ['x'])).toThrow(RangeError);
  });
});

describe('calls with long texts', () => {
  let desk: TestDesk;
  let window: TestWindow;
  beforeEach(async () => {
    desk = openTestDesk();
    window = desk.openWindow();
    await window.ask('stores.openDemo', {});
  });
  afterEach(() => desk.close());

  const place = { store: '/s', topic: 'orders', incarnation: 1 };
  const refused = { ok: false, error: { code: 'INVALID_INPUT' } };
  const send = (of: string, offset: number, part: string) => window.call('texts.send', { of, offset, part });
  const raw = (request: string, method: string, input: unknown, texts?: unknown) =>
    desk.send(ownEvent(window.id), { method, request, input, ...(texts === undefined ? {} : { texts }) });

  it('bring the largest draft in and back, unit by unit, in short messages', async () => {
    const text = longText(MAX_DRAFT_CHARS);
    await window.ask('drafts.save', { ...place, text });
    const { text: kept } = await window.ask('drafts.load', place);
    expect(kept === text).toBe(true);
  });

  it('bring a file of events, a fold, and what is copied', async () => {
    const text = longText(1_000_000);
    window.answers.batch = { name: 'x.ndjson', text };
    expect(await window.ask('events.pickBatch', {})).toEqual({ name: 'x.ndjson', text });
    await window.ask('app.copyText', { text });
    expect(desk.copied).toEqual([text]);
  });

  it('append an event of many megabytes', async () => {
    const { incarnation } = await window.ask('topics.create', { name: 'large' });
    const data = JSON.stringify({ text: longText(3_000_000) });
    await window.ask('events.append', { topic: 'large', incarnation, expectedVersion: 0, events: [{ type: 't', data }] });
    const stored = await window.workspace.store().getEvents('large');
    expect(stored.events.map((event) => event.data === data)).toEqual([true]);
  });

  it('are refused where parts are missing, twice there, out of order or of another length', async () => {
    const call = (chars: number, path: readonly unknown[] = ['text']) => raw('c', 'app.copyText', { text: '' }, [{ path, chars }]);
    await expect(call(1)).resolves.toMatchObject(refused);
    await expect(send('c', 5, 'later')).resolves.toMatchObject(refused);
    await send('c', 0, 'first');
    await expect(send('c', 0, 'again')).resolves.toMatchObject(refused);
    await expect(send('c', 4, 'again')).resolves.toMatchObject(refused);
    await expect(send('c', 6, 'hole')).resolves.toMatchObject(refused);
    await expect(call(6)).resolves.toMatchObject(refused);
    // What was refused is gone, and the same begins anew.
    await send('c', 0, 'first');
    await send('c', 5, ' second');
    await expect(call(12)).resolves.toMatchObject({ ok: true });
    await expect(call(12)).resolves.toMatchObject(refused);
    await send('c', 0, 'x');
    await expect(call(1, ['nowhere'])).resolves.toMatchObject({ ok: false, error: { code: 'INVALID_INPUT', details: { field: 'texts' } } });
    expect(desk.copied).toEqual(['first second']);
  });

  it('still hold what the method allows', async () => {
    await expect(window.call('drafts.save', { ...place, text: longText(MAX_DRAFT_CHARS + 1) })).resolves.toMatchObject({
      ok: false,
      error: { code: 'INVALID_INPUT', details: { field: 'text' } },
    });
  });

  it('are a matter of their own window', async () => {
    const other = desk.openWindow();
    await send('c', 0, 'mine');
    const theirs = desk.send(ownEvent(other.id), {
      method: 'app.copyText',
      request: 'c',
      input: { text: '' },
      texts: [{ path: ['text'], chars: 4 }],
    });
    await expect(theirs).resolves.toMatchObject(refused);
    window.answers.batch = { name: 'x', text: longText(300_000) };
    await expect(raw('file', 'events.pickBatch', {})).resolves.toMatchObject({ ok: true, texts: [{ path: ['text'], chars: 300_000 }] });
    await expect(other.call('texts.more', { of: 'file', offset: 0 })).resolves.toMatchObject(refused);
    await expect(window.call('texts.more', { of: 'file', offset: 0 })).resolves.toMatchObject({ ok: true });
  });

  const part = 'x'.repeat(PART_CHARS);
  const busy = { ok: false, error: { code: 'INVALID_INPUT', details: { busy: true } } };

  it('are bounded in calls: who sends and never calls is refused at last, and is served again later', async () => {
    const answers = await Promise.all(Array.from({ length: 40 }, (_none, n) => send(`c${n}`, 0, part)));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(32);
    expect(answers.find(({ ok }) => !ok)).toMatchObject(busy);
    await raw('c0', 'app.copyText', { text: '' }, [{ path: ['text'], chars: PART_CHARS }]);
    await expect(send('c40', 0, part)).resolves.toMatchObject({ ok: true });
  });

  it('are bounded in length, all calls together, and in parts', async () => {
    const fill = async (of: string, most: number): Promise<number> => {
      let parts = 0;
      while (parts < most && (await send(of, parts * PART_CHARS, part)).ok) parts++;
      return parts;
    };
    expect(await fill('one', 400)).toBe(400);
    expect(await fill('two', 1000)).toBe(Math.floor((96 * 1024 * 1024) / PART_CHARS) - 400);
    await raw('one', 'app.copyText', { text: '' }, [{ path: ['text'], chars: 1 }]);
    await expect(send('three', 0, part)).resolves.toMatchObject({ ok: true });
    for (let n = 0; n < 1024; n++) await send('tiny', n, 'x');
    await expect(send('tiny', 1024, 'x')).resolves.toMatchObject(busy);
  });

  it('are forgotten at once where the call is given up, before it was made and after', async () => {
    for (let n = 0; n < 100; n++) {
      const of = `given-up-${n}`;
      await expect(send(of, 0, part)).resolves.toMatchObject({ ok: true });
      window.cancel(of);
    }
    window.answers.batch = { name: 'x', text: longText(300_000) };
    await raw('file', 'events.pickBatch', {});
    window.cancel('file');
    await expect(window.call('texts.more', { of: 'file', offset: 0 })).resolves.toMatchObject(refused);
  });

  it('of answers that are never asked for push out one another', async () => {
    await window.ask('drafts.save', { ...place, text: longText(MAX_DRAFT_CHARS) });
    for (let n = 0; n < 6; n++) await raw(`load-${n}`, 'drafts.load', place);
    const left = await Promise.all(Array.from({ length: 6 }, (_none, n) => window.call('texts.more', { of: `load-${n}`, offset: 0 })));
    expect(left.map(({ ok }) => ok)).toEqual([false, true, true, true, true, true]);
  });
});

it('texts that nobody asks for any more are forgotten', async () => {
  vi.useFakeTimers();
  const desk = openTestDesk();
  try {
    const { workspace } = desk.openWindow();
    const texts = createLongTexts();
    const refused = expect.objectContaining({ code: 'INVALID_INPUT' });
    texts.lay(workspace, 'a', new TextParts(['a'.repeat(PART_CHARS + 1)]));
    texts.receive(workspace, { of: 'c', offset: 0 }, 'x');
    vi.advanceTimersByTime(29_000);
    // Both go on, and are kept as long again.
    expect(texts.more(workspace, { of: 'a', offset: 0 })).toHaveLength(PART_CHARS);
    texts.receive(workspace, { of: 'c', offset: 1 }, 'y');
    vi.advanceTimersByTime(29_000);
    expect(texts.take(workspace, 'c', [{ path: [], chars: 2 }]).map((text) => text.whole())).toEqual(['xy']);
    texts.receive(workspace, { of: 'c', offset: 0 }, 'x');
    vi.advanceTimersByTime(31_000);
    expect(() => texts.more(workspace, { of: 'a', offset: PART_CHARS })).toThrow(refused);
    expect(() => texts.take(workspace, 'c', [{ path: [], chars: 1 }])).toThrow(refused);
    // Laid twice under one name: the first does not take the second with it.
    texts.lay(workspace, 'b', new TextParts(['first']));
    vi.advanceTimersByTime(20_000);
    texts.lay(workspace, 'b', new TextParts(['second']));
    vi.advanceTimersByTime(20_000);
    expect(texts.more(workspace, { of: 'b', offset: 0 })).toBe('second');
  } finally {
    vi.useRealTimers();
    await desk.close();
  }
});

describe('the page', () => {
  const text = 'x'.repeat(PART_CHARS * 6);
  function open(answer: () => Promise<unknown>, isLeaving: boolean) {
    const sent: string[] = [];
    const bridge = {
      textsSend: ({ offset }: { offset: number }) => {
        sent.push(`part ${offset}`);
        return answer();
      },
      draftsSave: ({ text: left }: { text: string }, { texts }: { texts: unknown }) => {
        sent.push(`call ${left.length} ${JSON.stringify(texts)}`);
        return answer();
      },
      cancel: () => sent.push('cancel'),
      onPush: () => () => {},
    };
    return { sent, tidemark: openTidemark(bridge as unknown as TidemarkBridge, { isLeaving: () => isLeaving }) };
  }
  const parts = Array.from({ length: 6 }, (_none, n) => `part ${n * PART_CHARS}`);
  const draft = { store: '/s', topic: 't', incarnation: 1, text };

  it('sends a few parts and waits, and everything at once where it is about to go', async () => {
    const never = new Promise<unknown>(() => {});
    const staying = open(() => never, false);
    void staying.tidemark.draftsSave(draft);
    const leaving = open(() => never, true);
    void leaving.tidemark.draftsSave(draft);
    // What is sent before the next turn of the loop is sent though the page is gone by then.
    await new Promise((resolve) => setImmediate(resolve));
    expect(staying.sent).toEqual(parts.slice(0, 4));
    expect(leaving.sent).toEqual([...parts, `call 0 [{"path":["text"],"chars":${PART_CHARS * 6}}]`]);
  });

  it('stops sending when it is told to, or when a part is refused, and says so', async () => {
    const controller = new AbortController();
    const stopped = open(async () => {
      controller.abort();
      return { ok: true, value: null };
    }, false);
    await expect(stopped.tidemark.draftsSave(draft, { signal: controller.signal })).resolves.toMatchObject({
      error: { code: 'CANCELLED' },
    });
    expect(stopped.sent).toEqual(['part 0', 'cancel', 'cancel']);
    const error = { code: 'INVALID_INPUT', message: 'no', details: {} };
    const refusing = open(async () => ({ ok: false, error }), false);
    await expect(refusing.tidemark.draftsSave(draft)).resolves.toMatchObject({ ok: false, error });
    expect(refusing.sent).toEqual([...parts.slice(0, 4), 'cancel']);
  });

  it('that is about to go still answers no text that is not whole', async () => {
    const whole = longText(PART_CHARS * 2);
    const bridge = {
      eventsPickBatch: async () => ({ ok: true, value: { name: 'x', text: '' }, texts: [{ path: ['text'], chars: whole.length }] }),
      textsMore: async ({ offset }: { offset: number }) => ({ ok: true, value: { part: partAt(new TextParts([whole]), offset) } }),
      cancel: () => {},
      onPush: () => () => {},
    };
    const tidemark = openTidemark(bridge as unknown as TidemarkBridge, { isLeaving: () => true });
    await expect(tidemark.eventsPickBatch({})).resolves.toEqual({ ok: true, value: { name: 'x', text: whole } });
  });
});
