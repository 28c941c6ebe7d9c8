import { z } from 'zod';

const theme = z.enum(['system', 'light', 'dark']);
/** How times are shown; the exact one is always a hover and a copy away. */
const times = z.enum(['utc', 'local', 'relative']);
const rows = z.enum(['compact', 'roomy']);
/** In px. */
const dataFont = z.int().min(9).max(24);

/** What a person chose for every window. Each member falls back alone: one bad value costs that value. */
export const settingsShape = {
  theme: theme.catch('system'),
  times: times.catch('utc'),
  rows: rows.catch('compact'),
  dataFont: dataFont.catch(12),
  /** The powers of 1.2 that Electron counts zoom in. */
  zoom: z.number().min(-4).max(6).catch(0),
} as const;

export type Settings = Readonly<z.infer<z.ZodObject<typeof settingsShape>>>;

/** Members to change; the others stay. */
export const settingsChange = z.strictObject({
  theme: theme.optional(),
  times: times.optional(),
  rows: rows.optional(),
  dataFont: dataFont.optional(),
  zoom: z.number().min(-4).max(6).optional(),
});
export type SettingsChange = Readonly<z.infer<typeof settingsChange>>;
