import type { EventStreamConfig } from '../../shared/model/event-stream-config.ts';
import type { TopicConfig } from '../../shared/model/topic-config.ts';

/** What was found at a path that can be opened as a store. */
export interface StoreLocation {
  /** Absolute, the picked file or folder. */
  readonly path: string;
  readonly kind: 'sqlite' | 'fs';
  /** Absolute folder that relative connections resolve against. */
  readonly base: string;
  /** What the connection `.` means for this adapter: the store itself. */
  readonly own: OwnPlace;
  /** Null where there is no configuration topic; `topics` is then all there is. */
  readonly configStream: EventStreamConfig | null;
  /** The topics of a repository without a configuration topic, with connections relative to `base`; to be read only. */
  readonly topics: readonly TopicConfig[];
}

export interface OwnPlace {
  readonly adapter: string;
  /** Absolute path of the folder or file. */
  readonly place: string;
  /** The connection that leads from `base` to `place`, as the adapter takes it. */
  readonly connection: string;
}
