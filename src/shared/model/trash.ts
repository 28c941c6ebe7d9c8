import type { TopicConfig } from './topic-config.ts';

/** A deleted topic whose data is still there. */
export interface TrashedTopic {
  /** The configuration version of its TopicDeleted as text, with `.n` behind it where that name was taken. */
  readonly entry: string;
  readonly topic: string;
  readonly config: TopicConfig | null;
  readonly latestVersion: number;
}
