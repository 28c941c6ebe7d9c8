import { ChevronDown, ChevronUp } from 'lucide-react';
import { useMemo, type ReactNode, type Ref } from 'react';
import type { FoldRun } from '../../api/fold-run.ts';
import { useFailingMarks } from '../../api/fold-states.ts';
import { CommandButton } from '../../commands/command-button.tsx';
import { Button } from '../../ui/button.tsx';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { count, plural } from '../../ui/format.ts';
import { usePlayback } from '../../ui/playback.ts';
import { Timeline } from '../../ui/timeline.tsx';
import { visibleText } from '../../ui/visible-text.tsx';
import { BisectForm } from './bisect-form.tsx';
import { FoldStep } from './fold-step.tsx';
import styles from './fold-view.module.css';
import { IMPURE } from './fold-words.ts';
import type { FoldPlace } from './use-fold-place.ts';

interface FoldResultProps {
  readonly run: FoldRun;
  readonly place: FoldPlace;
  readonly condition: Ref<HTMLInputElement>;
  readonly onShowFault: (() => void) | null;
  readonly onOpenEvent: (version: number) => void;
}

/** What a fold made of a topic, one version at a time. */
export function FoldResult({ run, place, condition, onShowFault, onOpenEvent }: FoldResultProps): ReactNode {
  const { at, last, around, isFolded, move } = place;
  const { id, state } = run;
  const failing = state ? state.failing + state.unshown : 0;
  const parts = useFailingMarks(id, failing);
  const marks = useMemo(
    () =>
      parts.map(({ version, count: many }) => ({
        at: version,
        kind: 'problem' as const,
        letter: '!',
        title: `Version ${count(version)} fails`,
        others: many - 1,
      })),
    [parts],
  );
  const playback = usePlayback({ at, last, gap: null, isShown: around?.version === at, onStep: move });
  return (
    <div className={styles['result']}>
      <Timeline
        label="the fold"
        at={at}
        last={last}
        valueText={at === 0 ? `before the first of ${plural(last, 'event')}` : `version ${count(at)} of ${count(last)}`}
        places={null}
        marks={marks}
        playback={playback}
        onMove={move}
      >
        <span className={styles['failingBox']}>
          <span className={failing === 0 ? styles['note'] : styles['failing']} role="status">
            {failingText(state?.failing ?? 0, state?.unshown ?? 0)}
          </span>
          <CommandButton id="fold.previousFailing" icon={<ChevronUp size={14} strokeWidth={1.75} aria-hidden />} />
          <CommandButton id="fold.nextFailing" icon={<ChevronDown size={14} strokeWidth={1.75} aria-hidden />} />
        </span>
        {run.news > 0 ? (
          <Button look="quiet" onClick={() => move(last)}>
            {plural(run.news, 'new event')}
          </Button>
        ) : null}
      </Timeline>
      {id === null ? (
        <div />
      ) : (
        <BisectForm
          id={id}
          at={at}
          field={condition}
          refusal={state?.status === 'folding' ? 'The fold is still going on.' : null}
          onGo={move}
        />
      )}
      {state?.failure || state?.isImpure ? (
        <p className={state.failure ? styles['fault'] : styles['impure']} role="status">
          <span>{state.failure ? visibleText(state.failure.message.slice(0, 1000)) : IMPURE}</span>
        </p>
      ) : (
        <div />
      )}
      {content()}
    </div>
  );

  function content(): ReactNode {
    if (place.error) return <ErrorPanel error={place.error} />;
    if (!isFolded || around === null || id === null) {
      return (
        <p className={styles['waiting']}>
          {state === null || isFolded || state.status === 'folding'
            ? 'This version is not folded yet…'
            : `Version ${count(at)} is not folded. “Go On” folds on.`}
        </p>
      );
    }
    return <FoldStep id={id} around={around} onOpenEvent={onOpenEvent} onShowFault={onShowFault} />;
  }
}

function failingText(failing: number, unshown: number): string {
  return [
    failing === 0 ? 'No event fails' : `${plural(failing, 'event')} failed`,
    ...(unshown === 0 ? [] : [`${plural(unshown, 'place')} from which the state cannot be shown`]),
  ].join(' · ');
}
