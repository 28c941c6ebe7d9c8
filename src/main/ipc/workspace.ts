import { EventStoreError } from '../../shared/model/errors.ts';
import type { StoreInfo } from '../../shared/ipc/contract/stores.ts';
import type { EventStore } from '../eventstore/event-store.ts';
import type { OpenedStore } from './engine.ts';
import { openWatch, type Watch, type WatchOptions } from './watch.ts';
import type { WindowPort } from './window-port.ts';

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
  /**
   * Takes the store that `open` opens in the place of the present one, which is closed. When `open` fails, the present
   * one stays. Calls run one after another.
   */
  replace(open: () => Promise<OpenedStore>): Promise<StoreInfo>;
  /** Closes the store; resolves when its writes have settled. */
  close(): Promise<void>;
}

interface Shown {
  readonly opened: OpenedStore;
  readonly info: StoreInfo;
  readonly watch: Watch;
}

export function createWorkspace(window: WindowPort, pace: Pick<WatchOptions, 'seen' | 'hidden'> = {}): Workspace {
  let shown: Shown | null = null;
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
    window.showStore(next?.info.name ?? null);
    window.push('store.changed', { path: next?.info.path ?? null });
  }

  async function leave(old: Shown | null): Promise<void> {
    old?.watch.close();
    await old?.opened.close();
  }

  return {
    window,
    info: () => shown?.info ?? null,
    settled: () => last.then(() => {}),
    store: () => current().opened.store,
    watch: () => current().watch,
    replace: (open) =>
      inTurn(async () => {
        const opened = await open();
        const old = shown;
        const configTopic = opened.location.configStream?.name ?? null;
        show({ opened, info: describe(opened), watch: openWatch({ store: opened.store, configTopic, window, ...pace }) });
        await leave(old);
        return current().info;
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

function describe({ location, readOnly }: OpenedStore): StoreInfo {
  const name = location.path.split(/[\\/]/).findLast((part) => part !== '') ?? location.path;
  return { path: location.path, name, kind: location.kind, configTopic: location.configStream?.name ?? null, readOnly };
}
