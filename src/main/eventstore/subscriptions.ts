import { isEventStoreError } from '../../shared/model/errors.ts';
import { MAX_PAGE } from '../../shared/model/event.ts';
import { topicNotFound, type Configuration } from './configuration.ts';
import type { EventList, Subscription } from './event-store.ts';
import type { EventRepository } from './ports/event-repository.ts';
import type { Storage } from './storage.ts';

/** How often another process's writes are looked for. */
const POLL_MILLISECONDS = 250;

export interface Subscriptions {
  subscribe(topic: string, after: number, listener: (delivery: EventList) => void | Promise<void>): Promise<Subscription>;
  /** Something was written to `topic` in this process. */
  appended(topic: string): void;
  /** The catalogue moved on: subscriptions to topics that are gone end. */
  catalogueChanged(): void;
  closeAll(): void;
}

export function createSubscriptions({
  storage,
  configuration,
}: {
  readonly storage: Storage;
  readonly configuration: Configuration;
}): Subscriptions {
  const open = new Map<Follower, string>();

  return {
    async subscribe(topic, after, listener) {
      const source = await storage.forReading(topic);
      const incarnation = configuration.current().topics.get(topic)?.incarnation;
      const isLiving = (): boolean => configuration.current().topics.get(topic)?.incarnation === incarnation;
      const follower = follow({
        topic,
        after,
        listener,
        repository: source.repository,
        isLiving,
        findRepository: () => storage.forReading(topic),
      });
      open.set(follower, topic);
      void follower.ended.catch(() => {}).finally(() => open.delete(follower));
      return { close: follower.close, ended: follower.ended };
    },
    appended(topic) {
      for (const [follower, name] of open) if (name === topic) follower.wake();
    },
    catalogueChanged() {
      for (const follower of open.keys()) follower.wake();
    },
    closeAll() {
      for (const follower of open.keys()) follower.close();
    },
  };
}

interface Follower extends Subscription {
  wake(): void;
}

interface FollowOptions {
  readonly topic: string;
  readonly after: number;
  readonly listener: (delivery: EventList) => void | Promise<void>;
  readonly repository: EventRepository | null;
  readonly isLiving: () => boolean;
  readonly findRepository: () => Promise<{ readonly repository: EventRepository | null }>;
}

/** Reads on from `after` for ever; the next page is read when the listener has taken the last one. */
function follow({ topic, after, listener, repository: opened, isLiving, findRepository }: FollowOptions): Follower {
  let closed = false;
  let woken = false;
  let wakeUp: (() => void) | null = null;
  let repository = opened;

  const wake = (): void => {
    woken = true;
    wakeUp?.();
  };

  /** Until something was written here, or the poll is due. */
  const rest = async (): Promise<void> => {
    if (!woken && !closed) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, POLL_MILLISECONDS);
        wakeUp = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    wakeUp = null;
  };

  const run = async (): Promise<void> => {
    let cursor = after;
    let seen: string | null = null;
    while (!closed) {
      if (!isLiving()) throw topicNotFound(topic);
      repository ??= (await findRepository()).repository;
      const token: string = repository ? await repository.changeToken(topic) : '';
      if (repository && (woken || token !== seen)) {
        woken = false;
        seen = token;
        cursor = await deliverOn(repository, cursor);
      }
      await rest();
    }
  };

  const deliverOn = async (source: EventRepository, from: number): Promise<number> => {
    let cursor = from;
    for (;;) {
      const page = await source.read(topic, { direction: 'forward', cursor, limit: MAX_PAGE }).catch((error: unknown) => {
        // Its data is missing; it reads as empty until it is there.
        if (isEventStoreError(error, 'TOPIC_NOT_FOUND')) return null;
        throw error;
      });
      if (!page || closed) return cursor;
      const { events, damaged } = page;
      cursor = Math.max(page.next ?? cursor, events.at(-1)?.version ?? 0, damaged.at(-1)?.version ?? 0);
      if (events.length + damaged.length > 0) await listener({ events, damaged });
      if (closed || page.next === null) return cursor;
    }
  };

  const ended = run();
  // Whoever does not look at `ended` must not bring the process down.
  ended.catch(() => {});
  return {
    ended,
    wake,
    close: () => {
      closed = true;
      wakeUp?.();
    },
  };
}
