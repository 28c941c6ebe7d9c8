import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useState, type RefObject } from 'react';
import type { TopicRow } from '../../../../shared/ipc/contract/topics.ts';
import { appendBatch } from '../../api/append.ts';
import { usePlaceParts } from '../../state/place.ts';
import { count, plural } from '../../ui/format.ts';
import { showToast } from '../../ui/toasts.tsx';
import { checkDraft, type Checked, type Finding } from './check-draft.ts';
import type { Draft } from './draft.ts';
import type { FormHandle } from './form-handle.ts';
import type { DraftDesk } from './open-drafts.ts';
import type { Progress, Stage } from './progress.ts';
import { idsFor, reviewOf, type Review } from './review.ts';
import { inSlices } from './slices.ts';
import { sameEvents, type useChecked } from './use-checked.ts';

interface DraftStepsOptions {
  readonly topic: TopicRow;
  readonly desk: DraftDesk;
  readonly draft: Draft;
  readonly form: RefObject<FormHandle | null>;
  /** What was found in the draft as it was then. */
  readonly found: ReturnType<typeof useChecked>;
  /** The Go original reads this topic too. */
  readonly goReads: boolean;
  /** Why nothing can be appended; null when it can. */
  readonly stop: string | null;
}

export interface DraftSteps {
  readonly stage: Stage;
  /** What is to be written; null before the review. */
  readonly review: Review | null;
  readonly error: unknown;
  readonly isBusy: boolean;
  /** The last thing said about the way. */
  readonly says: string;
  readonly say: (text: string) => void;
  readonly fail: (error: unknown) => void;
  /** The findings of a draft, those that are there already if it is the same. */
  readonly check: (draft: Draft) => Promise<Checked>;
  /** Validates, reviews or appends, whichever comes next. */
  readonly next: () => void;
  /** Back to the draft. */
  readonly edit: () => void;
  /** The same, with what was said and what went wrong left to be read. */
  readonly begin: () => void;
}

/** The way of a draft into its topic: validated, reviewed, appended. A change of its events takes it back to the beginning. */
export function useDraftSteps({ topic, desk, draft, form, found, goReads, stop }: DraftStepsOptions): DraftSteps {
  const { go, select, choose } = usePlaceParts('go', 'select', 'choose');
  const client = useQueryClient();
  const [progress, setProgress] = useState<Progress>({ stage: 'draft' });
  const [error, setError] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);
  const [says, setSays] = useState('');
  const stage: Stage = progress.stage !== 'draft' && sameEvents(progress.of, draft) ? progress.stage : 'draft';
  const begin = useCallback(() => setProgress({ stage: 'draft' }), []);

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
    // What went wrong before stays to be read, and keeps the focus that is in it, until there is an answer.
    setSays('Appending…');
    // The ids are on the disk before the batch is sent: whatever happens, sending it again is the same batch.
    await desk.flush();
    const { incarnation } = topic;
    try {
      const { expected } = desk.draft();
      const { first, last, replayed } = await appendBatch({ topic: topic.name, incarnation, expectedVersion: expected }, events);
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
      setSays('It failed. The draft is kept.');
    }
  };

  const next = (): void => {
    busy(async () => {
      if (stage === 'draft' || progress.stage === 'draft') return validate();
      if (progress.stage === 'valid') return startReview(progress.checked);
      if (stop === null && !Number.isNaN(draft.expected ?? 0)) return append(progress.review);
    });
  };
  const edit = (): void => {
    setProgress({ stage: 'draft' });
    setError(null);
    setSays('');
  };

  const review = progress.stage === 'review' && stage === 'review' ? progress.review : null;
  return { stage, review, error, isBusy, says, say: setSays, fail: setError, check, next, edit, begin };
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
