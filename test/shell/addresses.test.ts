import { describe, expect, it } from 'vitest';
import { APP_PAGE, isPage, pageFor } from '../../src/main/shell/origin.ts';
import { mayLoad } from '../../src/main/shell/requests.ts';

const STRANGE = [
  'app://tidemark/',
  'app://tidemark/index.html?x=1',
  'app://tidemark/other.html',
  'app://tidemark/index.html/..',
  'app://tidemark//index.html',
  'app://tidemark/INDEX.html',
  'app://host.evil/index.html',
  'app://tidemark.evil/index.html',
  'app://tidemark@evil/index.html',
  'app://user@tidemark/index.html',
  'app://tidemark:1/index.html',
  'app:/tidemark/index.html',
  'app:index.html',
  'about:blank',
  'about:srcdoc',
  'javascript:alert(1)',
  'java\tscript:alert(1)',
  'data:text/html,<script>1</script>',
  'blob:app://tidemark/1',
  'file:///etc/passwd',
  'file://tidemark/index.html',
  'view-source:app://tidemark/index.html',
  'http://tidemark/index.html',
  'https://tidemark/index.html',
  'smb://host/share',
  '\\\\host\\share',
  'ms-officecmd:x',
  'chrome://gpu',
  'devtools://devtools/x',
  '',
  'x',
];

describe('navigation', () => {
  it('is allowed to exactly the page, with any fragment', () => {
    expect(isPage(APP_PAGE, APP_PAGE)).toBe(true);
    expect(isPage(`${APP_PAGE}#topics`, APP_PAGE)).toBe(true);
  });

  it.each(STRANGE)('is refused to %j', (url) => {
    expect(isPage(url, APP_PAGE)).toBe(false);
  });
});

describe('loading', () => {
  const origin = 'app://tidemark';
  it.each(['app://tidemark/index.html', 'app://tidemark/assets/x.js', 'data:image/png;base64,AA=='])('is allowed of %s', (url) => {
    expect(mayLoad(url, origin, false)).toBe(true);
  });

  it.each([
    'http://tidemark/',
    'https://example.org/x.png',
    'ws://tidemark/',
    'wss://x/',
    'file:///etc/passwd',
    'app://tidemark.evil/x',
    'blob:app://tidemark/x',
    'ftp://x/',
    'devtools://devtools/x',
    'x',
    '',
  ])('is refused of %j', (url) => {
    expect(mayLoad(url, origin, false)).toBe(false);
  });

  it('of the developer tools is for an app that is not packaged', () => {
    expect(mayLoad('devtools://devtools/bundled/x.html', origin, true)).toBe(true);
  });

  it('of the dev server is the server and its socket, on its port', () => {
    expect(mayLoad('http://localhost:5173/src/main.tsx', 'http://localhost:5173', true)).toBe(true);
    expect(mayLoad('ws://localhost:5173/', 'http://localhost:5173', true)).toBe(true);
    expect(mayLoad('http://localhost:5174/', 'http://localhost:5173', true)).toBe(false);
  });
});

describe('the page of a window', () => {
  it('is the built one in a packaged app, whatever the environment says', () => {
    expect(pageFor(true, 'http://localhost:5173')).toEqual({ origin: 'app://tidemark', page: APP_PAGE, dev: false });
  });

  it('is the dev server of this machine in an app that is not packaged, and no other address', () => {
    expect(pageFor(false, 'http://localhost:5173')).toEqual({ origin: 'http://localhost:5173', page: 'http://localhost:5173/', dev: true });
    for (const url of [undefined, '', 'x', 'https://evil.example', 'http://localhost.evil:5173', 'file:///tmp']) {
      expect(pageFor(false, url)).toMatchObject({ page: APP_PAGE, dev: false });
    }
  });
});
