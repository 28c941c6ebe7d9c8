import { ArrowLeftRight, X } from 'lucide-react';
import { lazy, Suspense, useMemo, useState, type ReactNode } from 'react';
import { plainTitle } from '../../../../shared/ipc/commands.ts';
import type { EventDetail } from '../../../../shared/ipc/contract/events.ts';
import { errorFacts } from '../../../../shared/model/errors.ts';
import { copyText } from '../../api/copy.ts';
import type { GridTopic } from '../../api/queries.ts';
import type { WholeEvent, WholeEventState } from '../../api/whole-event.ts';
import { commandOf } from '../../commands/command-table.ts';
import { usePlaceParts } from '../../state/place.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { ChoiceGroup } from '../../ui/choice-group.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { count, size } from '../../ui/format.ts';
import { visibleText } from '../../ui/visible-text.tsx';
import { ChangeList } from '../../json/change-list.tsx';
import { comparedText, placeOf } from './diff-texts.ts';
import styles from './event-diff.module.css';
import { LoadBar } from './load-bar.tsx';
import { diffSummary } from '../../json/diff-summary.ts';
import type { JsonNode } from '../../json/json-nodes.ts';
import { useDiff } from '../../json/use-diff.ts';
import { useBaseEvent } from './use-base-event.ts';
import type { DetailState } from './use-detail.ts';

/** CodeMirror comes with the first text that is compared. */
const TextDiff = lazy(async () => ({ default: (await import('../../json/text-diff.tsx')).TextDiff }));

let turns = 0;

interface EventDiffProps {
  readonly topic: GridTopic;
  readonly event: EventDetail;
  readonly whole: WholeEventState;
  readonly state: DetailState;
  /** Shows a node of this event in its tree. */
  readonly onJump: (to: { readonly tab: 'Tree' | 'Metadata'; readonly at: number; readonly turn: number }) => void;
}

/** An event beside the one before it of its type, or beside the marked one. */
export function EventDiff({ topic, event, whole, state, onJump }: EventDiffProps): ReactNode {
  const { marked, mark, go } = usePlaceParts('marked', 'mark', 'go');
  const { base, compareWith } = state;
  const other = useBaseEvent(topic, event, whole.event?.type ?? null, base, marked);
  const [isSwapped, setSwapped] = useState(false);
  const [isText, setText] = useState(false);
  const [isSorted, setSorted] = useState(false);
  const mine = whole.event;
  const [first, second] = isSwapped ? [mine, other.event] : [other.event, mine];
  const compared = useMemo(() => (first && second ? ([comparedText(first), comparedText(second)] as const) : null), [first, second]);
  const diff = useDiff(compared?.[0].text ?? null, compared?.[1].text ?? null);

  const jump = (before: JsonNode | null, after: JsonNode | null): void => {
    const node = isSwapped ? before : after;
    const text = compared?.[isSwapped ? 0 : 1];
    const to = node && text && placeOf(text, node);
    if (to) onJump({ ...to, turn: ++turns });
  };
  const open = ({ topic: name, version }: WholeEvent): void => go({ view: 'events', topic: name, version });

  return (
    <section className={styles['diff']} aria-label="Differences">
      <div className={styles['bar']}>
        <ChoiceGroup
          label="Compare with"
          choices={[
            { name: 'previous', content: 'Previous of type', title: plainTitle(commandOf('events.diffPrevious').title) },
            { name: 'marked', content: 'Marked', title: plainTitle(commandOf('events.diffMarked').title) },
          ]}
          current={base}
          onChoose={compareWith}
        />
        <ChoiceGroup
          label="Shown as"
          choices={[
            { name: 'list', content: 'List' },
            { name: 'text', content: 'Text' },
          ]}
          current={isText ? 'text' : 'list'}
          onChoose={(name) => setText(name === 'text')}
        />
        {isText ? (
          <label className={styles['check']}>
            <input type="checkbox" checked={isSorted} onChange={(change) => setSorted(change.target.checked)} /> Sort keys
          </label>
        ) : null}
      </div>
      {first && second ? (
        <div className={styles['sides']}>
          <Side sign="−" label="Before" event={first} isMine={first === mine} onOpen={open} />
          <Side sign="+" label="After" event={second} isMine={second === mine} onOpen={open} />
          <span className={styles['sideTools']}>
            <IconButton label="Swap sides" onClick={() => setSwapped(!isSwapped)}>
              <ArrowLeftRight size={14} strokeWidth={1.75} aria-hidden />
            </IconButton>
            {base === 'marked' ? (
              <IconButton label="Unmark" onClick={() => mark(null)}>
                <X size={14} strokeWidth={1.75} aria-hidden />
              </IconButton>
            ) : null}
          </span>
        </div>
      ) : (
        <div />
      )}
      <div className={styles['content']}>{content()}</div>
    </section>
  );

  function content(): ReactNode {
    if (other.absent !== null) {
      return (
        <EmptyState title="Nothing to compare with">
          <p>{other.absent}</p>
        </EmptyState>
      );
    }
    if (other.error) {
      return (
        <div className={styles['message']}>
          <p>{troubleOf(other.error, base)}</p>
          <ErrorPanel error={other.error} onRetry={other.retry} onCopy={copyText} />
          {base === 'marked' ? <Button onClick={() => mark(null)}>Unmark</Button> : null}
        </div>
      );
    }
    if (!mine) {
      return (
        <>
          <p className={styles['message']}>This event is {size(whole.total)} long. It must be loaded whole to be compared.</p>
          <LoadBar whole={whole} />
        </>
      );
    }
    if (!compared || !first || !second) {
      return (
        <p className={styles['late']} role="status">
          Looking for the other event… {other.loaded > 0 ? size(other.loaded) : ''}
        </p>
      );
    }
    if (isText) {
      return (
        <Suspense fallback={<p className={styles['late']}>Loading…</p>}>
          <TextDiff label="Both events as text" first={compared[0].text} second={compared[1].text} sorted={isSorted} />
        </Suspense>
      );
    }
    if (!diff.result) {
      return (
        <p className={styles['late']} role="status">
          Comparing… {Math.min(99, Math.round(diff.progress * 100))} %
        </p>
      );
    }
    const { changes, stopped } = diff.result;
    if (changes.length === 0 && stopped === null) {
      return (
        <EmptyState title="No difference">
          <p>Type, data and metadata of both events are the same, token for token.</p>
        </EmptyState>
      );
    }
    return (
      <>
        <p className={styles['summary']} role="status">
          {diffSummary(diff.result)}
        </p>
        <ChangeList
          first={compared[0].text}
          second={compared[1].text}
          changes={changes}
          canJump={({ before, after }) => {
            const node = isSwapped ? before : after;
            return node !== null && placeOf(compared[isSwapped ? 0 : 1], node) !== null;
          }}
          onJump={({ before, after }) => jump(before, after)}
        />
      </>
    );
  }
}

function troubleOf(error: unknown, base: DetailState['base']): string {
  const whose = base === 'marked' ? 'The marked event' : 'The previous event of this type';
  const { code, details } = errorFacts(error);
  if (details['field'] === 'type') return `${whose} cannot be looked for.`;
  switch (code) {
    case 'DAMAGED_EVENT':
      return `${whose} is damaged and cannot be compared.`;
    case 'INVALID_INPUT':
    case 'TOPIC_NOT_FOUND':
      return `${whose} is not there any more.`;
    default:
      return `${whose} cannot be compared.`;
  }
}

interface SideProps {
  readonly sign: string;
  readonly label: string;
  readonly event: WholeEvent;
  readonly isMine: boolean;
  readonly onOpen: (event: WholeEvent) => void;
}

function Side({ sign, label, event, isMine, onOpen }: SideProps): ReactNode {
  const name = (
    <>
      {visibleText(event.topic.slice(0, 60))} {count(event.version)}
    </>
  );
  return (
    <span className={styles['side']}>
      <span className={sign === '+' ? styles['plus'] : styles['minus']} aria-hidden>
        {sign}
      </span>
      <span className="visually-hidden">{label}: </span>
      {isMine ? (
        <span className="mono">{name} (this event)</span>
      ) : (
        <button type="button" className={styles['link']} title="Open this event" onClick={() => onOpen(event)}>
          {name}
        </button>
      )}
    </span>
  );
}
