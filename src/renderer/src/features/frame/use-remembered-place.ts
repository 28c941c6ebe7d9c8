import { useEffect, useRef } from 'react';
import { z } from 'zod';
import { useRemembered } from '../../api/settings.ts';
import { usePlace } from '../../state/place.ts';

/** What is kept of a place, under `placeKey`. */
export const keptPlace = z
  .object({
    // Drafts and chains begin anew: they are something that was being done, not a place.
    view: z.enum(['events', 'replay', 'charts', 'fold', 'health', 'config', 'trash']).catch('events'),
    topic: z.string().max(8192).nullable(),
    version: z.int().positive().nullable(),
    configVersion: z.int().min(0).nullable().catch(null),
    order: z.enum(['newest', 'oldest']),
  })
  .nullable();

const KEPT = ['view', 'topic', 'version', 'configVersion', 'order'] as const;

export const placeKey = (path: string): string => `place:${path}`;

const QUIET_MS = 300;

/** Brings the person to where they last were in this store, and keeps where they go. False until they are there. */
export function useRememberedPlace(path: string): boolean {
  const [place, keep] = useRemembered(placeKey(path), keptPlace, null);
  const isThere = usePlace(({ store }) => store === path);
  const latest = useRef(keep);
  useEffect(() => {
    latest.current = keep;
  });

  useEffect(() => {
    if (place !== undefined && !isThere) usePlace.getState().restore(path, place);
  }, [path, place, isThere]);

  useEffect(() => {
    if (!isThere) return undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const keepNow = (): void => {
      clearTimeout(timer);
      timer = undefined;
      const { view, topic, version, configVersion, order } = usePlace.getState();
      latest.current(keptPlace.parse({ view, topic, version, configVersion, order }));
    };
    const stop = usePlace.subscribe((now, before) => {
      if (KEPT.every((member) => now[member] === before[member])) return;
      clearTimeout(timer);
      timer = now.store === path ? setTimeout(keepNow, QUIET_MS) : undefined;
    });
    const onHide = (): void => (timer === undefined ? undefined : keepNow());
    window.addEventListener('pagehide', onHide);
    return () => {
      stop();
      clearTimeout(timer);
      window.removeEventListener('pagehide', onHide);
    };
  }, [isThere, path]);

  return isThere;
}
