import { spawn } from 'node:child_process';
import { cp, mkdir, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { cacheFolder, projectFolder } from '../runtime/places.ts';
import { say } from '../runtime/say.ts';
import { buildStore } from '../seed/build-store.ts';

/** The stores that pictures are taken of; each is made when it is first asked for. */
export interface StoresToShow {
  /** A copy of a store that the Go original wrote. */
  original(name: 'small' | 'damaged'): Promise<string>;
  empty(): Promise<string>;
  /** 5,000,000 events in one topic. Kept between runs: it takes minutes to make. */
  huge(): Promise<string>;
  manyTopics(): Promise<string>;
  /** One event of 20 MB among small ones. */
  large(): Promise<string>;
  hostile(): Promise<string>;
}

const HUGE = 5_000_000;
const MANY_TOPICS = 1000;
const LARGE_BYTES = 20 * 1024 * 1024;

export function storesToShow(folder: string): StoresToShow {
  const made = new Map<string, Promise<string>>();
  const once = (name: string, make: (place: string) => Promise<unknown>): Promise<string> => {
    const place = path.join(folder, name);
    const known = made.get(name) ?? make(place).then(() => place);
    made.set(name, known);
    return known;
  };
  return {
    original: (name) =>
      once(`${name === 'small' ? 'orders' : 'damaged'}-store`, (place) =>
        cp(path.join(projectFolder, 'test/compat/stores', name), place, { recursive: true }),
      ),
    empty: () => once('empty.db', (place) => commandLine(['new', place])),
    huge,
    manyTopics: () =>
      once('many-topics.db', async (place) => {
        await commandLine(['new', place]);
        await node(path.join(projectFolder, 'e2e/support/many-topics.ts'), [place, String(MANY_TOPICS)]);
      }),
    large: () => once('large-store', makeLarge),
    hostile: () =>
      once('hostile.db', async (place) => {
        await commandLine(['new', place]);
        const options = HOSTILE.flatMap((text, index) => ['--option', `key${index}=${text.replaceAll('\0', '').slice(0, 2000)}`]);
        await commandLine(['create-topic', place, 'hostile', ...options]);
        await commandLine(['append', place, 'hostile'], HOSTILE.map(hostileEvent));
      }),
  };
}

async function huge(): Promise<string> {
  const place = path.join(cacheFolder(), 'seeded', `huge-${HUGE}.db`);
  await mkdir(path.dirname(place), { recursive: true });
  if (!(await stat(place).catch(() => null))) say(`making a store of ${HUGE} events, once; it takes some minutes`);
  return buildStore(place, 'sqlite', [
    { name: 'orders', events: HUGE, seed: 1 },
    { name: 'payments', events: 20_000, seed: 2 },
  ]);
}

/** Larger than an append takes, as another program may have written it: the file is laid in its place by hand. */
async function makeLarge(place: string): Promise<void> {
  await commandLine(['new', place, '--adapter', 'fs']);
  await commandLine(['create-topic', place, 'documents']);
  await commandLine(['append', place, 'documents'], ['{"type":"Small","data":{"n":1}}\n']);
  const pages = Array.from({ length: 400 }, (_, n) => `{"page":${n + 1},"text":"${'lorem ipsum '.repeat(LARGE_BYTES / 400 / 12)}"}`);
  const line = `{"id":"large","topic":"documents","type":"DocumentScanned","data":{"pages":[${pages.join(',')}]},"metadata":null,"timestamp":1700000000000000000,"version":2}`;
  await writeFile(path.join(place, 'events/documents/v0000000002.json'), line);
}

const HOSTILE = [
  '<img src=x onerror=alert(1)>',
  '\u202Egpj.exe\u202C\u200B\u0000',
  'x'.repeat(100_000),
  '{{7*7}}',
  '👩‍👩‍👧‍👦 日本語 \u05E9\u05DC\u05D5\u05DD',
];

function hostileEvent(text: string): string {
  return `${JSON.stringify({ type: text, id: text, data: { [text]: text, list: [text] }, metadata: { text, correlationId: text } })}\n`;
}

function commandLine(args: readonly string[], input: readonly string[] = []): Promise<void> {
  return node(path.join(projectFolder, 'src/main/cli/main.ts'), args, input);
}

function node(script: string, args: readonly string[], input: readonly string[] = []): Promise<void> {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, [script, ...args], { stdio: ['pipe', 'ignore', 'inherit'] });
    child.once('error', fail);
    child.once('exit', (code) => (code === 0 ? done() : fail(new Error(`${path.basename(script)} ${args.join(' ')} ended with ${code}`))));
    child.stdin.end(input.join(''));
  });
}
