import { z } from 'zod';
import type { ErrorFacts } from '../../model/errors.ts';

const path = z.string().min(1).max(4096);
const configTopic = z.string().max(1024).optional();
const readOnly = z.boolean().optional();

export const storesInputs = {
  'stores.current': z.strictObject({}),
  /** What the last opening in this window failed with; null once it was read away or another store is open. */
  'stores.failure': z.strictObject({}),
  'stores.dismissFailure': z.strictObject({}),
  /**
   * Opens a path that main itself handed out (command line, recent, dialog, drop). Without `readOnly`, a store that another
   * program wrote in the last minute opens read-only, and says so in `wroteElsewhere`.
   */
  'stores.open': z.strictObject({ path, configTopic, readOnly }),
  /** The same in a window of its own; answers at once, and what goes wrong is said there. */
  'stores.openInNewWindow': z.strictObject({ path, configTopic, readOnly }),
  /** What was dropped on the window. The page gives a File; its path is read and sent by the preload script alone. */
  'stores.openDropped': z.strictObject({ path, newWindow: z.boolean() }),
  'stores.openDialog': z.strictObject({ kind: z.enum(['file', 'folder']) }),
  'stores.createDialog': z.strictObject({ adapter: z.enum(['sqlite', 'fs']) }),
  'stores.openDemo': z.strictObject({}),
  'stores.close': z.strictObject({}),
  /** Opens the store of this window again for writing, or for reading only. */
  'stores.unlock': z.strictObject({}),
  'stores.lock': z.strictObject({}),
  'stores.status': z.strictObject({}),
  /** Looks whether a store that could not be reached or written can be again, and opens it anew where that is needed. */
  'stores.retry': z.strictObject({}),
  'stores.recent': z.strictObject({}),
  'stores.pin': z.strictObject({ path, pinned: z.boolean() }),
  'stores.forget': z.strictObject({ path }),
  /** Asks where a recent store is now, opens what is chosen, and puts it in the old one's place. */
  'stores.find': z.strictObject({ path }),
} as const;

export interface StoresOutputs {
  'stores.current': StoreInfo | null;
  'stores.failure': OpenFailure | null;
  'stores.dismissFailure': null;
  'stores.open': StoreInfo;
  'stores.openInNewWindow': null;
  'stores.openDropped': StoreInfo | null;
  'stores.openDialog': StoreInfo | null;
  'stores.createDialog': StoreInfo | null;
  'stores.openDemo': StoreInfo;
  'stores.close': null;
  'stores.unlock': StoreInfo;
  'stores.lock': StoreInfo;
  'stores.status': StoreStatus;
  'stores.retry': StoreStatus;
  'stores.recent': readonly RecentStore[];
  'stores.pin': null;
  'stores.forget': null;
  'stores.find': StoreInfo | null;
}

export type StoreKind = 'sqlite' | 'fs' | 'memory';

export interface StoreInfo {
  /** Absolute, the picked file or folder. */
  readonly path: string;
  readonly name: string;
  readonly kind: StoreKind;
  readonly configTopic: string | null;
  /** Why nothing can be written; null when writing is possible. */
  readonly readOnly: string | null;
  /** It is read-only by choice, so writing can be unlocked. */
  readonly canUnlock: boolean;
  /** Set where it was opened read-only because another program wrote to it: ms since the epoch of that write. */
  readonly wroteElsewhere: number | null;
}

/** An opening that did not come from the page (command line, second start, a new window) and failed. */
export interface OpenFailure {
  /** Null: the demo store. */
  readonly path: string | null;
  /** As was asked for, and is to be asked for again. */
  readonly readOnly?: boolean | undefined;
  readonly error: ErrorFacts;
}

/** Whether the store can be reached now, and its last write be done. */
export type Available = { readonly ok: true } | { readonly ok: false; readonly code: ErrorFacts['code']; readonly message: string };

/** What a title and a status bar say. Counted from names and latest versions; nothing is read for it. */
export interface StoreStatus {
  /** Without the configuration topic. */
  readonly topics: number;
  /** The sum of the topics' latest versions. */
  readonly events: number;
  /** On the disk; null in memory and where it cannot be told. */
  readonly bytes: number | null;
  /** Not everything was looked at: the number is the least there is. */
  readonly atLeast: { readonly events: boolean; readonly bytes: boolean };
  readonly writable: boolean;
  readonly readOnlyReason: string | null;
  readonly available: Available;
}

export interface RecentStore {
  readonly path: string;
  readonly name: string;
  /** Null where an older version kept only the path. */
  readonly kind: 'sqlite' | 'fs' | null;
  readonly pinned: boolean;
  /** Nothing is at the path now. */
  readonly missing: boolean;
  /** ms since the epoch; null where an older version kept only the path. */
  readonly openedAt: number | null;
}

/** The last part of a path, as a store is called. */
export function storeName(storePath: string): string {
  return storePath.split(/[\\/]/).findLast((part) => part !== '') ?? storePath;
}
