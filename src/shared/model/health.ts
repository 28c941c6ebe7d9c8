export type HealthStatus = 'up' | 'degraded' | 'down' | 'unknown';

export type RepositoryState = 'uninitialized' | 'initializing' | 'ready' | 'closing' | 'closed' | 'failed';

/** One repository's health, from names and counters it already knows; nothing is opened or read to answer. */
export interface RepositoryHealth {
  readonly status: HealthStatus;
  readonly state: RepositoryState;
  readonly reason?: string;
  readonly adapter: string;
  readonly connection: string;
  readonly readOnly: boolean;
  readonly topicCount?: number;
  /** What was checked, for a person: path, size, journal mode, versions. */
  readonly checked: Readonly<Record<string, string | number | boolean>>;
}

export interface StoreHealth {
  readonly status: Exclude<HealthStatus, 'unknown'>;
  readonly initialized: boolean;
  readonly reason?: string;
  readonly configStream: string;
  readonly topicCount: number;
  /** by `adapter:connection` */
  readonly repositories: Readonly<Record<string, RepositoryHealth>>;
  readonly repositoryStats: Readonly<Record<'total' | 'up' | 'degraded' | 'down' | 'unknown', number>>;
  /** topics by adapter */
  readonly adapterStats: Readonly<Record<string, number>>;
}
