import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isUrlOf, type CallEvent } from '../../src/main/ipc/sender.ts';
import { METHODS } from '../../src/shared/ipc/channels.ts';
import { openTestDesk, ORIGIN, ownEvent, type TestDesk, type TestWindow } from './test-desk.ts';

let desk: TestDesk;
let window: TestWindow;

beforeEach(() => {
  desk = openTestDesk();
  window = desk.openWindow();
});
afterEach(() => desk.close());

/** Everyone who is not the top frame of a page of ours in a window of ours. */
const STRANGERS: readonly (readonly [string, (id: number) => CallEvent])[] = [
  ['no frame', (id) => ({ ...ownEvent(id), senderFrame: null })],
  ['undefined frame', (id) => ({ ...ownEvent(id), senderFrame: undefined as never })],
  ['a sub-frame of our origin', (id) => ownEvent(id, { parent: {} })],
  ['a frame whose parent is unknown', (id) => ownEvent(id, { parent: undefined })],
  ['another frame than the main one', (id) => ({ ...ownEvent(id), sender: { id, mainFrame: {} } })],
  ['a frame of a web contents without a main frame', (id) => ({ ...ownEvent(id), sender: { id } })],
  ['a window that is not ours', () => ownEvent(4711)],
  ['about:blank with our origin', (id) => ownEvent(id, { url: 'about:blank' })],
  ['about:srcdoc with our origin', (id) => ownEvent(id, { url: 'about:srcdoc' })],
  ['an empty URL', (id) => ownEvent(id, { url: '' })],
  ['an empty origin', (id) => ownEvent(id, { origin: '' })],
  ['the opaque origin', (id) => ownEvent(id, { origin: 'null' })],
  ...[
    'about:blank',
    'blob:app://tidemark/6b1f',
    'data:text/html,x',
    'file:///index.html',
    'http://tidemark/index.html',
    'https://tidemark/index.html',
    'app://tidemark.evil/index.html',
    'app://evil/index.html',
    'app://evil/app://tidemark/index.html',
    'app://tidemark@evil/index.html',
    'app://user@tidemark/index.html',
    'app://tidemark:80/index.html',
    'app:/tidemark/index.html',
    'app:tidemark',
    'apps://tidemark/index.html',
    'devtools://devtools/bundled/inspector.html',
    'chrome-error://chromewebdata/',
    'javascript:1',
    'view-source:app://tidemark/index.html',
    'app://%74idemark.evil/',
    'app://tidemark\u2024evil/',
    'not a url',
  ].map((url) => [`a page at ${url}`, (id: number) => ownEvent(id, { url, origin: originOf(url) })] as const),
  [
    'a frame that is gone and throws',
    (id) => ({
      sender: { id },
      get senderFrame(): never {
        throw new Error('Render frame was disposed');
      },
    }),
  ],
];

function originOf(url: string): string {
  if (!URL.canParse(url)) return '';
  const { protocol, host, origin } = new URL(url);
  return origin === 'null' ? `${protocol}//${host}` : origin;
}

describe('who may call', () => {
  it('answers the top frame of its own page', async () => {
    await expect(desk.send(ownEvent(window.id), { method: 'app.info', request: 'a', input: {} })).resolves.toMatchObject({ ok: true });
  });

  it.each(STRANGERS)('refuses every method to %s, and counts it', async (_name, event) => {
    for (const method of METHODS) {
      const before = desk.router.counts.refused;
      await expect(desk.send(event(window.id), { method, request: 'a', input: {} })).resolves.toMatchObject({
        ok: false,
        error: { code: 'INVALID_INPUT', message: expect.stringContaining('Only the page') },
      });
      expect(desk.router.counts.refused).toBe(before + 1);
    }
    expect(window.workspace.info()).toBeNull();
  });

  it('refuses the window once it is gone', async () => {
    await desk.workspaces.remove(window.id);
    await expect(window.call('app.info', {})).resolves.toMatchObject({ ok: false, error: { code: 'INVALID_INPUT' } });
  });

  it('compares the parts of a URL and never its beginning', () => {
    expect(isUrlOf(`${ORIGIN}/index.html#x`, ORIGIN)).toBe(true);
    expect(isUrlOf('app://tidemark.evil/index.html', ORIGIN)).toBe(false);
    expect(isUrlOf('http://localhost:5173/', 'http://localhost:5173')).toBe(true);
    expect(isUrlOf('http://localhost:51730/', 'http://localhost:5173')).toBe(false);
  });
});
