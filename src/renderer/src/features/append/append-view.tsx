import { ArrowLeft } from 'lucide-react';
import { useEffect, useRef, useState, type CSSProperties, type KeyboardEvent, type ReactNode } from 'react';
import { Group, Panel } from 'react-resizable-panels';
import type { StoreInfo } from '../../../../shared/ipc/contract/stores.ts';
import type { TopicRow } from '../../../../shared/ipc/contract/topics.ts';
import { saveDraft } from '../../api/drafts.ts';
import { useLatest } from '../../api/queries.ts';
import { useSettings } from '../../api/settings.ts';
import { useLatestOfType, useTopicTypes } from '../../api/topic-shape.ts';
import { CommandButton } from '../../commands/command-button.tsx';
import { useCommands } from '../../commands/command-table.ts';
import { usePlaceParts } from '../../state/place.ts';
import { Keys } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { plural } from '../../ui/format.ts';
import { Splitter } from '../../ui/splitter.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { showToast } from '../../ui/toasts.tsx';
import { visibleText } from '../../ui/visible-text.tsx';
import { KeptMark, Steps } from './append-steps.tsx';
import styles from './append-view.module.css';
import { AskBeforeLosing } from './ask-before-losing.tsx';
import { BatchForm } from './batch-form.tsx';
import type { Checked } from './check-draft.ts';
import { draftText, isBlank, type Draft } from './draft.ts';
import { DraftNotes } from './draft-notes.tsx';
import { DraftNotices } from './draft-notices.tsx';
import type { FormHandle } from './form-handle.ts';
import { formatJson, minifyJson } from './json-scan.ts';
import { layOutDraft } from './lay-out.ts';
import { OneEventForm } from './one-event-form.tsx';
import { useDraft, type DraftDesk, type OpenDraft } from './open-drafts.ts';
import type { Stage } from './progress.ts';
import { idsFor } from './review.ts';
import { ReviewFacts } from './review-facts.tsx';
import { StoredLines } from './stored-lines.tsx';
import { Trouble } from './trouble.tsx';
import { sameEvents, useChecked } from './use-checked.ts';
import { useDraftSources } from './use-draft-sources.ts';
import { useDraftSteps } from './use-draft-steps.ts';

interface AppendViewProps {
  readonly store: StoreInfo;
  /** As it is now; a topic that was deleted and made again has another incarnation than the draft. */
  readonly topic: TopicRow;
  readonly isGone: boolean;
  /** Why nothing can be appended here; null when it can. */
  readonly refusal: string | null;
}

/** The draft of a topic, on its way into it: written, validated, reviewed, appended. */
export function AppendView({ store, topic, isGone, refusal }: AppendViewProps): ReactNode {
  const [incarnation, setIncarnation] = useState(topic.incarnation);
  const address = { store: store.path, topic: topic.name, incarnation };
  const latest = topic.latestVersion ?? 0;
  const { open, desk } = useDraft(address, latest);
  if (!open) return <section className={styles['view']} aria-label="Append" aria-busy />;
  return (
    <AppendDesk
      key={incarnation}
      {...{ store, topic, isGone, refusal, open, desk }}
      isOther={incarnation !== topic.incarnation}
      onTakeOver={async () => {
        const draft = { ...desk.draft(), expected: latest, ids: null };
        await saveDraft({ ...address, incarnation: topic.incarnation }, draftText(draft));
        await desk.discard(latest);
        setIncarnation(topic.incarnation);
      }}
    />
  );
}

interface AppendDeskProps extends AppendViewProps {
  readonly open: OpenDraft;
  readonly desk: DraftDesk;
  readonly isOther: boolean;
  readonly onTakeOver: () => Promise<void>;
}

function AppendDesk({ store, topic, isGone, refusal, open, desk, isOther, onTakeOver }: AppendDeskProps): ReactNode {
  const { go, back, past } = usePlaceParts('go', 'back', 'past');
  const { dataFont } = useSettings();
  const { draft } = open;
  const latest = topic.latestVersion ?? 0;
  const goReads = topic.adapter === 'fs';
  const found = useChecked(draft, { goReads });
  const isFresh = found !== null && sameEvents(found.of, draft);
  const form = useRef<FormHandle>(null);
  const review = useRef<HTMLDivElement>(null);
  useLatest(store.path, topic);
  const types = useTopicTypes(store.path, topic);
  const type = draft.mode === 'one' && types.includes(draft.one.type) ? draft.one.type : null;
  const latestOfType = useLatestOfType(store.path, topic, type);

  const stop = isGone ? `The topic was deleted.` : isOther ? 'The topic was deleted and made again.' : refusal;

  const steps = useDraftSteps({ topic, desk, draft, form, found, goReads, stop });
  const { stage, error, isBusy, says, next, edit } = steps;
  const { question, answered, switchTo, chooseFile, dropFile } = useDraftSources({
    topic: topic.name,
    desk,
    form,
    check: steps.check,
    onReplaced: steps.begin,
    onSaid: steps.say,
    onError: steps.fail,
  });
  useEffect(() => {
    if (stage === 'review') review.current?.focus();
  }, [stage]);
  useEffect(() => {
    if (stage === 'draft') form.current?.focus();
  }, [stage, draft.mode]);
  useEffect(() => {
    // What failed in another way than before took the button that was pressed with it.
    if (error !== null && document.activeElement === document.body) review.current?.focus();
  }, [error]);

  const leave = (): void => (past.length > 0 ? back() : go({ view: 'events' }));
  const discard = (): void => {
    const lost = desk.draft();
    const expected = lost.expected;
    void desk.discard(latest);
    edit();
    showToast({
      title: 'The draft was discarded',
      action: { label: 'Undo', run: () => desk.replace({ ...lost, expected }) },
    });
  };

  const layOut = (lay: (text: string) => string): void => {
    form.current?.flush();
    layOutDraft(desk, lay);
  };
  const blank = isBlank(draft);
  const inReview = stage === 'review' ? 'Go back to the draft first.' : null;
  useCommands({
    'append.next': { run: next },
    'append.file': { run: chooseFile, refusal: inReview },
    'append.format': { run: () => layOut(formatJson), refusal: inReview },
    'append.minify': { run: () => layOut(minifyJson), refusal: inReview },
    'append.discard': { run: discard, refusal: blank ? 'The draft is blank.' : null },
    // It is on the screen already.
    'events.append': { run: () => form.current?.focus(), refusal },
  });

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.defaultPrevented || event.nativeEvent.isComposing) return;
    event.preventDefault();
    if (stage === 'review') edit();
    else leave();
  };
  const shownReview = steps.review;
  const checked = found?.checked ?? null;
  const name = visibleText(topic.name.slice(0, 100));

  return (
    <section
      className={styles['view']}
      aria-label={`Append to ${topic.name.slice(0, 200)}`}
      onKeyDown={onKeyDown}
      style={{ '--data-font': `${dataFont}px` } as CSSProperties}
    >
      <header className={styles['head']}>
        <Button look="quiet" onClick={leave} title="Back to where you were; the draft is kept (Esc)">
          <ArrowLeft size={14} strokeWidth={1.75} aria-hidden /> Back
        </Button>
        <h2 className={styles['title']}>Append to {name}</h2>
        <Steps stage={stage} isBusy={isBusy} />
        <KeptMark open={open} />
      </header>

      <DraftNotices {...{ open, store, topic, isGone, isOther, blank, desk }} onTakeOver={onTakeOver} />

      <Group orientation="horizontal" id="append" className={styles['body']}>
        <Panel id="append-editor" minSize={360}>
          {shownReview ? (
            <div ref={review} className={styles['left']} tabIndex={-1} role="group" aria-label="What will be stored">
              {error === null ? null : (
                <Trouble
                  {...{ error, topic, refusal }}
                  hasOwnIds={shownReview.ownIds > 0}
                  isBusy={isBusy}
                  onRebase={(version) => (desk.change({ kind: 'expected', version }), steps.fail(null), review.current?.focus())}
                  onRetry={next}
                  onEdit={edit}
                  onNewIds={() => {
                    desk.change({ kind: 'reviewed', ids: idsFor(shownReview.events, null, Date.now()) });
                    steps.begin();
                    steps.fail(null);
                  }}
                  onDiscard={discard}
                  onShow={(version) => go({ view: 'events', version })}
                />
              )}
              <StoredLines review={shownReview} topic={topic.name} expected={draft.expected} />
            </div>
          ) : (
            <div className={styles['left']}>
              {error === null ? null : (
                <Trouble {...{ error, topic, refusal }} hasOwnIds={false} isBusy={isBusy} onEdit={edit} onDiscard={discard} />
              )}
              <div className={styles['modes']}>
                <Tabs label="How many" tabs={MODES} current={draft.mode} onShow={switchTo} />
                <span className={styles['grow']} />
                <CommandButton id="append.file" look="quiet">
                  From a file…
                </CommandButton>
                <CommandButton id="append.format" look="quiet">
                  Format
                </CommandButton>
                <CommandButton id="append.minify" look="quiet">
                  Minify
                </CommandButton>
              </div>
              {draft.mode === 'one' ? (
                <OneEventForm
                  handle={form}
                  event={draft.one}
                  types={types}
                  fields={latestOfType?.fields ?? []}
                  findings={isFresh ? (checked?.findings ?? []) : []}
                  onChange={(one) => desk.change({ kind: 'typed', one })}
                />
              ) : (
                <BatchForm
                  handle={form}
                  text={draft.batch}
                  findings={isFresh ? (checked?.findings ?? []) : []}
                  onChange={(text) => desk.change({ kind: 'batch-typed', text })}
                  onDrop={dropFile}
                />
              )}
            </div>
          )}
        </Panel>
        <Splitter label="Width of the notes" />
        <Panel id="append-notes" defaultSize={320} minSize={240} maxSize={520}>
          {shownReview ? (
            <ReviewFacts {...{ store, topic, goReads }} review={shownReview} warnings={checked?.warnings ?? 0} expected={draft.expected} />
          ) : (
            <DraftNotes
              {...{ draft, latest, goReads }}
              checked={isFresh ? checked : null}
              latestOfType={latestOfType}
              type={type}
              onExpected={(version) => desk.change({ kind: 'expected', version })}
              onFinding={(finding) => form.current?.focusFinding(finding)}
              onTemplate={(version) => go({ view: 'append', template: version })}
            />
          )}
        </Panel>
      </Group>

      <footer className={styles['foot']}>
        <span role="status" className={styles['says']} title={says}>
          {says === '' || stage === 'draft' ? says || (checked && isFresh ? summary(checked, draft) : 'Looking at the draft…') : says}
        </span>
        <CommandButton id="append.discard">Discard draft</CommandButton>
        {stage === 'review' ? <Button onClick={edit}>Back to the draft</Button> : null}
        <Button
          look="primary"
          disabled={isBusy || (stage === 'review' && (stop !== null || Number.isNaN(draft.expected)))}
          title={stop ?? undefined}
          onClick={next}
        >
          {label(stage, isBusy, shownReview?.events.length ?? 0)}
          {stage === 'review' ? <> to {name}</> : null} <Keys>Ctrl+Enter</Keys>
        </Button>
      </footer>
      {question ? <AskBeforeLosing question={question} onClose={answered} /> : null}
    </section>
  );
}

const MODES = [
  { name: 'one', content: 'One event' },
  { name: 'batch', content: 'Batch' },
] as const;

function label(stage: Stage, isBusy: boolean, events: number): string {
  if (stage === 'draft') return 'Validate';
  if (stage === 'valid') return 'Review';
  return `${isBusy ? 'Appending' : 'Append'} ${plural(events, 'event')}`;
}

function summary({ errors, warnings, events }: Checked, draft: Draft): string {
  if (isBlank(draft)) return 'Nothing to append yet.';
  const parts = [
    ...(errors > 0 ? [plural(errors, 'fault')] : []),
    ...(warnings > 0 ? [plural(warnings, 'warning')] : []),
    ...(errors === 0 ? [plural(events.length, 'event')] : []),
  ];
  return `${parts.join(', ')}.`;
}
