import type { RepositoryAdapter, RepositoryCapabilities, RepositoryLocation } from '../../src/main/eventstore/ports/event-repository.ts';

/** An adapter and a fresh place for one law: nothing has been written there yet. */
export interface ContractSubject {
  readonly adapter: RepositoryAdapter;
  /** A folder of this law alone; whatever a durable adapter writes must lie under it. */
  readonly root: string;
  /** The store's folder, inside `root`. */
  readonly base: string;
  /** A place that does not exist yet, as a configuration event says it. */
  readonly connection: string;
  /** Where places are paths: other spellings of `connection`. */
  readonly spellings?: readonly string[];
  /** Makes a stored event unreadable behind the repository's back. Called while no durable repository is open. */
  readonly damage?: (location: RepositoryLocation, topic: string, version: number) => Promise<void>;
  /** True where `damage` leaves nothing of the event to be known: no type, and no counter beside it that still counts it. */
  readonly damagesAll?: boolean;
  dispose(): Promise<void>;
}

export type ContractFactory = () => Promise<ContractSubject>;

/** What a subject can do: laws ask for traits, never for an adapter's name. */
export interface Traits extends RepositoryCapabilities {
  readonly paths: boolean;
  readonly damageable: boolean;
  readonly damagedWhole: boolean;
}

export type Trait = keyof Traits;
