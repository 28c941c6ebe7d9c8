import { Slider } from '@base-ui/react/slider';
import { Pause, Play, SkipBack, SkipForward, StepBack, StepForward } from 'lucide-react';
import { useEffect, useMemo, useRef, type KeyboardEvent, type ReactNode, type Ref } from 'react';
import { flushSync } from 'react-dom';
import { IconButton } from './button.tsx';
import controls from './controls.module.css';
import { count } from './format.ts';
import { SPEEDS, type Playback, type Speed } from './playback.ts';
import { TimelineJump, type JumpAnswer } from './timeline-jump.tsx';
import { runTimelineKey } from './timeline-keys.ts';
import { marksApart, nearest, placeOf, tickPlaces, type TimelineMark } from './timeline-places.ts';
import styles from './timeline.module.css';

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
  /** Where versions and steps are not the same, or where more can be typed than a version. */
  readonly jump?: {
    readonly label: string;
    readonly shown: string;
    readonly read: (typed: string) => JumpAnswer;
    readonly ref?: Ref<HTMLInputElement>;
  };
  /** Beside the buttons. */
  readonly children?: ReactNode;
}

const PRECISION = 10_000;

/** A history to scrub: slider, steps, play, a field to go to a step; its keys are those of `runTimelineKey`. */
export function Timeline({ label, at, last, valueText, places, marks, playback, onMove, jump, children }: TimelineProps): ReactNode {
  const { move, onTheWay } = useFrame(onMove);
  const go = (to: number): void => {
    playback.pause();
    move(Math.min(Math.max(0, to), last));
  };
  const at100 = (place: number): { readonly insetInlineStart: string } => ({ insetInlineStart: `${place * 100}%` });
  const onKeyDown = (event: KeyboardEvent): void => {
    if (!runTimelineKey(event, { at: onTheWay() ?? at, last, playback, onMove: move })) return;
    // The slider would take the same key for a step of its own.
    event.preventDefault();
    event.stopPropagation();
  };
  const ticks = useMemo(() => tickPlaces(last, places), [last, places]);
  const shownMarks = useMemo(() => marksApart(marks, last, places), [marks, last, places]);
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
        <TimelineJump
          ref={jump?.ref}
          label={jump?.label ?? 'Go to version'}
          shown={jump?.shown ?? String(at)}
          read={jump?.read ?? ((typed) => stepTyped(typed, last))}
          onGo={go}
        />
        <span className={styles['said']} title={valueText}>
          {valueText}
        </span>
        {children}
      </div>
      <div className={styles['track']} onKeyDownCapture={onKeyDown} data-pane>
        <Slider.Root
          min={0}
          max={PRECISION}
          value={Math.round(placeOf(at, last, places) * PRECISION)}
          onValueChange={(value) => go(nearest(value / PRECISION, last, places))}
        >
          <Slider.Control className={styles['control']}>
            <Slider.Track className={styles['line']}>
              {ticks.map((place) => (
                <span key={place} className={styles['tick']} style={at100(place)} aria-hidden />
              ))}
              {shownMarks.map(({ place, kind, letter, title }) => (
                <span key={`${letter}${place}`} className={styles[kind]} style={at100(place)} title={title} aria-hidden>
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

function stepTyped(typed: string, last: number): JumpAnswer {
  const to = /^#?[\d,\s]+$/.test(typed.trim()) ? Number(typed.replaceAll(/[#,\s]/g, '')) : NaN;
  return to <= last ? { step: to, says: `Version ${count(to)}` } : { fault: `Versions go from 0 to ${count(last)}.` };
}

/**
 * Calls `run` at once, and after that once a frame at most, with the newest argument: scrubbing asks more often than can be shown.
 * What a single step or jump leads to is there when the next key comes.
 */
function useFrame(run: (to: number) => void): { readonly move: (to: number) => void; readonly onTheWay: () => number | null } {
  const latest = useRef(run);
  const frame = useRef<number | null>(null);
  const wanted = useRef<number | null>(null);
  useEffect(() => {
    latest.current = run;
  });
  useEffect(
    () => () => {
      if (frame.current !== null) cancelAnimationFrame(frame.current);
    },
    [],
  );
  const move = (to: number): void => {
    if (frame.current !== null) {
      wanted.current = to;
      return;
    }
    frame.current = requestAnimationFrame(() => {
      frame.current = null;
      const next = wanted.current;
      wanted.current = null;
      if (next !== null) move(next);
    });
    // Rendered at once: the next key goes on from there.
    flushSync(() => latest.current(to));
  };
  return { move, onTheWay: () => wanted.current };
}
