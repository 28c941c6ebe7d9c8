import { ArrowDown, ArrowLeft, ArrowUp, ChevronDown, ChevronUp, Redo2, Undo2 } from 'lucide-react';
import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { Group, Panel } from 'react-resizable-panels';
import { copyText } from '../../../api/copy.ts';
import type { FoldRun } from '../../../api/fold-run.ts';
import { useRememberedPanes } from '../../../api/remembered-panes.ts';
import { useScratchRun } from '../../../api/what-if.ts';
import { CommandButton } from '../../../commands/command-button.tsx';
import { AlertDialog } from '../../../ui/alert-dialog.tsx';
import { Button } from '../../../ui/button.tsx';
import controls from '../../../ui/controls.module.css';
import { ErrorPanel } from '../../../ui/error-panel.tsx';
import { count, plural } from '../../../ui/format.ts';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { Splitter } from '../../../ui/splitter.tsx';
import { Comparison } from './comparison.tsx';
import { EventDialog } from './event-dialog.tsx';
import { changesOf, countsOf, entryOf, positionsOf, rowOf, type Layout } from './layout.ts';
import { ScratchList } from './scratch-list.tsx';
import { goToRow, scratchKey, scratchOpened, useScratches, type ScratchTopic } from './scratches.ts';
import { useScratchActions } from './use-scratch-actions.ts';
import styles from './what-if.module.css';

const ICON = { size: 14, strokeWidth: 1.75, 'aria-hidden': true } as const;

interface WhatIfProps {
  /** Its incarnation, too: another topic of the same name has another scratch copy. */
  readonly topic: ScratchTopic;
  /** The fold over the topic. */
  readonly run: FoldRun & { readonly id: string };
  /** Where a new scratch copy begins. */
  readonly version: number;
  /** Why nothing can be appended to the topic; null when it can. */
  readonly refusal: string | null;
  /** Back to the fold. The scratch copy is kept while the window is open, unless it was thrown away. */
  readonly onClose: () => void;
}

/** A scratch copy of a topic's history beside it, and what the same fold makes of both. */
export function WhatIf({ topic, run: fold, version, refusal, onClose }: WhatIfProps): ReactNode {
  const key = scratchKey(topic);
  const panes = useRememberedPanes('what-if');
  const scratch = useScratches(({ byKey }) => byKey.get(key));
  const kept = scratch?.layout;
  const { run, desk } = useScratchRun(
    fold.id,
    () => (kept ? changesOf(kept) : []),
    (base) => scratchOpened(key, base, version),
  );
  const actions = useScratchActions({ topic: topic.name, key, scratch, run, desk, refusal, onClose });
  const view = useRef<HTMLElement>(null);
  const isThere = scratch !== undefined && panes !== null;
  const focusList = (): void => view.current?.querySelector<HTMLElement>('[role=listbox]')?.focus();
  useEffect(() => {
    if (isThere) focusList();
  }, [isThere]);

  if (!isThere) {
    return run.error === null ? (
      <Skeleton label="The scratch copy is being opened" />
    ) : (
      <ErrorPanel error={run.error} onRetry={actions.reopen} onCopy={copyText}>
        <Button onClick={onClose}>Back to the Fold</Button>
      </ErrorPanel>
    );
  }
  const { layout, row } = scratch;
  const entry = entryOf(layout, row);
  const newer = (fold.state?.total ?? 0) - layout.base;
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.defaultPrevented || event.nativeEvent.isComposing) return;
    event.preventDefault();
    onClose();
  };
  const canGoOn = run.state?.status === 'stopped' || run.state?.status === 'halted';
  return (
    <section ref={view} className={styles['view']} aria-label={`What if in ${topic.name.slice(0, 200)}`} onKeyDown={onKeyDown}>
      {/* A button that does something to the list gives the focus back to it: the keys that do the same are there. */}
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions */}
      <div className={styles['bar']} onClick={({ target }) => (target as Element).closest('[data-own]') ?? focusList()}>
        <Button look="quiet" data-own onClick={onClose} title="Back to the fold; the scratch copy is kept (Esc)">
          <ArrowLeft {...ICON} /> Fold
        </Button>
        <CommandButton id="whatIf.skip">Skip</CommandButton>
        <CommandButton id="whatIf.edit">Edit…</CommandButton>
        <CommandButton id="whatIf.addBefore">Add Before…</CommandButton>
        <CommandButton id="whatIf.addAfter">Add After…</CommandButton>
        <CommandButton id="whatIf.moveUp" icon={<ArrowUp {...ICON} />} />
        <CommandButton id="whatIf.moveDown" icon={<ArrowDown {...ICON} />} />
        <CommandButton id="whatIf.undo" icon={<Undo2 {...ICON} />} />
        <CommandButton id="whatIf.redo" icon={<Redo2 {...ICON} />} />
        <span className={styles['said']} role="status" title={progressText()}>
          {progressText()}
        </span>
        {(run.state?.failing ?? 0) + (run.state?.unshown ?? 0) > 0 ? (
          <>
            <CommandButton id="fold.previousFailing" icon={<ChevronUp {...ICON} />} />
            <CommandButton id="fold.nextFailing" icon={<ChevronDown {...ICON} />} />
          </>
        ) : null}
        {run.state?.status === 'folding' ? <CommandButton id="fold.stop">Stop</CommandButton> : null}
        {canGoOn ? <Button onClick={desk.resume}>Go On</Button> : null}
      </div>
      {run.error === null ? <div /> : <ErrorPanel error={run.error} onRetry={actions.reopen} onCopy={copyText} />}
      <Group orientation="horizontal" id="what-if" className={styles['panes'] ?? ''} {...panes}>
        <Panel id="history" defaultSize="45" minSize={260}>
          <div className={styles['left']}>
            <div className={styles['head']}>
              <h3>Scratch history</h3>
              <span className={styles['note']}>{summary(layout)}</span>
              <GoTo onGo={(position) => goToRow(key, rowOf(layout, { position }))} last={positionsOf(layout)} />
            </div>
            <ScratchList
              topic={{ ...topic, latestVersion: layout.base }}
              layout={layout}
              row={row}
              onRow={(to) => goToRow(key, to)}
              onEdit={actions.edit}
            />
          </div>
        </Panel>
        <Splitter label="Width of the scratch history" />
        <Panel id="states" minSize={320}>
          <Comparison
            run={run}
            fold={fold.id}
            folded={fold.state?.folded ?? 0}
            isTopicFolded={fold.state !== null && fold.state.status !== 'folding' && fold.state.status !== 'idle'}
            position={entry?.position ?? 0}
            skipped={entry?.isSkipped === true ? entry.origin : null}
          />
        </Panel>
      </Group>
      <footer className={styles['foot']}>
        <span className={styles['promise']}>Nothing of this is written: it is a scratch copy in memory.</span>
        {newer > 0 ? (
          <Button
            look="quiet"
            onClick={actions.reopen}
            title="They stand at the end of the topic, and come to stand at the end of the scratch copy"
          >
            Take In {plural(newer, 'New Event')}
          </Button>
        ) : null}
        <CommandButton id="whatIf.throwAway">Throw Away…</CommandButton>
        <CommandButton id="whatIf.hand">Hand {plural(actions.added, 'Added Event')} to the Append Editor…</CommandButton>
      </footer>
      {actions.writing ? (
        <EventDialog
          title={actions.writing.title}
          action={actions.writing.action}
          first={actions.writing.first}
          onEvent={actions.writing.done}
          onClose={actions.endWriting}
        />
      ) : null}
      {actions.isAsking ? (
        <AlertDialog
          title="Throw the what-if away?"
          description={`What was changed in it is lost: ${summary(layout)}. The topic is as it was all along.`}
          cancel="Keep It"
          onCancel={actions.keep}
          action={
            <Button look="danger" onClick={actions.throwAway}>
              Throw Away
            </Button>
          }
        />
      ) : null}
    </section>
  );

  function progressText(): string {
    const { state } = run;
    if (run.error !== null) return 'Not folded';
    if (state === null) return 'Opening…';
    if (state.failure !== null) return state.failure.message.slice(0, 200);
    const failing = state.failing === 0 ? '' : ` · ${plural(state.failing, 'event')} failed`;
    if (state.status === 'done') return `${plural(state.folded, 'event')} folded${failing}`;
    const verb = state.status === 'stopped' ? 'Stopped at' : state.status === 'halted' ? 'Gave up at' : 'Folded';
    return `${verb} ${count(state.folded)} of ${count(state.total)}${failing}`;
  }
}

/** `1 skipped, 2 added`, or that nothing was changed. */
function summary(layout: Layout): string {
  const counts = countsOf(layout);
  const parts = (['skipped', 'edited', 'moved', 'added'] as const).flatMap((mark) =>
    counts[mark] > 0 ? [`${count(counts[mark])} ${mark}`] : [],
  );
  return parts.length === 0 ? 'as the topic has it' : parts.join(', ');
}

function GoTo({ last, onGo }: { readonly last: number; readonly onGo: (position: number) => void }): ReactNode {
  const [text, setText] = useState('');
  const digits = text.replaceAll(/[\s,]/g, '');
  const position = Number(digits);
  const isGood = /^\d+$/.test(digits) && position >= 1 && position <= last;
  return (
    <input
      className={`${controls['input']} ${styles['goTo']}`}
      aria-label="Go to event"
      placeholder="Go to"
      title={`From 1 to ${count(last)}`}
      inputMode="numeric"
      value={text}
      aria-invalid={text !== '' && !isGood}
      onChange={({ target }) => setText(target.value)}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || !isGood) return;
        onGo(position);
        setText('');
        event.currentTarget.closest('section')?.querySelector<HTMLElement>('[role=listbox]')?.focus();
      }}
    />
  );
}
