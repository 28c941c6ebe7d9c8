import { TriangleAlert } from 'lucide-react';
import { useState, type CSSProperties, type ReactNode } from 'react';
import type { FoldAround } from '../../../../shared/ipc/contract/folds.ts';
import { useWholeState } from '../../api/fold-states.ts';
import { useSettings } from '../../api/settings.ts';
import type { JsonChange } from '../../json/json-diff.ts';
import { Button } from '../../ui/button.tsx';
import { count, exactTime, shorten, timeText } from '../../ui/format.ts';
import { useNow } from '../../ui/use-now.ts';
import { visibleText } from '../../ui/visible-text.tsx';
import styles from './fold-view.module.css';
import { isStateUnshown, unshownText } from './fold-words.ts';
import { placedText } from './source-places.ts';
import { StatePane } from './state-pane.tsx';
import { StepChanges } from './step-changes.tsx';

let turns = 0;

interface FoldStepProps {
  readonly id: string;
  readonly around: FoldAround;
  readonly onOpenEvent: (version: number) => void;
  /** Shows where in the text of the fold a fault lies; null where that text is not the one that ran. */
  readonly onShowFault: (() => void) | null;
}

/** One event, the states before and after it, and what is different. */
export function FoldStep({ id, around, onOpenEvent, onShowFault }: FoldStepProps): ReactNode {
  const { version, fault } = around;
  const before = useWholeState(id, version - 1, around.before);
  const after = useWholeState(id, version, around.after);
  const { dataFont } = useSettings();
  const [isText, setText] = useState(false);
  const [turned, setTurned] = useState<'before' | 'after'>('after');
  const [jump, setJump] = useState<{
    readonly version: number;
    readonly side: 'before' | 'after';
    readonly at: number;
    readonly turn: number;
  } | null>(null);
  const targetOf = (side: 'before' | 'after') => (jump?.version === version && jump.side === side ? jump : null);
  const onJump = (change: JsonChange): void => {
    const side = change.after ? 'after' : 'before';
    const node = change.after ?? change.before;
    if (node) setJump({ version, side, at: node.start, turn: ++turns });
  };
  return (
    <section
      className={styles['step']}
      aria-label={version === 0 ? 'Before the first event' : `Version ${version}`}
      style={{ '--changes': changesHeight(around, isText, dataFont) } as CSSProperties}
    >
      <StepHead around={around} onOpenEvent={onOpenEvent} />
      {fault ? (
        <div className={styles['fault']} role="status">
          <TriangleAlert size={14} strokeWidth={1.75} aria-hidden />
          <span>
            <strong>{isStateUnshown(around) ? 'The state cannot be shown from here.' : 'This event failed.'}</strong>{' '}
            {visibleText(placedText(fault))}
            {fault.path === undefined ? null : <span className="mono"> {visibleText(`at ${fault.path || '(whole)'}`)}</span>}
          </span>
          {fault.line === null || onShowFault === null ? null : <Button onClick={onShowFault}>Show Line {fault.line}</Button>}
        </div>
      ) : (
        <div />
      )}
      <StepChanges
        around={around}
        before={before?.text ?? null}
        after={after?.text ?? null}
        isText={isText}
        onText={setText}
        onJump={onJump}
      />
      <div className={styles['states']}>
        <StatePane
          label="Before"
          state={before}
          absent={version === 0 ? 'There is nothing before the first event.' : unshownText(around.unshownSince)}
          version={version}
          target={targetOf('before')}
          hasCommands={turned === 'before'}
          onTurn={() => setTurned('before')}
        />
        <StatePane
          label="After"
          state={after}
          absent={unshownText(around.unshownSince)}
          version={version}
          target={targetOf('after')}
          hasCommands={turned === 'after'}
          onTurn={() => setTurned('after')}
        />
      </div>
    </section>
  );
}

const MOST_ROWS = 6;

/** As high as the changes are, within bounds; nothing is kept free for none. */
function changesHeight({ changes, fault }: FoldAround, isText: boolean, dataFont: number): string {
  if (changes.length === 0 || fault) return '32px';
  return isText ? '40%' : `min(40%, ${36 + Math.min(changes.length, MOST_ROWS) * (2 * Math.round(dataFont * 1.5) + 10)}px)`;
}

function StepHead({ around: { version, event }, onOpenEvent }: Pick<FoldStepProps, 'around' | 'onOpenEvent'>): ReactNode {
  const { times } = useSettings();
  const now = useNow();
  if (version === 0) return <p className={styles['head']}>Before the first event</p>;
  if (event === null) return <p className={styles['head']}>Version {count(version)} is not there, or cannot be read.</p>;
  return (
    <div className={styles['head']}>
      <span className="mono">{count(version)}</span>
      <strong>{visibleText(shorten(event.type, 60))}</strong>
      <span className={styles['note']} title={exactTime(event.timestamp)}>
        {timeText(event.timestamp, times, now)}
      </span>
      <span className={`${styles['preview']} mono`}>{visibleText(event.preview)}</span>
      <Button look="quiet" onClick={() => onOpenEvent(version)}>
        Open Event
      </Button>
    </div>
  );
}
