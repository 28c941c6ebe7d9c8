import type { EventStore } from '../eventstore/event-store.ts';

/** The store, telling how each write ended: null when it was done, else what was thrown. */
export function notedStore(store: EventStore, wrote: (error: unknown) => void): EventStore {
  const noted =
    <A extends readonly unknown[], T>(write: (...args: A) => Promise<T>) =>
    async (...args: A): Promise<T> => {
      try {
        const value = await write(...args);
        wrote(null);
        return value;
      } catch (error) {
        wrote(error);
        throw error;
      }
    };
  return {
    ...store,
    createTopic: noted(store.createTopic),
    updateTopic: noted(store.updateTopic),
    deleteTopic: noted(store.deleteTopic),
    startEmpty: noted(store.startEmpty),
    restoreTopic: noted(store.restoreTopic),
    purgeTopic: noted(store.purgeTopic),
    restoreConfiguration: noted(store.restoreConfiguration),
    appendEvents: noted(store.appendEvents),
  };
}
