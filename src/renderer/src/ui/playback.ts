import { useEffect, useState } from 'react';

/** `recorded`: with the pauses there were; a number: steps a second. */
export type Speed = 'recorded' | 1 | 2 | 4 | 8;
export const SPEEDS: readonly Speed[] = ['recorded', 1, 2, 4, 8];

/** Nobody waits a week for an event of a week later: longer pauses are shortened to this. */
export const LONGEST_PAUSE_MS = 3000;
/** Shorter ones could not be seen. */
const SHORTEST_PAUSE_MS = 40;

/** Milliseconds to stay before the next step; `gap` is the recorded time until it, in nanoseconds. */
export function pauseOf(speed: Speed, gap: bigint | null): number {
  if (speed !== 'recorded') return 1000 / speed;
  const ms = gap === null ? 0 : Number(gap / 1_000_000n);
  return Math.min(Math.max(ms, SHORTEST_PAUSE_MS), LONGEST_PAUSE_MS);
}

export interface PlaybackOptions {
  readonly at: number;
  readonly last: number;
  /** The recorded time from `at` to the next step, in nanoseconds; null where it is not known. */
  readonly gap: bigint | null;
  /** What `at` stands for is on the screen; else playing waits for it, so that nothing is skipped. */
  readonly isShown: boolean;
  readonly onStep: (to: number) => void;
}

export interface Playback {
  readonly isPlaying: boolean;
  readonly speed: Speed;
  readonly setSpeed: (speed: Speed) => void;
  /** At the end it begins again from the start. */
  readonly toggle: () => void;
  readonly pause: () => void;
}

/** Walks step by step to the end, by itself. */
export function usePlayback({ at, last, gap, isShown, onStep }: PlaybackOptions): Playback {
  const [wanted, setWanted] = useState(false);
  const [speed, setSpeed] = useState<Speed>(2);
  const isPlaying = wanted && at < last;

  useEffect(() => {
    if (!isPlaying || !isShown) return undefined;
    const timer = setTimeout(
      () => {
        onStep(at + 1);
        // At the end it is over: what is added later is not played by itself.
        if (at + 1 >= last) setWanted(false);
      },
      pauseOf(speed, gap),
    );
    return () => clearTimeout(timer);
  }, [isPlaying, isShown, at, last, gap, speed, onStep]);

  return {
    isPlaying,
    speed,
    setSpeed,
    toggle: () => {
      if (!isPlaying && at >= last) onStep(0);
      setWanted(!isPlaying);
    },
    pause: () => setWanted(false),
  };
}
