import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';

const bounds = z.object({ x: z.int(), y: z.int(), width: z.int().positive(), height: z.int().positive() });

/** Every member falls back alone: one bad value costs that value, a bad file costs the file. */
const settings = z.object({
  version: z.literal(1).catch(1),
  theme: z.enum(['system', 'light', 'dark']).catch('system'),
  bounds: bounds.nullable().catch(null),
  maximized: z.boolean().catch(false),
  /** The powers of 1.2 that Electron counts zoom in. */
  zoom: z.number().min(-4).max(6).catch(0),
  /** Paths of stores, newest first. */
  recent: z.array(z.string().max(4096)).max(100).catch([]),
  logLevel: z.enum(['error', 'warn', 'info', 'debug']).catch('info'),
});

export type Settings = Readonly<z.infer<typeof settings>>;
export type Theme = Settings['theme'];

const MAX_RECENT = 10;

export interface SettingsFile {
  get(): Settings;
  /** Changes members; the file is written soon after. */
  set(change: Partial<Settings>): void;
  /** Puts a path first among the recent ones. */
  addRecent(path: string): void;
  /** Resolves when what was set is on the disk. */
  flush(): Promise<void>;
}

export interface SettingsOptions {
  /** Milliseconds that changes are gathered before they are written. */
  readonly delay?: number;
  /** Settings that cannot be written are lost, and nothing else: told here. */
  readonly failed?: (error: unknown) => void;
}

/** Opens the settings in `path`; a missing or broken file gives the defaults. Written to a temporary file, synced, renamed. */
export async function openSettings(path: string, { delay = 300, failed = () => {} }: SettingsOptions = {}): Promise<SettingsFile> {
  let current = parseSettings(await readFile(path, 'utf8').catch(() => ''));
  let written = current;
  let timer: NodeJS.Timeout | undefined;
  let last: Promise<void> = Promise.resolve();

  async function write(): Promise<void> {
    const mine = current;
    if (mine === written) return;
    await writeWhole(path, `${JSON.stringify(mine, null, 2)}\n`);
    written = mine;
  }

  function flush(): Promise<void> {
    clearTimeout(timer);
    last = last.then(write).catch(failed);
    return last;
  }

  function set(change: Partial<Settings>): void {
    current = { ...current, ...change };
    clearTimeout(timer);
    timer = setTimeout(() => void flush(), delay);
    timer.unref();
  }

  return {
    get: () => current,
    set,
    addRecent: (recent) => set({ recent: [recent, ...current.recent.filter((other) => other !== recent)].slice(0, MAX_RECENT) }),
    flush,
  };
}

function parseSettings(text: string): Settings {
  try {
    return settings.parse(JSON.parse(text));
  } catch {
    return settings.parse({});
  }
}

async function writeWhole(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const temporary = `${path}.${process.pid}.tmp`;
  const file = await open(temporary, 'w');
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(temporary, path);
}
