import type { KeyboardEvent } from 'react';
import { SPEEDS, type Playback } from './playback.ts';

interface KeyedTimeline {
  readonly at: number;
  readonly last: number;
  readonly playback: Playback;
  readonly onMove: (to: number) => void;
}

/**
 * Space plays, Left and Right step, Shift makes ten of it, Home and End, 1 to 4 the speed. Answers whether the key was one of
 * them and has been done.
 */
export function runTimelineKey(event: KeyboardEvent, { at, last, playback, onMove }: KeyedTimeline): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  const step = event.shiftKey ? 10 : 1;
  const go = (to: number) => (): void => {
    playback.pause();
    onMove(Math.min(Math.max(0, to), last));
  };
  const keys: Readonly<Record<string, () => void>> = {
    ' ': playback.toggle,
    ArrowRight: go(at + step),
    ArrowUp: go(at + step),
    ArrowLeft: go(at - step),
    ArrowDown: go(at - step),
    PageUp: go(at + 10),
    PageDown: go(at - 10),
    Home: go(0),
    End: go(last),
    ...Object.fromEntries(SPEEDS.slice(1).map((speed, index) => [String(index + 1), () => playback.setSpeed(speed)])),
  };
  const run = Object.hasOwn(keys, event.key) ? keys[event.key] : undefined;
  run?.();
  return run !== undefined;
}

/** Controls and texts that have these keys for themselves. */
const OWN_KEYS = 'input, select, textarea, button, [contenteditable=true], [role=separator], [role=tab]';

/** For the whole view that a timeline moves: the keys wherever nothing else there takes them. */
export function onViewKeys(timeline: KeyedTimeline): (event: KeyboardEvent) => void {
  return (event) => {
    if (event.defaultPrevented || (event.target instanceof Element && event.target.closest(OWN_KEYS))) return;
    if (runTimelineKey(event, timeline)) event.preventDefault();
  };
}
