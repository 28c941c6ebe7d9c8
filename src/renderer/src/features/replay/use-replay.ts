import { useCallback, useMemo, useState } from 'react';
import { useConfigHistory, usePastCatalogue } from '../../api/replay.ts';
import { usePlaceParts } from '../../state/place.ts';
import { usePlayback } from '../../ui/playback.ts';
import { gapAfter, stepAt, stepsOf, timePlaces } from './steps.ts';

/** Where one stands in the history of the configuration, and the ways to move in it. */
export function useReplay(path: string) {
  const history = useConfigHistory(path);
  const { configVersion, configMark: marked, lookAt } = usePlaceParts('configVersion', 'configMark', 'lookAt');
  const [topic, setTopic] = useState('');
  const [isTimeTrue, setTimeTrue] = useState(false);
  const { changes, last: newest = 0 } = history.data ?? {};
  const steps = useMemo(() => stepsOf(changes ?? [], topic, newest), [changes, topic, newest]);
  const times = useMemo(() => timePlaces(steps), [steps]);
  const last = steps.versions.length - 1;
  const at = configVersion === null ? last : stepAt(steps, configVersion);
  const here = steps.versions[at] ?? 0;
  const { past, error, refetch } = usePastCatalogue(path, here, topic);

  const move = useCallback((step: number) => lookAt(steps.versions[step] ?? 0), [lookAt, steps]);
  // Playing waits for what it shows; what cannot be shown must not hold it.
  const isShown = past?.version === here || error !== null;
  const playback = usePlayback({ at, last, gap: gapAfter(steps, at), isShown, onStep: move });
  const { pause } = playback;
  const goTo = useCallback(
    (step: number) => {
      pause();
      move(step);
    },
    [pause, move],
  );
  return {
    history,
    newest,
    steps,
    /** Of the axis; null: evenly. */
    places: isTimeTrue ? times : null,
    /** There are times to be true to. */
    hasTimes: times !== null,
    isTimeTrue,
    setTimeTrue,
    topic,
    setTopic,
    at,
    last,
    /** The version that is looked at. */
    here,
    isNow: here === newest,
    change: steps.changes[at] ?? null,
    marked,
    past,
    pastError: error,
    retryPast: refetch,
    playback,
    /** Ends playing. */
    goTo,
    move,
    toNow: () => {
      pause();
      setTopic('');
      lookAt(null);
    },
  };
}

export type Replay = ReturnType<typeof useReplay>;
