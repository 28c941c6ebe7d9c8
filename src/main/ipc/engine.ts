import type { StoreInfo } from '../../shared/ipc/contract/stores.ts';
import type { EventStreamConfig } from '../../shared/model/event-stream-config.ts';
import type { EventStore } from '../eventstore/event-store.ts';

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
  /** Why nothing can be written; null when writing is possible. */
  readonly readOnly: string | null;
  close(): Promise<void>;
}

export interface OpenChoices {
  readonly configTopic?: string | undefined;
  readonly readOnly?: boolean | undefined;
}

/** What the window side needs of compose: stores by path, and the demo. */
export interface Engine {
  open(path: string, choices: OpenChoices): Promise<OpenedStore>;
  /** Makes a new store at `path` and opens it. */
  create(path: string, adapter: 'sqlite' | 'fs'): Promise<OpenedStore>;
  openDemo(): Promise<OpenedStore>;
  /** One text for every spelling of a path (links resolved), also of a path that is not there. */
  identify(path: string): Promise<string>;
}
