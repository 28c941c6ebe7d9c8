import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createLongTexts } from '../../src/main/ipc/long-texts.ts';
import { openTidemark, type TidemarkBridge } from '../../src/shared/ipc/api.ts';
import { MAX_DRAFT_CHARS } from '../../src/shared/ipc/contract/drafts.ts';
import { partAt, partOffsets, partsOf, withLongTexts, withoutLongTexts } from '../../src/shared/ipc/long-texts.ts';
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

const textsOf = (value: unknown): string[] => {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOf) : [];
};

const asStrings = (value: unknown): unknown => {
  if (value instanceof TextParts) return value.whole();
  if (Array.isArray(value)) return value.map(asStrings);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, asStrings(member)]));
};

describe('the long texts of a message', () => {
  it('come out until the rest is short, and go back to where they were', () => {
    fc.assert(
      fc.property(message, (value) => {
        const before = asStrings(value);
        const { value: rest, places, texts } = withoutLongTexts(value);
        const inMessage = textsOf(rest).reduce((sum, text) => sum + text.length, 0);
        expect(inMessage).toBeLessThanOrEqual(MESSAGE_CHARS);
        expect(places.map(({ chars }) => chars)).toEqual(texts.map(({ length }) => length));
        const sent = texts.map((text) => [...partsOf(text)].map(({ part }) => part).join(''));
        expect(withLongTexts(structuredClone(rest), places, sent)).toEqual(before);
        const asked = texts.map((text) => partOffsets(text.length).map((offset) => partAt(text, offset)));
        expect(asked.flat().every(({ length }) => length > 0 && length <= PART_CHARS)).toBe(true);
        expect(asked.map((parts) => parts.join(''))).toEqual(sent);
        expect(asStrings(value)).toEqual(before);
      }),
      { numRuns: 60 },
    );
  });

  it('stay where they are short together, and who is no list and no plain object stays itself', () => {
    const short = { text: longText(MESSAGE_CHARS - 4) };
    expect(withoutLongTexts(short).value).toBe(short);
    const bytes = new Uint8Array(10);
    const { value, places } = withoutLongTexts({ bytes, text: longText(MESSAGE_CHARS) });
    expect(value.bytes).toBe(bytes);
    expect(places).toEqual([{ path: ['text'], chars: MESSAGE_CHARS }]);
  });

  it('are cut into parts that halve no pair of surrogates', () => {
    for (const start of ['', 'x']) {
      const text = start + '\u{1f680}'.repeat(PART_CHARS);
      const parts = [...partsOf(text)];
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
  const send = (of: string, text: number, offset: number, part: string) => window.call('texts.send', { of, text, offset, part });
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
    await expect(send('c', 0, 5, 'later')).resolves.toMatchObject(refused);
    await expect(send('c', 1, 0, 'second')).resolves.toMatchObject(refused);
    await send('c', 0, 0, 'first');
    await expect(send('c', 0, 4, 'again')).resolves.toMatchObject(refused);
    await expect(send('c', 0, 6, 'hole')).resolves.toMatchObject(refused);
    await expect(call(6)).resolves.toMatchObject(refused);
    // What was refused is gone, and the same begins anew.
    await send('c', 0, 0, 'first');
    await send('c', 0, 5, ' second');
    await expect(call(12)).resolves.toMatchObject({ ok: true });
    await expect(call(12)).resolves.toMatchObject(refused);
    await send('c', 0, 0, 'x');
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
    await send('c', 0, 0, 'mine');
    const theirs = desk.send(ownEvent(other.id), {
      method: 'app.copyText',
      request: 'c',
      input: { text: '' },
      texts: [{ path: ['text'], chars: 4 }],
    });
    await expect(theirs).resolves.toMatchObject(refused);
    window.answers.batch = { name: 'x', text: longText(300_000) };
    await expect(raw('file', 'events.pickBatch', {})).resolves.toMatchObject({ ok: true, texts: [{ path: ['text'], chars: 300_000 }] });
    await expect(other.call('texts.more', { of: 'file', text: 0, offset: 0 })).resolves.toMatchObject(refused);
    await expect(window.call('texts.more', { of: 'file', text: 0, offset: 0 })).resolves.toMatchObject({ ok: true });
  });

  it('are bounded: who sends and never calls is refused at last, and is served again later', async () => {
    const part = 'x'.repeat(PART_CHARS);
    const answers = await Promise.all(Array.from({ length: 40 }, (_none, n) => send(`c${n}`, 0, 0, part)));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(32);
    expect(answers.find(({ ok }) => !ok)).toMatchObject({ error: { code: 'INVALID_INPUT', details: { busy: true } } });
    await raw('c0', 'app.copyText', { text: '' }, [{ path: ['text'], chars: PART_CHARS }]);
    await expect(send('c40', 0, 0, part)).resolves.toMatchObject({ ok: true });
  });
});

it('texts that nobody asks for any more are forgotten', async () => {
  vi.useFakeTimers();
  const desk = openTestDesk();
  try {
    const { workspace } = desk.openWindow();
    const texts = createLongTexts();
    const refused = expect.objectContaining({ code: 'INVALID_INPUT' });
    texts.lay(workspace, 'a', ['a'.repeat(PART_CHARS + 1)]);
    texts.receive(workspace, { of: 'c', text: 0, offset: 0 }, 'x');
    vi.advanceTimersByTime(29_000);
    // Both go on, and are kept as long again.
    expect(texts.more(workspace, { of: 'a', text: 0, offset: 0 })).toHaveLength(PART_CHARS);
    texts.receive(workspace, { of: 'c', text: 0, offset: 1 }, 'y');
    vi.advanceTimersByTime(29_000);
    expect(texts.take(workspace, 'c', [{ path: [], chars: 2 }]).map((text) => text.whole())).toEqual(['xy']);
    texts.receive(workspace, { of: 'c', text: 0, offset: 0 }, 'x');
    vi.advanceTimersByTime(31_000);
    expect(() => texts.more(workspace, { of: 'a', text: 0, offset: PART_CHARS })).toThrow(refused);
    expect(() => texts.take(workspace, 'c', [{ path: [], chars: 1 }])).toThrow(refused);
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

  it('stops sending when it is told to, and when a part is refused', async () => {
    const controller = new AbortController();
    const stopped = open(async () => {
      controller.abort();
      return { ok: true, value: null };
    }, false);
    await expect(stopped.tidemark.draftsSave(draft, { signal: controller.signal })).resolves.toMatchObject({
      error: { code: 'CANCELLED' },
    });
    expect(stopped.sent).toEqual(parts.slice(0, 4));
    const error = { code: 'INVALID_INPUT', message: 'no', details: {} };
    const refusing = open(async () => ({ ok: false, error }), false);
    await expect(refusing.tidemark.draftsSave(draft)).resolves.toMatchObject({ ok: false, error });
    expect(refusing.sent).toEqual(parts.slice(0, 4));
  });
});
