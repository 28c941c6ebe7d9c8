import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerAppRequest, loadAppFiles, type AppFiles } from '../../src/main/shell/app-files.ts';
import { contentSecurityPolicy } from '../../src/main/shell/csp.ts';
import { openTempFolder, type TempFolder } from '../support/temp-folder.ts';

let temp: TempFolder;
let files: AppFiles;

beforeAll(async () => {
  temp = openTempFolder('app-files');
  const root = join(temp.path, 'renderer');
  mkdirSync(join(root, 'assets'), { recursive: true });
  writeFileSync(join(root, 'index.html'), '<html><script type="module" crossorigin src="/assets/index-1.js"></script></html>');
  writeFileSync(join(root, 'assets/index-1.js'), 'export {};');
  writeFileSync(join(root, 'assets/index-1.css'), 'a{}');
  writeFileSync(join(root, 'assets/inter.woff2'), new Uint8Array([0, 255, 1]));
  writeFileSync(join(root, 'assets/index-1.js.map'), '{}');
  writeFileSync(join(temp.path, 'secret.js'), 'secret');
  symlinkSync(join(temp.path, 'secret.js'), join(root, 'assets/link.js'));
  files = await loadAppFiles(root);
});
afterAll(() => temp.close());

function get(url: string, method = 'GET'): Response {
  const { statusCode, headers, data } = answerAppRequest(files, { method, url }, 'NONCE');
  return new Response(new Uint8Array(data), { status: statusCode, headers });
}

describe('what app:// serves', () => {
  it('is the built files with a known type, and no link', () => {
    expect([...files.keys()].sort()).toEqual(['/assets/index-1.css', '/assets/index-1.js', '/assets/inter.woff2', '/index.html']);
  });

  it.each([
    ['/index.html', 'text/html; charset=utf-8'],
    ['/assets/index-1.js', 'text/javascript; charset=utf-8'],
    ['/assets/index-1.css', 'text/css; charset=utf-8'],
    ['/assets/inter.woff2', 'font/woff2'],
  ])('%s comes as %s with every guarding header', (path, type) => {
    const answer = get(`app://tidemark${path}`);
    expect(answer.status).toBe(200);
    expect(Object.fromEntries(answer.headers)).toEqual({
      'content-type': type,
      'content-security-policy': contentSecurityPolicy('NONCE'),
      'x-content-type-options': 'nosniff',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-embedder-policy': 'require-corp',
      'cross-origin-resource-policy': 'same-origin',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
    });
  });

  it('files come byte for byte, and the page with the nonce on its script', async () => {
    expect(new Uint8Array(await get('app://tidemark/assets/inter.woff2').arrayBuffer())).toEqual(new Uint8Array([0, 255, 1]));
    await expect(get('app://tidemark/index.html').text()).resolves.toContain('<script nonce="NONCE" type="module"');
  });

  it.each(['HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'get', ''])('%j is no way to ask', (method) => {
    expect(get('app://tidemark/index.html', method).status).toBe(405);
  });

  const paths = [
    '',
    '/',
    '/index.html/',
    '//index.html',
    '/./index.html',
    '/index.html%00',
    '/index.html%00.js',
    '/index%2ehtml',
    '/%69ndex.html',
    '/INDEX.HTML',
    '/index.html?x',
    '/index.html?',
    '/index.html#x',
    '/../secret.js',
    '/assets/../index.html',
    '/assets/../../secret.js',
    '/..%2fsecret.js',
    '/..%252fsecret.js',
    '/%2e%2e/secret.js',
    '/%2e%2e%2fsecret.js',
    '/..\\secret.js',
    '/..%5csecret.js',
    '/assets/link.js',
    '/assets/index-1.js.map',
    '/assets/',
    '/assets',
    '/etc/passwd',
    '/__proto__',
    '/constructor',
    `/${'a'.repeat(100_000)}`,
    '/\u2025/secret.js',
    '/index.html ',
    ' /index.html',
    '/index.html\n',
  ];
  const hosts = [
    'app://evil',
    'app://tidemark.evil',
    'app://tidemark@evil',
    'app://user@tidemark',
    'app://user:p@tidemark',
    'app://tidemark:80',
    'app://tidemark.',
    'app://TIDEMARK',
    'app:/tidemark',
    'app:tidemark',
    'app:///tidemark',
    'app://',
    'APP://tidemark',
    'file://',
    'file:///',
    'http://tidemark',
    'https://tidemark',
    'blob:app://tidemark',
    'view-source:app://tidemark',
    'app://%74idemark',
    'app://tidemar\u212a',
  ];

  it('nothing for any other path, and nothing for a listed path of another host or scheme', () => {
    let asked = 0;
    for (const path of paths) asked += Number(get(`app://tidemark${path}`).status === 404);
    for (const host of hosts) for (const path of ['/index.html', ...paths]) asked += Number(get(`${host}${path}`).status === 404);
    expect(asked).toBe(paths.length + hosts.length * (paths.length + 1));
    expect(asked).toBeGreaterThan(500);
  });

  it('nothing for any text but a listed one', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.webUrl(),
          fc.string(),
          fc.webPath().map((path) => `app://tidemark${path}`),
        ),
        (url) => {
          fc.pre(![...files.keys()].some((path) => url === `app://tidemark${path}`));
          return get(url).status === 404;
        },
      ),
    );
  });
});

describe('the content security policy', () => {
  it('allows nothing inline, remote or evaluated', () => {
    const policy = contentSecurityPolicy('N');
    expect(policy).not.toMatch(/unsafe|https?:|\*|blob:/);
    for (const rule of [
      "default-src 'none'",
      "script-src 'self'",
      "connect-src 'none'",
      "frame-src 'none'",
      "object-src 'none'",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
      "style-src 'self' 'nonce-N'",
      "require-trusted-types-for 'script'",
    ]) {
      expect(policy.split('; ')).toContain(rule);
    }
  });
});
