import type { RecentStore } from '../../shared/ipc/contract/stores.ts';

export type RecentEntry = Omit<RecentStore, 'name' | 'missing'>;

/** The stores that were opened before, pinned ones first. The shell keeps them, tests a plain list. */
export interface RecentStores {
  list(): readonly RecentEntry[];
  pin(path: string, pinned: boolean): void;
  forget(path: string): void;
  /** `to` stands where `from` stood, pinned as it was. */
  replace(from: string, to: string): void;
}
