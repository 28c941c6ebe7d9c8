import { z } from 'zod';
import { settingsChange, type Settings } from '../settings.ts';
import { textOf } from './text-of.ts';

export const appInputs = {
  'app.info': z.strictObject({}),
  /** Puts text on the clipboard: the page itself has no permission to. At most 16 Mi UTF-16 units. */
  'app.copyText': z.strictObject({ text: textOf(16 * 1024 * 1024) }),
  'app.settings': z.strictObject({}),
  'app.change': settingsChange,
  /** Keeps a small text of the page's own under a key, over restarts; null forgets it. The least recently written of 1,000 go first. */
  'app.remember': z.strictObject({ key: z.string().min(1).max(8192), value: z.string().max(16_384).nullable() }),
  /** Everything that is remembered under keys that begin with `prefix`. */
  'app.recall': z.strictObject({ prefix: z.string().max(8192) }),
  /** What the menu bar shows of this window's commands. */
  'app.showCommands': z.strictObject({ enabled: z.array(z.string().max(64)).max(500), checked: z.array(z.string().max(64)).max(500) }),
  /** What the window's title says after the store's name; null: nothing. */
  'app.showTitle': z.strictObject({ topic: z.string().max(8192).nullable() }),
  /** How far this window's work is, on its icon where the system has that; null: none is under way. */
  'app.showProgress': z.strictObject({ progress: z.union([z.number().min(0).max(1), z.literal('unknown')]).nullable() }),
  'app.newWindow': z.strictObject({}),
  'app.openLog': z.strictObject({}),
  /** A notification of the system, shown only while no window has the focus; a click brings this one to the front. */
  'app.notify': z.strictObject({ title: z.string().max(200), body: z.string().max(1000) }),
} as const;

export interface AppOutputs {
  'app.info': AppInfo;
  'app.copyText': null;
  'app.settings': Settings;
  'app.change': Settings;
  'app.remember': null;
  'app.recall': Readonly<Record<string, string>>;
  'app.showCommands': null;
  'app.showTitle': null;
  'app.showProgress': null;
  'app.newWindow': null;
  'app.openLog': null;
  'app.notify': null;
}

export interface AppInfo {
  readonly version: string;
  /** electron, chrome, node, v8 and, where known, sqlite */
  readonly versions: Readonly<Record<string, string>>;
  readonly platform: string;
  readonly logFile: string;
}
