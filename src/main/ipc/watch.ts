import { isEventStoreError } from '../../shared/model/errors.ts';
import type { EventStore } from '../eventstore/event-store.ts';
import type { WindowPort } from './window-port.ts';

export interface WatchOptions {
  readonly store: Pick<EventStore, 'getLatestVersion'>;
  /** Null: no configuration topic to follow. */
  readonly configTopic: string | null;
  /** The topic by which is told whether the store can be reached; null: it holds none. */
  readonly reachTopic?: string | null;
  /** How the last look at `reachTopic` ended: null, or what was thrown. */
  readonly looked?: (error: unknown) => void;
  readonly window: Pick<WindowPort, 'push' | 'isVisible'>;
  /** Milliseconds between two looks while the window is seen, and while it is not. */
  readonly seen?: number;
  readonly hidden?: number;
}

export interface Watch {
  /** The topic on the screen, and the version the page was told; replaces the one before. */
  look(topic: string, latestVersion: number): void;
  /** An append of our own: told at once. */
  wrote(topic: string, latestVersion: number): void;
  close(): void;
}

/**
 * Tells the window what others wrote: to the topic on the screen and to the configuration topic. It asks for two
 * latest versions a round (no event is read for it), so that a write is told within a round of `seen` milliseconds.
 */
export function openWatch(options: WatchOptions): Watch {
  const { store, configTopic, window, seen = 200, hidden = 2000, reachTopic = configTopic, looked = () => {} } = options;
  let closed = false;
  let timer: NodeJS.Timeout | undefined;
  let screen: { readonly topic: string; latest: number } | null = null;
  let configLatest: number | null = null;

  async function lookAtCatalogue(): Promise<void> {
    if (reachTopic === null) return;
    const latest = await store.getLatestVersion(reachTopic);
    if (closed || configTopic === null || latest === configLatest) return;
    const first = configLatest === null;
    configLatest = latest;
    if (!first) window.push('catalogue.changed', {});
  }

  async function lookAtScreen(): Promise<void> {
    const watched = screen;
    if (watched === null) return;
    try {
      const latest = await store.getLatestVersion(watched.topic);
      if (closed || watched !== screen || latest === watched.latest) return;
      watched.latest = latest;
      window.push('topic.appended', { topic: watched.topic, latestVersion: latest });
    } catch (error) {
      if (!isEventStoreError(error, 'TOPIC_NOT_FOUND')) throw error;
      if (closed || watched !== screen) return;
      screen = null;
      window.push('catalogue.changed', {});
    }
  }

  async function round(): Promise<void> {
    timer = undefined;
    const failure = await lookAtCatalogue().then(
      () => null,
      (error: unknown) => error ?? 'unknown',
    );
    if (!closed) looked(failure);
    // One that fails here says nothing: the page's own calls meet the same failure and show it.
    await lookAtScreen().catch(() => {});
    if (!closed) schedule();
  }

  function schedule(): void {
    clearTimeout(timer);
    timer = setTimeout(() => void round(), window.isVisible() ? seen : hidden);
    timer.unref();
  }

  void round();

  return {
    look: (topic, latestVersion) => {
      // Whoever asks is looked at: a round that was put off while nobody could see the window begins its shorter wait now.
      if (timer !== undefined && !closed) schedule();
      if (screen?.topic !== topic) screen = { topic, latest: latestVersion };
      else if (latestVersion > screen.latest) {
        screen.latest = latestVersion;
        // Whoever asked for a few events knows it from the answer; everything else that shows the topic does not.
        window.push('topic.appended', { topic, latestVersion });
      }
    },
    wrote: (topic, latestVersion) => {
      if (screen?.topic === topic) screen.latest = Math.max(screen.latest, latestVersion);
      window.push('topic.appended', { topic, latestVersion });
    },
    close: () => {
      closed = true;
      clearTimeout(timer);
    },
  };
}
