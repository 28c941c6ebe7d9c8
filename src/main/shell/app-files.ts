import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { contentSecurityPolicy } from './csp.ts';
import { APP_ORIGIN } from './origin.ts';

const MIME: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
};

export interface AppFile {
  readonly body: Uint8Array<ArrayBuffer>;
  readonly type: string;
}

/** The built page's files by URL path (`/index.html`). What has no known type is not served. */
export type AppFiles = ReadonlyMap<string, AppFile>;

/** Reads every file of the built page once; later requests touch no disk, so no path can lead anywhere. */
export async function loadAppFiles(folder: string): Promise<AppFiles> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = await Promise.all(
    entries
      .filter((entry) => entry.isFile() && Object.hasOwn(MIME, extname(entry.name)))
      .map(async (entry) => {
        const path = join(entry.parentPath, entry.name);
        const type = MIME[extname(entry.name)] ?? '';
        return [`/${relative(folder, path).split(sep).join('/')}`, { body: new Uint8Array(await readFile(path)), type }] as const;
      }),
  );
  return new Map(files);
}

/**
 * The answer to one request of the page: GET, our host, a path on the list, nothing else in the URL. The page itself
 * gets `nonce` in its policy and on its scripts.
 */
export function answerAppRequest(files: AppFiles, request: { readonly method: string; readonly url: string }, nonce: string): Response {
  const headers = { ...HEADERS, 'Content-Security-Policy': contentSecurityPolicy(nonce) };
  if (request.method !== 'GET') return new Response(null, { status: 405, headers: { ...headers, Allow: 'GET' } });
  const file = fileOf(files, request.url);
  if (!file) return new Response(null, { status: 404, headers });
  const body = file.type.startsWith('text/html') ? withNonce(file.body, nonce) : file.body;
  return new Response(body, { status: 200, headers: { ...headers, 'Content-Type': file.type } });
}

const HEADERS = {
  'X-Content-Type-Options': 'nosniff',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': 'no-store',
} as const;

function fileOf(files: AppFiles, url: string): AppFile | undefined {
  // The text must be the origin and a listed path to the letter: nothing is decoded, so nothing can be decoded twice.
  if (!url.startsWith(`${APP_ORIGIN}/`)) return undefined;
  return files.get(url.slice(APP_ORIGIN.length));
}

function withNonce(html: Uint8Array, nonce: string): string {
  return new TextDecoder().decode(html).replaceAll('<script ', `<script nonce="${nonce}" `);
}
