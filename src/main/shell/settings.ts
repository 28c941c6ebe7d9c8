import { z } from 'zod';
import { settingsShape, type Settings } from '../../shared/ipc/settings.ts';
import { openKeptFile, type KeptFileOptions } from './kept-file.ts';
import { recentList } from './recent-list.ts';

const bounds = z.object({ x: z.int(), y: z.int(), width: z.int().positive(), height: z.int().positive() });

/** Every member falls back alone: one bad value costs that value, a bad file costs the file. */
const stored = z.object({
  version: z.literal(1).catch(1),
  ...settingsShape,
  bounds: bounds.nullable().catch(null),
  maximized: z.boolean().catch(false),
  recent: recentList,
  logLevel: z.enum(['error', 'warn', 'info', 'debug']).catch('info'),
});

/** What the person chose, and what the shell keeps for itself beside it. */
export type StoredSettings = Readonly<z.infer<typeof stored>>;

export interface SettingsFile {
  get(): StoredSettings;
  /** What the page may see and change. */
  chosen(): Settings;
  /** Changes members; the file is written soon after. */
  set(change: Partial<StoredSettings>): void;
  /** Calls `listener` after every change of what the person chose. */
  onChosen(listener: (settings: Settings) => void): void;
  /** Resolves when what was set is on the disk. */
  flush(): Promise<void>;
}

/** Opens the settings in `path`; a missing or broken file gives the defaults. */
export async function openSettings(path: string, options: KeptFileOptions = {}): Promise<SettingsFile> {
  const file = await openKeptFile(path, (value) => stored.parse(isObject(value) ? value : {}), options);
  const listeners: ((settings: Settings) => void)[] = [];

  const chosen = (): Settings => {
    const { theme, times, rows, dataFont, zoom } = file.get();
    return { theme, times, rows, dataFont, zoom };
  };

  function set(change: Partial<StoredSettings>): void {
    file.set({ ...file.get(), ...change });
    if (Object.keys(change).some((name) => name in settingsShape)) for (const listener of listeners) listener(chosen());
  }

  return {
    get: file.get,
    chosen,
    set,
    onChosen: (listener) => void listeners.push(listener),
    flush: file.flush,
  };
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
