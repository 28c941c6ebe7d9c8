import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { spawn } from 'node:child_process';
import { _electron, type Page } from '@playwright/test';
import { buildAppIfStale } from './runtime/build-app.ts';
import { openDisplay } from './runtime/display.ts';
import { ensureElectron } from './runtime/ensure-electron.ts';
import { projectFolder } from './runtime/places.ts';
import { runScript, say } from './runtime/say.ts';

/** One screen to look at: a store, the steps to it, and the name of its picture. */
interface Scene {
  readonly name: string;
  readonly args: readonly string[];
  readonly steps?: (page: Page) => Promise<void>;
}

const SIZES = [
  { width: 1280, height: 800 },
  { width: 960, height: 600 },
] as const;
const THEMES = ['light', 'dark'] as const;
const HUGE = 300_000;

const openTopic = async (page: Page, topic: string): Promise<void> => {
  await page.getByRole('option', { name: topic }).click();
  await page.getByLabel('Jump to version or time').waitFor();
};
const goTo = async (page: Page, version: number): Promise<void> => {
  await page.getByLabel('Jump to version or time').fill(String(version));
  await page.getByLabel('Jump to version or time').press('Enter');
  await page.getByRole('region', { name: `Event ${version}`, exact: true }).waitFor();
};

/**
 * `node scripts/screenshots.ts [FOLDER [SCENE…]]`: every screen in both themes and sizes, with empty, normal, huge, damaged and
 * hostile data, into FOLDER (docs/screenshots/all by default, which git ignores), to be looked at.
 */
runScript(async () => {
  const target = path.resolve(process.argv[2] ?? path.join(projectFolder, 'docs/screenshots/all'));
  await mkdir(target, { recursive: true });
  const electron = await ensureElectron();
  await buildAppIfStale();
  const display = await openDisplay();
  const folder = await mkdtemp(path.join(tmpdir(), 'tidemark-screens-'));
  try {
    for (const scene of (await scenes(folder)).filter(({ name }) => process.argv.length < 4 || process.argv.includes(name))) {
      const app = await _electron.launch({
        executablePath: electron.executable,
        // The stores are new: without this each picture would begin with the question whether to write to them.
        args: [...electron.flags, projectFolder, '--read-write', ...scene.args],
        env: {
          ...cleanEnvironment(),
          ...electron.environment,
          ...display.environment,
          HOME: folder,
          XDG_CONFIG_HOME: path.join(folder, scene.name),
        },
      });
      const page = await app.firstWindow();
      await page.waitForLoadState('load');
      await scene.steps?.(page);
      for (const size of SIZES) {
        await app.evaluate(({ BrowserWindow }, { width, height }) => BrowserWindow.getAllWindows()[0]?.setContentSize(width, height), size);
        for (const theme of THEMES) {
          await page.emulateMedia({ colorScheme: theme });
          await page.screenshot({ path: path.join(target, `${scene.name}-${theme}-${size.width}.png`) });
        }
      }
      await app.close();
      say(`took ${scene.name}`);
    }
  } finally {
    await display.close();
    await rm(folder, { recursive: true, force: true });
  }
  return 0;
});

async function scenes(folder: string): Promise<readonly Scene[]> {
  const small = path.join(folder, 'orders-store');
  const damaged = path.join(folder, 'damaged-store');
  await cp(path.join(projectFolder, 'test/compat/stores/small'), small, { recursive: true });
  await cp(path.join(projectFolder, 'test/compat/stores/damaged'), damaged, { recursive: true });
  const empty = path.join(folder, 'empty.db');
  const huge = path.join(folder, 'huge.db');
  const hostile = path.join(folder, 'hostile.db');
  await commandLine(['new', empty]);
  await commandLine(['new', huge]);
  await commandLine(['create-topic', huge, 'ticks']);
  await commandLine(
    ['append', huge, 'ticks'],
    Array.from({ length: HUGE }, (_, n) => `{"type":"Tick${n % 7}","data":{"n":${n},"total":${n * 13}}}\n`),
  );
  await commandLine(['new', hostile]);
  await commandLine(['create-topic', hostile, 'hostile']);
  await commandLine(['append', hostile, 'hostile'], hostileEvents());
  return [
    { name: 'welcome', args: [] },
    { name: 'empty', args: [empty] },
    {
      name: 'demo',
      args: ['--demo'],
      steps: async (page) => {
        await openTopic(page, 'orders');
        await goTo(page, 540);
      },
    },
    {
      name: 'numbers',
      args: [small],
      steps: async (page) => {
        await openTopic(page, 'orders');
        await goTo(page, 4);
      },
    },
    { name: 'damaged', args: [damaged], steps: (page) => openTopic(page, 'truncated') },
    {
      name: 'health',
      args: [damaged],
      steps: async (page) => {
        await page.getByRole('tab', { name: 'Health' }).click();
        await page.getByRole('list', { name: 'Problems of truncated' }).waitFor();
      },
    },
    {
      name: 'append',
      args: [small],
      steps: async (page) => {
        await openTopic(page, 'payments');
        await page.getByRole('button', { name: 'Append…' }).click();
        await page.getByLabel('Type').fill('PaymentRefunded');
        await page.getByLabel('Data', { exact: true }).fill('{\n  "amount": 9007199254740993,\n  "reason": "duplicate"\n}');
      },
    },
    {
      name: 'append-review',
      args: [small],
      steps: async (page) => {
        await openTopic(page, 'payments');
        await page.getByRole('button', { name: 'Append…' }).click();
        await page.getByRole('tab', { name: 'Batch' }).click();
        await page.getByLabel('Events', { exact: true }).click();
        await page.keyboard.insertText(
          '{"type":"PaymentRefunded","data":{"amount":9007199254740993}}\n{"type":"PaymentClosed","data":[1.10]}',
        );
        await page.getByRole('button', { name: /^Validate/ }).click();
        await page.getByRole('button', { name: /^Review/ }).click();
        await page.getByRole('listbox', { name: 'Lines to be stored' }).waitFor();
      },
    },
    {
      name: 'huge',
      args: [huge],
      steps: async (page) => {
        await openTopic(page, 'ticks');
        await goTo(page, 150_000);
      },
    },
    {
      name: 'hostile',
      args: [hostile],
      steps: async (page) => {
        await openTopic(page, 'hostile');
        await goTo(page, 2);
      },
    },
  ];
}

function hostileEvents(): string[] {
  const texts = [
    '<img src=x onerror=alert(1)>',
    '\u202Egpj.exe\u202C\u200B\u0000',
    'x'.repeat(100_000),
    '{{7*7}}',
    '👩‍👩‍👧‍👦 日本語 \u05E9\u05DC\u05D5\u05DD',
  ];
  return texts.map((text) => `${JSON.stringify({ type: text, id: text, data: { [text]: text, list: [text] }, metadata: { text } })}\n`);
}

function cleanEnvironment(): Record<string, string> {
  return Object.fromEntries(Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined));
}

function commandLine(args: readonly string[], input: readonly string[] = []): Promise<void> {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, [path.join(projectFolder, 'src/main/cli/main.ts'), ...args], {
      stdio: ['pipe', 'ignore', 'inherit'],
    });
    child.once('error', fail);
    child.once('exit', (code) => (code === 0 ? done() : fail(new Error(`tidemark ${args.join(' ')} ended with ${code}`))));
    child.stdin.end(input.join(''));
  });
}
