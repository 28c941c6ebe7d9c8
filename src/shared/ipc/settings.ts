import { z } from 'zod';

const theme = z.enum(['system', 'light', 'dark']);
/** How times are shown; the exact one is always a hover and a copy away. */
const times = z.enum(['utc', 'local', 'relative']);
const rows = z.enum(['compact', 'roomy']);
/** In px. */
const DATA_FONT = { least: 9, most: 24 };
const dataFont = z.int().min(DATA_FONT.least).max(DATA_FONT.most);
/** The powers of 1.2 that Electron counts zoom in. */
const ZOOM = { least: -4, most: 6 };
const zoom = z.number().min(ZOOM.least).max(ZOOM.most);

/** What a person chose for every window. Each member falls back alone: one bad value costs that value. */
export const settingsShape = {
  theme: theme.catch('system'),
  times: times.catch('utc'),
  rows: rows.catch('compact'),
  dataFont: dataFont.catch(12),
  zoom: zoom.catch(0),
} as const;

export type Settings = Readonly<z.infer<z.ZodObject<typeof settingsShape>>>;

/**
 * Members to change; the others stay. A step is taken from what is true when it arrives, so that two keys pressed one after the
 * other are two steps, though the first is not known yet where the second was pressed.
 */
export const settingsChange = z.strictObject({
  theme: theme.optional(),
  times: times.optional(),
  rows: rows.optional(),
  dataFont: dataFont.optional(),
  zoom: zoom.optional(),
  /** In px. */
  dataFontBy: z.int().min(-1).max(1).optional(),
  zoomBy: z.number().min(-1).max(1).optional(),
});
export type SettingsChange = Readonly<z.infer<typeof settingsChange>>;

/** What is chosen after a change; steps stop at the ends. */
export function changedSettings(now: Settings, { dataFontBy = 0, zoomBy = 0, ...change }: SettingsChange): Settings {
  const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)) as Partial<Settings>;
  const next = { ...now, ...given };
  return { ...next, dataFont: within(DATA_FONT, next.dataFont + dataFontBy), zoom: within(ZOOM, next.zoom + zoomBy) };
}

function within({ least, most }: { readonly least: number; readonly most: number }, value: number): number {
  return Math.min(Math.max(value, least), most);
}
