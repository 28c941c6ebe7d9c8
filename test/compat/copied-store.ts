import { cpSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openTempFolder, type TempFolder } from '../support/temp-folder.ts';

const STORES = join(import.meta.dirname, 'stores');

/** A store that the Go original wrote, copied to a folder of its own. Whoever opens it closes it. */
export function openStoreCopy(name: 'small' | 'damaged'): TempFolder {
  const folder = openTempFolder(name);
  cpSync(join(STORES, name), folder.path, { recursive: true, preserveTimestamps: true });
  // Git keeps no empty folder; this one belongs to the damaged store.
  if (name === 'damaged') mkdirSync(join(folder.path, 'store/events/emptied'), { recursive: true });
  return folder;
}

export interface ManifestEvent {
  readonly id: string;
  readonly topic: string;
  readonly type: string;
  /** 64-bit numbers are texts in the manifest. */
  readonly timestamp: string;
  readonly version: string;
  readonly dataText: string;
  readonly metadataText: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly file: string;
}

interface ManifestTopic {
  readonly name: string;
  readonly adapter: string;
  readonly connection: string;
  readonly options: Readonly<Record<string, string>>;
}

export interface SmallManifest {
  readonly configStream: ManifestTopic;
  readonly configEvents: readonly ManifestEvent[];
  readonly topics: Readonly<Record<string, { readonly connection: string; readonly events: readonly ManifestEvent[] }>>;
  readonly stateAfterEachConfigEventWhenReplayedByGo: readonly {
    readonly afterConfigVersion: number;
    readonly topics: readonly ManifestTopic[];
  }[];
  readonly stateAfterReopen: readonly ManifestTopic[];
  readonly queries: Readonly<Record<string, readonly string[]>>;
  readonly leftovers: readonly { readonly path: string }[];
}

export interface DamagedManifest {
  readonly damage: readonly { readonly path: string; readonly kind: string; readonly aGoodReaderShould: string }[];
  readonly writtenBeforeDamage: Readonly<Record<string, { readonly events: number }>>;
}

export function readManifest(name: 'small'): SmallManifest;
export function readManifest(name: 'damaged'): DamagedManifest;
export function readManifest(name: string): unknown {
  return JSON.parse(readFileSync(join(STORES, name, 'manifest.json'), 'utf8'));
}
