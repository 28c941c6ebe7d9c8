import { z } from 'zod';

export const storesInputs = {
  'stores.current': z.strictObject({}),
  /** Opens a path that main itself handed out (command line, recent, dialog, drop). */
  'stores.open': z.strictObject({
    path: z.string().min(1).max(4096),
    configTopic: z.string().max(1024).optional(),
    readOnly: z.boolean().optional(),
  }),
  'stores.openDialog': z.strictObject({ kind: z.enum(['file', 'folder']) }),
  'stores.createDialog': z.strictObject({ adapter: z.enum(['sqlite', 'fs']) }),
  'stores.openDemo': z.strictObject({}),
  'stores.close': z.strictObject({}),
} as const;

export interface StoresOutputs {
  'stores.current': StoreInfo | null;
  'stores.open': StoreInfo;
  'stores.openDialog': StoreInfo | null;
  'stores.createDialog': StoreInfo | null;
  'stores.openDemo': StoreInfo;
  'stores.close': null;
}

export interface StoreInfo {
  /** Absolute, the picked file or folder. */
  readonly path: string;
  readonly name: string;
  readonly kind: 'sqlite' | 'fs' | 'memory';
  readonly configTopic: string | null;
  /** Why nothing can be written; null when writing is possible. */
  readonly readOnly: string | null;
}
