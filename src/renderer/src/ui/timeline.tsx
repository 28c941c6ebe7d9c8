import { Slider } from '@base-ui/react/slider';
import { Pause, Play, SkipBack, SkipForward, StepBack, StepForward } from 'lucide-react';
import { useEffect, useRef, useState, type FormEvent, type KeyboardEvent, type ReactNode } from 'react';
import { IconButton } from './button.tsx';
import controls from './controls.module.css';
import { count } from './format.ts';
import { SPEEDS, type Playback, type Speed } from './playback.ts';
import styles from './timeline.module.css';

export interface TimelineMark {
  readonly at: number;
  readonly kind: 'problem' | 'mark';
  /** One or two letters; also read out in `title`. */
  readonly letter: string;
  readonly title: string;
}

interface TimelineProps {
  /** What is moved along it, read out. */
  readonly label: string;
  readonly at: number;
  readonly last: number;
  /** `version 17 of 42, 2 Nov 2026 09:31`. */
  readonly valueText: string;
  /** Where each step lies, 0 to 1; null: evenly. */
  readonly places: readonly number[] | null;
  readonly marks: readonly TimelineMark[];
  readonly playback: Playback;
  readonly onMove: (to: number) => void;
  /** Beside the buttons. */
  readonly children?: ReactNode;
}

/** More ticks than this would be one grey bar. */
const MOST_TICKS = 400;
const PRECISION = 10_000;

/** A history to scrub: slider, steps, play. Space plays, arrows step, Shift makes ten of it, Home and End, 1 to 4 the speed. */
export function Timeline({ label, at, last, valueText, places, marks, playback, onMove, children }: TimelineProps): ReactNode {
  const move = useFrame(onMove);
  const go = (to: number): void => {
    playback.pause();
    move(Math.min(Math.max(0, to), last));
  };
  const placeOf = (step: number): number => (places ? (places[step] ?? 1) : last === 0 ? 1 : step / last);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const step = event.shiftKey ? 10 : 1;
    const keys: Record<string, () => void> = {
      ' ': playback.toggle,
      ArrowRight: () => go(at + step),
      ArrowUp: () => go(at + step),
      ArrowLeft: () => go(at - step),
      ArrowDown: () => go(at - step),
      PageUp: () => go(at + 10),
      PageDown: () => go(at - 10),
      Home: () => go(0),
      End: () => go(last),
      ...Object.fromEntries(SPEEDS.slice(1).map((speed, index) => [String(index + 1), () => playback.setSpeed(speed)])),
    };
    const action = keys[event.key];
    if (!action) return;
    action();
    // The slider would take the same key for a step of its own.
    event.preventDefault();
    event.stopPropagation();
  };
  const ticks = last > MOST_TICKS ? [] : Array.from({ length: last + 1 }, (_, step) => step);
  return (
    <div className={styles['timeline']} data-keys="timeline">
      <div className={styles['buttons']} role="toolbar" aria-label={`Steps of ${label}`}>
        <StepButton label="First" icon={SkipBack} disabled={at === 0} onClick={() => go(0)} />
        <StepButton label="Step back" icon={StepBack} disabled={at === 0} onClick={() => go(at - 1)} />
        <StepButton
          label={playback.isPlaying ? 'Pause' : 'Play'}
          icon={playback.isPlaying ? Pause : Play}
          disabled={last === 0}
          onClick={playback.toggle}
        />
        <StepButton label="Step forward" icon={StepForward} disabled={at === last} onClick={() => go(at + 1)} />
        <StepButton label="Last" icon={SkipForward} disabled={at === last} onClick={() => go(last)} />
        <label className={styles['speed']}>
          <span className="visually-hidden">Speed</span>
          <select
            className={controls['input']}
            value={String(playback.speed)}
            title="Recorded: with the pauses there were, none longer than 3 seconds"
            onChange={(event) => playback.setSpeed(SPEEDS.find((speed) => String(speed) === event.target.value) ?? 1)}
          >
            {SPEEDS.map((speed) => (
              <option key={speed} value={String(speed)}>
                {speedText(speed)}
              </option>
            ))}
          </select>
        </label>
        <VersionBox at={at} last={last} onGo={go} />
        <span className={styles['said']}>{valueText}</span>
        {children}
      </div>
      <div className={styles['track']} onKeyDownCapture={onKeyDown}>
        <Slider.Root
          min={0}
          max={PRECISION}
          value={Math.round(placeOf(at) * PRECISION)}
          onValueChange={(value) => go(nearest(value / PRECISION, last, places))}
        >
          <Slider.Control className={styles['control']}>
            <Slider.Track className={styles['line']}>
              {ticks.map((step) => (
                <span key={step} className={styles['tick']} style={{ insetInlineStart: `${placeOf(step) * 100}%` }} aria-hidden />
              ))}
              {marks.map(({ at: step, kind, letter, title }) => (
                <span
                  key={`${letter}${step}`}
                  className={kind === 'problem' ? styles['problem'] : styles['mark']}
                  style={{ insetInlineStart: `${placeOf(step) * 100}%` }}
                  title={title}
                  aria-hidden
                >
                  {letter}
                </span>
              ))}
              <Slider.Thumb className={styles['thumb']} aria-label={label} getAriaValueText={() => valueText} />
            </Slider.Track>
          </Slider.Control>
        </Slider.Root>
      </div>
    </div>
  );
}

function speedText(speed: Speed): string {
  return speed === 'recorded' ? 'as recorded' : `${speed}× a second`;
}

interface StepButtonProps {
  readonly label: string;
  readonly icon: typeof Play;
  readonly disabled: boolean;
  readonly onClick: () => void;
}

function StepButton({ label, icon: Icon, disabled, onClick }: StepButtonProps): ReactNode {
  return (
    <IconButton label={label} disabled={disabled} onClick={onClick}>
      <Icon size={14} strokeWidth={1.75} aria-hidden />
    </IconButton>
  );
}

interface VersionBoxProps {
  readonly at: number;
  readonly last: number;
  readonly onGo: (to: number) => void;
}

function VersionBox({ at, last, onGo }: VersionBoxProps): ReactNode {
  const [typed, setTyped] = useState<string | null>(null);
  const to = Number((typed ?? '').replaceAll(/[,\s#]/g, ''));
  const isWrong = typed !== null && typed !== '' && !(Number.isSafeInteger(to) && to >= 0 && to <= last);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (typed === null || typed === '' || isWrong) return;
    onGo(to);
    setTyped(null);
  };
  return (
    <form onSubmit={submit} className={styles['version']}>
      <input
        className={`${controls['input']} mono`}
        aria-label="Go to version"
        aria-invalid={isWrong}
        title={isWrong ? `Versions go from 0 to ${count(last)}` : 'Go to version'}
        value={typed ?? String(at)}
        onChange={(event) => setTyped(event.target.value)}
        onFocus={(event) => event.target.select()}
        onBlur={() => setTyped(null)}
      />
    </form>
  );
}

/** The step whose place is next to a place on the line. */
export function nearest(place: number, last: number, places: readonly number[] | null): number {
  if (places === null) return Math.round(place * last);
  let low = 0;
  let high = last;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((places[middle] ?? 1) < place) low = middle + 1;
    else high = middle;
  }
  return low > 0 && place - (places[low - 1] ?? 0) < (places[low] ?? 1) - place ? low - 1 : low;
}

/** Calls `run` once a frame at most, with the newest argument: scrubbing asks more often than can be shown. */
function useFrame(run: (to: number) => void): (to: number) => void {
  const latest = useRef(run);
  const frame = useRef<number | null>(null);
  const wanted = useRef(0);
  useEffect(() => {
    latest.current = run;
  });
  useEffect(
    () => () => {
      if (frame.current !== null) cancelAnimationFrame(frame.current);
    },
    [],
  );
  return (to) => {
    wanted.current = to;
    frame.current ??= requestAnimationFrame(() => {
      frame.current = null;
      latest.current(wanted.current);
    });
  };
}
