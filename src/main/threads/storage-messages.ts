import type { ErrorFacts } from '../../shared/model/errors.ts';
import type {
  AppendGuard,
  PreparedEvent,
  EventRepository,
  OpenOptions,
  RepositoryCapabilities,
  RepositoryLocation,
} from '../eventstore/ports/event-repository.ts';

/** Every method of the port that crosses to the thread. */
export const REPOSITORY_METHODS = {
  listTopics: 'read',
  findTopic: 'read',
  createTopic: 'write',
  writeTopicConfig: 'write',
  trashTopic: 'write',
  listTrash: 'read',
  restoreTopic: 'write',
  purgeTopic: 'write',
  append: 'write',
  read: 'read',
  readBeginnings: 'read',
  count: 'read',
  scan: 'read',
  versionOfId: 'read',
  statistics: 'read',
  latestVersion: 'read',
  changeToken: 'read',
  problems: 'read',
  health: 'read',
  close: 'write',
} as const satisfies Record<Exclude<keyof EventRepository, 'capabilities'>, 'read' | 'write'>;

export type RepositoryMethod = keyof typeof REPOSITORY_METHODS;

/** What the thread is told when it starts. */
export interface StorageThreadData {
  readonly adapters: readonly string[];
  readonly networkPaths: boolean;
}

export type StorageRequest =
  | { readonly kind: 'locate'; readonly adapter: string; readonly connection: string; readonly base: string }
  | { readonly kind: 'open'; readonly adapter: string; readonly location: RepositoryLocation; readonly options: OpenOptions }
  | { readonly kind: 'call'; readonly handle: number; readonly method: RepositoryMethod; readonly args: readonly unknown[] }
  /** Some of the events of a long batch, ahead of its append. */
  | { readonly kind: 'part'; readonly batch: number; readonly events: readonly PreparedEvent[] }
  | { readonly kind: 'forget'; readonly batch: number }
  | {
      readonly kind: 'append';
      readonly handle: number;
      readonly batch: number;
      readonly topic: string;
      readonly expectedVersion: number | null;
      readonly guard: AppendGuard | undefined;
    }
  | { readonly kind: 'shutdown' };

/** What `open` answers: the repository stays on the thread, known by its handle. */
export interface OpenedHandle {
  readonly handle: number;
  readonly capabilities: RepositoryCapabilities;
}

export interface StorageQuestion {
  readonly id: number;
  readonly request: StorageRequest;
}

export type StorageAnswer = { readonly id: number; readonly value: unknown } | { readonly id: number; readonly error: ErrorFacts };

/** Sends a request to the thread; rejects with EventStoreError only. */
export type Ask = <T>(request: StorageRequest) => Promise<T>;
