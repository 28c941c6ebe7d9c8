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
  readonly body: Buffer;
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
        return [`/${relative(folder, path).split(sep).join('/')}`, { body: await readFile(path), type }] as const;
      }),
  );
  return new Map(files);
}

/** An answer as Electron takes it; a plain object, since the first `Response` of a process takes 130 ms to load. */
export interface AppAnswer {
  readonly statusCode: number;
  readonly headers: Record<string, string>;
  readonly data: Buffer;
}

/**
 * The answer to one request of the page: GET, our host, a path on the list, nothing else in the URL. The page itself
 * gets `nonce` in its policy and on its scripts.
 */
export function answerAppRequest(files: AppFiles, request: { readonly method: string; readonly url: string }, nonce: string): AppAnswer {
  const headers = { ...HEADERS, 'Content-Security-Policy': contentSecurityPolicy(nonce) };
  const data = Buffer.alloc(0);
  if (request.method !== 'GET') return { statusCode: 405, headers: { ...headers, Allow: 'GET' }, data };
  const file = fileOf(files, request.url);
  if (!file) return { statusCode: 404, headers, data };
  const body = file.type.startsWith('text/html') ? withNonce(file.body, nonce) : file.body;
  return { statusCode: 200, headers: { ...headers, 'Content-Type': file.type }, data: body };
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

function withNonce(html: Buffer, nonce: string): Buffer {
  return Buffer.from(html.toString('utf8').replaceAll('<script ', `<script nonce="${nonce}" `));
}
