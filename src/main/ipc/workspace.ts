import { EventStoreError } from '../../shared/model/errors.ts';
import { storeName, type OpenFailure, type StoreInfo, type StoreStatus } from '../../shared/ipc/contract/stores.ts';
import type { EventStore } from '../eventstore/event-store.ts';
import { createAvailability, type Availability } from './availability.ts';
import type { Engine, OpenedStore, StoreDisk } from './engine.ts';
import { createFoldDesk, type FoldDesk } from './fold-desk.ts';
import { notedStore } from './noted-store.ts';
import { createStoreStatus } from './store-status.ts';
import { openWatch, type Watch, type WatchOptions } from './watch.ts';
import type { WindowPort } from './window-port.ts';

/** A store that was opened for a window, and what was found out on the way. */
export interface Opening extends OpenedStore {
  /** See StoreInfo. */
  readonly wroteElsewhere: number | null;
}

/** One window and the store it shows, if any. */
export interface Workspace {
  readonly window: WindowPort;
  info(): StoreInfo | null;
  /** Resolves when no opening or closing is under way. */
  settled(): Promise<void>;
  /** @throws EventStoreError NOT_INITIALIZED when no store is open here. */
  store(): EventStore;
  /** @throws EventStoreError NOT_INITIALIZED when no store is open here. */
  watch(): Watch;
  /** @throws EventStoreError NOT_INITIALIZED when no store is open here. */
  status(): Promise<StoreStatus>;
  /** @throws EventStoreError NOT_INITIALIZED when no store is open here. */
  availability(): Availability;
  /** @throws EventStoreError NOT_INITIALIZED when no store is open here. */
  folds(): FoldDesk;
  /** What the last opening that the page did not ask for failed with. */
  failure(): OpenFailure | null;
  fail(failure: OpenFailure | null): void;
  /**
   * Takes the store that `open` opens in the place of the present one, which is closed. When `open` fails, the present
   * one stays. Calls run one after another.
   */
  replace(open: () => Promise<Opening>): Promise<StoreInfo>;
  /** As `replace`, but the present store is closed before `open` begins. When `open` fails, the window has no store. */
  reopen(open: () => Promise<Opening>): Promise<StoreInfo>;
  /** Closes the store; resolves when its writes have settled. */
  close(): Promise<void>;
}

export interface WorkspaceOptions {
  readonly window: WindowPort;
  readonly disk: StoreDisk;
  readonly foldPlaces: Engine['foldPlaces'];
  readonly pace?: Pick<WatchOptions, 'seen' | 'hidden'>;
  /** A store has been closed; awaited before anything else is done here. */
  readonly left?: (info: StoreInfo) => Promise<void>;
}

interface Shown {
  readonly opened: OpenedStore;
  readonly store: EventStore;
  readonly info: StoreInfo;
  readonly watch: Watch;
  readonly availability: Availability;
  readonly folds: FoldDesk;
  readonly status: () => Promise<StoreStatus>;
}

export function createWorkspace({ window, disk, foldPlaces, pace = {}, left = async () => {} }: WorkspaceOptions): Workspace {
  let shown: Shown | null = null;
  let failed: OpenFailure | null = null;
  let last: Promise<unknown> = Promise.resolve();

  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = last.then(work);
    last = mine.catch(() => {});
    return mine;
  }

  function current(): Shown {
    if (shown) return shown;
    throw new EventStoreError('NOT_INITIALIZED', 'No store is open in this window. Open one first.');
  }

  function show(next: Shown | null): void {
    shown = next;
    if (next) failed = null;
    window.showStore(next?.info.name ?? null);
    window.push('store.changed', { path: next?.info.path ?? null });
  }

  function showOpened(opened: Opening): StoreInfo {
    const info = describe(opened);
    const reachTopic = info.configTopic ?? opened.anyTopic;
    const availability = createAvailability({
      probe: async () => (reachTopic === null ? undefined : opened.store.getLatestVersion(reachTopic)),
      writeTrouble: () => (info.kind === 'memory' ? Promise.resolve(null) : disk.writeTrouble(info.path)),
      writable: info.readOnly === null,
      changed: ({ ok }) => window.push('store.statusChanged', { ok }),
    });
    show({
      opened,
      store: notedStore(opened.store, availability.wrote),
      info,
      watch: openWatch({ store: opened.store, configTopic: info.configTopic, reachTopic, looked: availability.looked, window, ...pace }),
      availability,
      folds: createFoldDesk(opened.store, foldPlaces),
      status: createStoreStatus({ store: opened.store, info, availability, disk }),
    });
    return info;
  }

  async function leave(old: Shown | null): Promise<void> {
    if (old === null) return;
    old.watch.close();
    await old.folds.closeAll();
    await old.opened.close();
    await left(old.info);
  }

  return {
    window,
    info: () => shown?.info ?? null,
    settled: () => last.then(() => {}),
    store: () => current().store,
    watch: () => current().watch,
    status: () => current().status(),
    availability: () => current().availability,
    folds: () => current().folds,
    failure: () => failed,
    fail: (failure) => {
      failed = failure;
      window.push('store.openFailed', {});
    },
    replace: (open) =>
      inTurn(async () => {
        const opened = await open();
        const old = shown;
        const info = showOpened(opened);
        await leave(old);
        return info;
      }),
    reopen: (open) =>
      inTurn(async () => {
        await leave(shown);
        try {
          return showOpened(await open());
        } catch (error) {
          show(null);
          throw error;
        }
      }),
    close: () =>
      inTurn(async () => {
        const old = shown;
        if (old === null) return;
        show(null);
        await leave(old);
      }),
  };
}

function describe({ location, readOnly, byChoice, wroteElsewhere }: Opening): StoreInfo {
  return {
    path: location.path,
    name: storeName(location.path),
    kind: location.kind,
    configTopic: location.configStream?.name ?? null,
    readOnly,
    canUnlock: byChoice,
    wroteElsewhere,
  };
}
