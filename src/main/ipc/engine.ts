import type { StoreInfo } from '../../shared/ipc/contract/stores.ts';
import type { EventStreamConfig } from '../../shared/model/event-stream-config.ts';
import type { ErrorFacts } from '../../shared/model/errors.ts';
import type { EventStore } from '../eventstore/event-store.ts';
import type { FoldPlaces } from '../folding/open-fold-thread.ts';

/** An open store and what is known of its place. Whoever opened it closes it. */
export interface OpenedStore {
  readonly store: EventStore;
  readonly location: {
    /** Absolute, the picked file or folder. */
    readonly path: string;
    readonly kind: StoreInfo['kind'];
    /** Null where no configuration topic was found. */
    readonly configStream: EventStreamConfig | null;
  };
  /** Where there is no configuration topic: one of its topics, if it has any. */
  readonly anyTopic: string | null;
  /** Why nothing can be written; null when writing is possible. */
  readonly readOnly: string | null;
  /** It is read-only because that was asked for, and could be written. */
  readonly byChoice: boolean;
  close(): Promise<void>;
}

export interface OpenChoices {
  readonly configTopic?: string | undefined;
  readonly readOnly?: boolean | undefined;
}

/** What the system tells of a store's place without opening it. Nothing here writes or throws. */
export interface StoreDisk {
  /** False only where nothing is at the path for certain. */
  exists(path: string): Promise<boolean>;
  /** When anyone last wrote to the store, ms since the epoch; null where nothing tells. */
  lastWrite(path: string): Promise<number | null>;
  /** `isWhole` is false where there was more than was looked at. Null where nothing is. */
  size(path: string): Promise<{ readonly bytes: number; readonly isWhole: boolean } | null>;
  /** Why nothing can be written there now: READ_ONLY or STORAGE_FULL; null where nothing speaks against it. */
  writeTrouble(path: string): Promise<ErrorFacts | null>;
}

/** What the window side needs of compose: stores by path, and the demo. */
export interface Engine {
  open(path: string, choices: OpenChoices): Promise<OpenedStore>;
  /** Makes a new store at `path` and opens it. */
  create(path: string, adapter: 'sqlite' | 'fs'): Promise<OpenedStore>;
  openDemo(): Promise<OpenedStore>;
  /** One text for every spelling of a path (links resolved), also of a path that is not there. */
  identify(path: string): Promise<string>;
  readonly disk: StoreDisk;
  readonly foldPlaces: FoldPlaces;
}
