import { useQueryClient } from '@tanstack/react-query';
import { ArrowLeft, Check } from 'lucide-react';
import { useEffect, useRef, useState, type CSSProperties, type KeyboardEvent, type ReactNode } from 'react';
import { Group, Panel } from 'react-resizable-panels';
import { replyValue } from '../../../../shared/ipc/api.ts';
import { MAX_BATCH_BYTES } from '../../../../shared/ipc/contract/events.ts';
import type { StoreInfo } from '../../../../shared/ipc/contract/stores.ts';
import type { TopicRow } from '../../../../shared/ipc/contract/topics.ts';
import { copyText } from '../../api/copy.ts';
import { saveDraft, useDraftPlaces } from '../../api/drafts.ts';
import { useLatest } from '../../api/queries.ts';
import { useSettings } from '../../api/settings.ts';
import { tidemark } from '../../api/tidemark.ts';
import { CommandButton } from '../../commands/command-button.tsx';
import { useCommands } from '../../commands/command-table.ts';
import { usePlaceParts } from '../../state/place.ts';
import { Badge, Keys } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { count, plural, size } from '../../ui/format.ts';
import { Splitter } from '../../ui/splitter.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { showToast } from '../../ui/toasts.tsx';
import { visibleText } from '../../ui/visible-text.tsx';
import styles from './append-view.module.css';
import { AskBeforeLosing, type Question } from './ask-before-losing.tsx';
import { BatchForm } from './batch-form.tsx';
import { checkDraft, type Checked, type Finding } from './check-draft.ts';
import { draftText, isBlank, type Draft, type Mode } from './draft.ts';
import { DraftNotes } from './draft-notes.tsx';
import type { FormHandle } from './form-handle.ts';
import { formatJson, minifyJson } from './json-scan.ts';
import { jsonFault } from './json-fault.ts';
import { OneEventForm } from './one-event-form.tsx';
import { takeDraft, useDraft, type DraftDesk, type OpenDraft } from './open-drafts.ts';
import { idsFor, reviewOf, type Review } from './review.ts';
import { ReviewFacts } from './review-facts.tsx';
import { inSlices } from './slices.ts';
import { StoredLines } from './stored-lines.tsx';
import { useLatestOfType, useTopicTypes } from '../../api/topic-shape.ts';
import { readWhole } from './suggestions.ts';
import { eventLike, planSwitch } from './switch-mode.ts';
import { Trouble } from './trouble.tsx';
import { sameEvents, useChecked } from './use-checked.ts';

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

type Stage = 'draft' | 'valid' | 'review';
/** How far a draft has come; a change of its events takes it back. */
type Progress =
  | { readonly stage: 'draft' }
  | { readonly stage: 'valid'; readonly of: Draft; readonly checked: Checked }
  | { readonly stage: 'review'; readonly of: Draft; readonly checked: Checked; readonly review: Review };

interface AppendDeskProps extends AppendViewProps {
  readonly open: OpenDraft;
  readonly desk: DraftDesk;
  readonly isOther: boolean;
  readonly onTakeOver: () => Promise<void>;
}

function AppendDesk({ store, topic, isGone, refusal, open, desk, isOther, onTakeOver }: AppendDeskProps): ReactNode {
  const { go, back, past, select, choose, template, templateCopied, handed, handedTaken } = usePlaceParts(
    'go',
    'back',
    'past',
    'select',
    'choose',
    'template',
    'templateCopied',
    'handed',
    'handedTaken',
  );
  const client = useQueryClient();
  const { dataFont } = useSettings();
  const { draft } = open;
  const latest = topic.latestVersion ?? 0;
  const goReads = topic.adapter === 'fs';
  const found = useChecked(draft, { goReads });
  const isFresh = found !== null && sameEvents(found.of, draft);
  const [progress, setProgress] = useState<Progress>({ stage: 'draft' });
  const [error, setError] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);
  const [says, setSays] = useState('');
  const [question, setQuestion] = useState<Question | null>(null);
  const form = useRef<FormHandle>(null);
  const review = useRef<HTMLDivElement>(null);
  useLatest(store.path, topic);
  const types = useTopicTypes(store.path, topic);
  const type = draft.mode === 'one' && types.includes(draft.one.type) ? draft.one.type : null;
  const latestOfType = useLatestOfType(store.path, topic, type);

  const stage: Stage = progress.stage !== 'draft' && sameEvents(progress.of, draft) ? progress.stage : 'draft';
  const stop = isGone ? `The topic was deleted.` : isOther ? 'The topic was deleted and made again.' : refusal;

  // A version to copy: into a blank draft at once, in the place of another one only when the person says so.
  useEffect(() => {
    if (template === null) return;
    templateCopied();
    void readWhole(topic.name, template).then(
      (event) => {
        const copy = (): void => {
          desk.change({ kind: 'copied', one: eventLike(event) });
          setProgress({ stage: 'draft' });
          setSays(`The draft begins as version ${template}, with a new id and the time of the append.`);
        };
        if (isBlank(desk.draft())) return copy();
        setQuestion({
          title: 'Replace the draft?',
          text: `There is a draft for this topic already. A copy of version ${template} would take its place.`,
          yes: 'Replace the draft',
          run: () => withUndo(desk, 'The draft was replaced', copy),
        });
      },
      (failure: unknown) => setError(failure),
    );
  }, [template, templateCopied, topic.name, desk]);

  const check = async (of: Draft): Promise<Checked> => {
    if (found && sameEvents(found.of, of)) return found.checked;
    return inSlices(checkDraft(of, { goReads }), new AbortController().signal);
  };

  /** Work of which there is one at a time. */
  const busy = (work: () => Promise<void>): void => {
    if (isBusy) return;
    setBusy(true);
    work()
      .catch((failure: unknown) => setError(failure))
      .finally(() => setBusy(false));
  };

  const validate = async (): Promise<void> => {
    form.current?.flush();
    const of = desk.draft();
    const checked = await check(of);
    const first = checked.findings.find(({ severity }) => severity === 'error');
    if (first) {
      form.current?.focusFinding(first);
      setSays(`${plural(checked.errors, 'fault')}. ${sentenceOf(first)}`);
    } else if (checked.events.length === 0) {
      form.current?.focus();
      setSays('There is nothing to append yet.');
    } else {
      setProgress({ stage: 'valid', of, checked });
      setSays(`Valid: ${plural(checked.events.length, 'event')}.`);
    }
  };

  const startReview = async (checked: Checked): Promise<void> => {
    const ids = idsFor(checked.events, desk.draft().ids, Date.now());
    desk.change({ kind: 'reviewed', ids });
    const made = await inSlices(reviewOf(checked.events, ids), new AbortController().signal);
    setError(null);
    setProgress({ stage: 'review', of: desk.draft(), checked, review: made });
    setSays('Nothing is written yet. Look at what would be.');
  };

  const append = async ({ events }: Review): Promise<void> => {
    setError(null);
    // The ids are on the disk before the batch is sent: whatever happens, sending it again is the same batch.
    await desk.flush();
    const { incarnation } = topic;
    try {
      const { expected } = desk.draft();
      const { first, last, replayed } = replyValue(
        await tidemark.eventsAppend({ topic: topic.name, incarnation, expectedVersion: expected, events: [...events] }),
      );
      await desk.discard(last);
      await client.invalidateQueries({ queryKey: ['topics'] });
      go({ view: 'events', topic: topic.name });
      select(last);
      choose(events.length > 1 ? { first: first ?? last, last } : null);
      showToast(appended(events.length, first ?? last, last, replayed));
    } catch (failure) {
      // Whoever deleted the topic, or wrote to it, has changed what is on the screen.
      void client.invalidateQueries({ queryKey: ['topics'] });
      setError(failure);
    }
  };

  const next = (): void => {
    busy(async () => {
      if (stage === 'draft' || progress.stage === 'draft') return validate();
      if (progress.stage === 'valid') return startReview(progress.checked);
      if (stop === null && !Number.isNaN(draft.expected ?? 0)) return append(progress.review);
    });
  };
  useEffect(() => {
    if (stage === 'review') review.current?.focus();
  }, [stage]);

  const edit = (): void => {
    setProgress({ stage: 'draft' });
    setError(null);
    setSays('');
  };
  useEffect(() => {
    if (stage === 'draft') form.current?.focus();
  }, [stage, draft.mode]);

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

  const switchTo = (mode: Mode): void => {
    form.current?.flush();
    if (mode === desk.draft().mode) return;
    void check(desk.draft()).then((checked) => {
      const { change, loses } = planSwitch(desk.draft(), checked);
      const run = (): void => desk.change(change);
      if (loses === null) return run();
      setQuestion({
        title: 'Switch and lose something?',
        text: loses,
        yes: 'Switch anyway',
        run: () => withUndo(desk, 'The draft was switched', run),
      });
    });
  };

  const takeBatch = (name: string, text: string): void => {
    const run = (): void => {
      if (desk.draft().mode !== 'batch') desk.change({ kind: 'switched', mode: 'batch' });
      desk.change({ kind: 'batch-typed', text });
      setSays(`Taken from ${name.slice(0, 100)}: ${size(text.length)}.`);
    };
    if (isBlank(desk.draft())) return run();
    setQuestion({
      title: 'Replace the draft?',
      text: `What is in the draft would be replaced by "${name.slice(0, 100)}".`,
      yes: 'Replace the draft',
      run: () => withUndo(desk, 'The draft was replaced', run),
    });
  };
  useEffect(() => {
    if (handed === null) return;
    handedTaken();
    takeBatch(handed.name, handed.text);
    // What takes it is new at every render; it is taken once.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [handed, handedTaken]);
  const chooseFile = (): void => {
    tidemark
      .eventsPickBatch({})
      .then(
        (reply) => {
          const file = replyValue(reply);
          setError(null);
          if (file) takeBatch(file.name, file.text);
        },
        (failure: unknown) => setError(failure),
      )
      .catch((failure: unknown) => setError(failure));
  };
  const dropFile = (file: File): void => {
    void readDropped(file).then(
      (text) => (setError(null), takeBatch(file.name, text)),
      (failure: unknown) => setError(failure),
    );
  };
  const layOut = (lay: (text: string) => string): void => {
    form.current?.flush();
    const { mode, one, batch } = desk.draft();
    if (mode === 'one') desk.change({ kind: 'typed', one: { data: laidOut(one.data, lay), metadata: laidOut(one.metadata, lay) } });
    else desk.change({ kind: 'batch-typed', text: laidOutBatch(batch, lay) });
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
  const shownReview = progress.stage === 'review' && stage === 'review' ? progress.review : null;
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

      <Notices {...{ open, store, topic, isGone, isOther, blank, desk }} onTakeOver={onTakeOver} />

      <Group orientation="horizontal" id="append" className={styles['body']}>
        <Panel id="append-editor" minSize={360}>
          {shownReview ? (
            <div ref={review} className={styles['left']} tabIndex={-1} role="group" aria-label="What will be stored">
              {error === null ? null : (
                <Trouble
                  {...{ error, topic, refusal }}
                  hasOwnIds={shownReview.ownIds > 0}
                  isBusy={isBusy}
                  onRebase={(version) => (desk.change({ kind: 'expected', version }), setError(null), review.current?.focus())}
                  onRetry={next}
                  onEdit={edit}
                  onNewIds={() => {
                    desk.change({ kind: 'reviewed', ids: idsFor(shownReview.events, null, Date.now()) });
                    setProgress({ stage: 'draft' });
                    setError(null);
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
      {question ? <AskBeforeLosing question={question} onClose={() => setQuestion(null)} /> : null}
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

const sentenceOf = ({ field, line, column, message }: Finding): string =>
  `${field === 'batch' ? '' : `${field}, `}line ${line}, column ${column}: ${message}`.replace(/^./, (first) => first.toUpperCase());

function appended(
  events: number,
  first: number,
  last: number,
  replayed: boolean,
): { readonly title: string; readonly description?: string } {
  const versions = first === last ? `version ${count(last)}` : `versions ${count(first)} to ${count(last)}`;
  if (replayed) {
    return {
      title: `${plural(events, 'event was', 'events were')} already there, ${versions}`,
      description: 'Nothing was written a second time.',
    };
  }
  return { title: `Appended ${plural(events, 'event')}, ${versions}` };
}

/** Does what loses a draft, and offers it back. */
function withUndo(desk: DraftDesk, title: string, run: () => void): void {
  const before = desk.draft();
  run();
  showToast({ title, action: { label: 'Undo', run: () => desk.replace(before) } });
}

/** @throws Error for a file that is larger than what is taken, or no text. */
async function readDropped(file: File): Promise<string> {
  if (file.size > MAX_BATCH_BYTES) {
    throw new Error(`"${file.name.slice(0, 100)}" is larger than 16 MB. "tidemark append" on the command line takes more.`);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(await file.arrayBuffer());
  } catch {
    throw new Error(`"${file.name.slice(0, 100)}" is not UTF-8 text.`);
  }
}

/** Laid out anew where it is JSON; as it is where it is not. */
const laidOut = (text: string, lay: (json: string) => string): string =>
  text.trim() === '' || jsonFault(text) !== null ? text : lay(text);

/** An array as a whole; events one a line stay one a line. */
function laidOutBatch(text: string, lay: (json: string) => string): string {
  if (text.trimStart().startsWith('[')) return laidOut(text, lay);
  return text
    .split('\n')
    .map((line) => laidOut(line, minifyJson))
    .join('\n');
}

const STEPS = ['Draft', 'Validate', 'Review', 'Append'] as const;

function Steps({ stage, isBusy }: { readonly stage: Stage; readonly isBusy: boolean }): ReactNode {
  const at = stage === 'draft' ? 0 : stage === 'valid' ? 1 : isBusy ? 3 : 2;
  return (
    <ol className={styles['steps']} aria-label="Steps">
      {STEPS.map((step, index) => (
        <li
          key={step}
          aria-current={index === at ? 'step' : undefined}
          className={index < at || (index === 1 && at === 1) ? styles['done'] : undefined}
        >
          {index < at || (index === 1 && at === 1) ? (
            <Check size={12} strokeWidth={2.5} aria-hidden />
          ) : (
            <span aria-hidden>{index + 1}</span>
          )}
          {step}
        </li>
      ))}
    </ol>
  );
}

function KeptMark({ open }: { readonly open: OpenDraft }): ReactNode {
  if (open.trouble !== null) {
    return (
      <Badge tone="danger" title={open.trouble}>
        Draft is not kept
      </Badge>
    );
  }
  if (open.kept === 'nothing') return null;
  return (
    <Badge title="It lies on this machine, beside your settings, and comes back after a restart">
      {open.kept === 'yes' ? 'Draft kept' : 'Draft…'}
    </Badge>
  );
}

interface NoticesProps {
  readonly open: OpenDraft;
  readonly store: StoreInfo;
  readonly topic: TopicRow;
  readonly isGone: boolean;
  readonly isOther: boolean;
  readonly blank: boolean;
  readonly desk: DraftDesk;
  readonly onTakeOver: () => Promise<void>;
}

/** What happened to the draft or its topic that the person did not do. */
function Notices({ open, store, topic, isGone, isOther, blank, desk, onTakeOver }: NoticesProps): ReactNode {
  const [isNoteRead, setNoteRead] = useState(false);
  const others = useDraftPlaces(store.path).filter((place) => place.topic === topic.name && place.incarnation !== topic.incarnation);
  const earlier = !isOther && !isGone && blank ? others[0] : undefined;
  return (
    <div className={styles['notices']}>
      {open.note !== null && !isNoteRead ? (
        <div role="alert" className={styles['notice']}>
          <span>{visibleText(open.note)}</span>
          <Button onClick={() => setNoteRead(true)}>Understood</Button>
        </div>
      ) : null}
      {open.trouble === null ? null : (
        <div role="alert" className={styles['notice']}>
          <span>{visibleText(open.trouble)}</span>
        </div>
      )}
      {isGone ? (
        <div role="alert" className={styles['notice']}>
          <span>
            <span className="mono">TOPIC_NOT_FOUND</span> This topic was deleted. The draft is kept; it can go on if the topic is made
            again.
          </span>
          <Button onClick={() => copyText(draftAsText(desk.draft()))}>Copy the draft</Button>
        </div>
      ) : null}
      {isOther && !isGone ? (
        <div role="alert" className={styles['notice']}>
          <span>
            <span className="mono">TOPIC_NOT_FOUND</span> This topic was deleted and made again since the draft began. The new one is at
            version {topic.latestVersion ?? 0}.
          </span>
          <Button onClick={() => void onTakeOver()}>Take the draft to the new topic</Button>
        </div>
      ) : null}
      {earlier ? (
        <div role="status" className={styles['notice']}>
          <span>A draft for an earlier topic of this name is kept.</span>
          <Button
            onClick={() =>
              void takeDraft({ store: store.path, ...earlier }).then((draft) => {
                if (draft) desk.replace({ ...draft, expected: topic.latestVersion ?? 0, ids: null });
              })
            }
          >
            Take it over
          </Button>
        </div>
      ) : null}
    </div>
  );
}

const draftAsText = ({ mode, one, batch }: Draft): string => (mode === 'batch' ? batch : JSON.stringify(one, null, 2));
