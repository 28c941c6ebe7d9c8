import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { functionName, METHODS } from '../../src/shared/ipc/channels.ts';
import { openTestDesk, ownEvent, type TestDesk, type TestWindow } from './test-desk.ts';

interface DraftAddress {
  readonly store: string;
  readonly topic: string;
  readonly incarnation: number;
}
/** What is used of renderer/src/api/drafts.ts and copy.ts, whose types are of another world: they know a page and no Node. */
interface Drafts {
  saveDraft(address: DraftAddress, text: string): Promise<void>;
  removeDraft(address: DraftAddress): Promise<void>;
  loadDraft(address: DraftAddress): Promise<{ readonly text: string | null }>;
}
interface Copy {
  copyText(text: string): void;
  tellWhenNotCopied(tell: (message: string) => void): void;
}
const ofPage = (file: 'drafts' | 'copy'): Promise<unknown> => import(`../../src/renderer/src/api/${file}.ts`);

let desk: TestDesk;
let window: TestWindow;
let drafts: Drafts;
let copy: Copy;

beforeAll(async () => {
  desk = openTestDesk({ apart: true });
  window = desk.openWindow();
  let calls = 0;
  const call =
    (method: string) =>
    (input: unknown, options: object = {}): Promise<unknown> =>
      desk.send(ownEvent(window.id), { method, request: `r${++calls}`, input, ...options });
  const bridge = Object.fromEntries(METHODS.map((method) => [functionName(method), call(method)]));
  const tidemark = { ...bridge, cancel: (request: string) => window.cancel(request), onPush: () => () => {} };
  vi.stubGlobal('window', { tidemark, addEventListener: () => {} });
  drafts = (await ofPage('drafts')) as Drafts;
  copy = (await ofPage('copy')) as Copy;
});
afterAll(async () => {
  vi.unstubAllGlobals();
  await desk.close();
});

const LONG = 1_000_000;

it('what was saved or removed last is what is kept, however long what came before it is', async () => {
  const sizes = [10, LONG, 300_000, 0];
  // Every order of three, each begun before the ones before it are done, and more of them than a window may have on its way.
  const orders = sizes.flatMap((a) => sizes.flatMap((b) => sizes.map((c) => [a, b, c])));
  for (const [at, order] of orders.entries()) {
    const address: DraftAddress = { store: '/s', topic: `t${at}`, incarnation: 1 };
    const done = order.map(async (size, n) => {
      // So many turns of the loop later: some begin while parts of another are on their way.
      for (let turn = 0; turn < n * (at % 7); turn++) await new Promise((resolve) => setTimeout(resolve, 0));
      return size === 0 ? drafts.removeDraft(address) : drafts.saveDraft(address, String(n).repeat(size));
    });
    await Promise.all(done);
    const { text } = await drafts.loadDraft(address);
    const last = order.at(-1) ?? 0;
    expect([order, text?.length ?? 0, text?.[0] ?? null]).toEqual([order, last, last === 0 ? null : '2']);
  }
});

it('who saves a text that is saved over hears of the one that counts: when it is kept, and when it is not', async () => {
  const address: DraftAddress = { store: '/s', topic: 'twice', incarnation: 1 };
  const first = drafts.saveDraft(address, '1'.repeat(LONG));
  void drafts.saveDraft(address, '2'.repeat(LONG));
  await first;
  expect((await drafts.loadDraft(address)).text?.[0]).toBe('2');

  const again = drafts.saveDraft(address, '3'.repeat(LONG));
  const tooLong = drafts.saveDraft(address, '4'.repeat(17 * 1024 * 1024 + 1));
  await expect(again).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  await expect(tooLong).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  expect((await drafts.loadDraft(address)).text?.[0]).toBe('2');
});

it('what was copied last is on the clipboard, after any number of long copies', async () => {
  for (let n = 0; n < 60; n++) {
    copy.copyText(`${n % 10}`.repeat(2 * LONG));
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
  copy.copyText('short');
  await expect.poll(() => desk.copied.at(-1)).toBe('short');
  copy.copyText('l'.repeat(LONG));
  await expect.poll(() => desk.copied.at(-1)?.length).toBe(LONG);
});

it('who copies is told when nothing was copied, and not of what was copied over', async () => {
  const told: string[] = [];
  copy.tellWhenNotCopied((message) => told.push(message));
  const before = desk.copied.length;
  copy.copyText('x'.repeat(16 * 1024 * 1024 + 1));
  await expect.poll(() => told.length).toBe(1);
  expect(told[0]).toContain('16777216');
  copy.copyText('y'.repeat(2 * LONG));
  copy.copyText('last');
  await expect.poll(() => desk.copied.at(-1)).toBe('last');
  expect([told.length, desk.copied.length]).toEqual([1, before + 1]);
});
