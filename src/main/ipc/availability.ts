import type { Available } from '../../shared/ipc/contract/stores.ts';
import { errorFacts, isEventStoreError, type ErrorFacts } from '../../shared/model/errors.ts';

/** Whether an open store can be reached, and its last write be done: what its banner says. */
export interface Availability {
  current(): Available;
  /** A look at the store's own place has failed; null: it was answered. */
  looked(error: unknown): void;
  /** A write has failed; null: it was done. */
  wrote(error: unknown): void;
  /** Looks itself whether what is in the way has gone. */
  check(): Promise<Available>;
}

export interface AvailabilityOptions {
  /** Reads a little of the store's own place. */
  readonly probe: () => Promise<unknown>;
  /** See StoreDisk. */
  readonly writeTrouble: () => Promise<ErrorFacts | null>;
  /** False: a write is refused as was agreed. */
  readonly writable: boolean;
  readonly changed: (available: Available) => void;
  /** Milliseconds between two looks whether writing is possible again. */
  readonly pace?: number;
}

const FINE: Available = { ok: true };

export function createAvailability({ probe, writeTrouble, writable, changed, pace = 1000 }: AvailabilityOptions): Availability {
  let unreachable: ErrorFacts | null = null;
  let unwritable: ErrorFacts | null = null;
  let told = JSON.stringify(FINE);
  let lookedAt = 0;

  function current(): Available {
    const trouble = unreachable ?? unwritable;
    return trouble === null ? FINE : { ok: false, code: trouble.code, message: trouble.message };
  }

  function tell(): void {
    const says = JSON.stringify(current());
    if (says === told) return;
    told = says;
    changed(current());
  }

  async function lookAtDisk(): Promise<void> {
    lookedAt = Date.now();
    const trouble = await writeTrouble();
    // The words of the write that failed say more than those of the disk.
    unwritable = trouble === null ? null : (unwritable ?? trouble);
    tell();
  }

  function looked(error: unknown): void {
    if (error === null) unreachable = null;
    else if (isEventStoreError(error, 'STORAGE_UNAVAILABLE', 'STORE_LOCKED', 'REPOSITORY_FAILED')) unreachable = errorFacts(error);
    tell();
    if (unreachable === null && unwritable !== null && Date.now() - lookedAt >= pace) void lookAtDisk();
  }

  async function check(): Promise<Available> {
    await probe().then(
      () => looked(null),
      (error: unknown) => looked(error),
    );
    if (unwritable !== null) await lookAtDisk();
    return current();
  }

  return {
    current,
    looked,
    check,
    wrote: (error) => {
      if (error === null) unwritable = null;
      else if (isEventStoreError(error, 'STORAGE_FULL')) unwritable = errorFacts(error);
      else if (isEventStoreError(error, 'STORAGE_UNAVAILABLE')) void check();
      // A place of its own may be read-only by agreement: only the disk knows whether the store's own is.
      else if (writable && isEventStoreError(error, 'READ_ONLY')) void lookAtDisk();
      lookedAt = Date.now();
      tell();
    },
  };
}
