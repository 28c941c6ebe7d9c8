import { useEffect, useRef, useState } from 'react';
import { errorFacts } from '../../../../shared/model/errors.ts';
import type { GridTopic } from '../../api/queries.ts';
import { versionAtTime } from '../../api/surveys.ts';
import { showToast } from '../../ui/toasts.tsx';

export interface TimeSeeking {
  /** How far it has looked, 0 to 1; null: nothing is being looked for. */
  readonly progress: number | null;
  readonly seek: (time: bigint, says: string) => void;
  readonly stop: () => void;
}

/** Looks for the first event at or after a time, through all of a topic if it must. */
export function useSeekTime({ name }: GridTopic, onFound: (version: number) => void): TimeSeeking {
  const [progress, setProgress] = useState<number | null>(null);
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);

  const seek = async (time: bigint, says: string): Promise<void> => {
    running.current?.abort();
    const controller = new AbortController();
    running.current = controller;
    const { signal } = controller;
    try {
      const version = await versionAtTime(name, time, signal, ({ scanned, total }) => {
        if (!signal.aborted) setProgress(scanned / Math.max(1, total));
      });
      if (signal.aborted) return;
      if (version === null) showToast({ title: 'There is no such event', description: `${says}: every event is earlier.` });
      else onFound(version);
    } catch (error) {
      if (!signal.aborted) showToast({ title: 'The time could not be looked for', description: errorFacts(error).message });
    } finally {
      if (running.current === controller) {
        running.current = null;
        setProgress(null);
      }
    }
  };
  return { progress, seek: (time, says) => void seek(time, says), stop: () => running.current?.abort() };
}
