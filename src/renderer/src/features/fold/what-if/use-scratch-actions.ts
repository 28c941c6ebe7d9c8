import { useState } from 'react';
import { replyValue } from '../../../../../shared/ipc/api.ts';
import { MAX_BATCH_BYTES } from '../../../../../shared/ipc/contract/events.ts';
import { MAX_SCRATCH_CHANGES } from '../../../../../shared/ipc/contract/folds.ts';
import { errorFacts } from '../../../../../shared/model/errors.ts';
import type { ScratchEvent } from '../../../../../shared/model/fold.ts';
import { tidemark } from '../../../api/tidemark.ts';
import { addedEvents, type ScratchDesk, type ScratchRun } from '../../../api/what-if.ts';
import { loadWhole } from '../../../api/whole-event.ts';
import { runCommand, useCommands } from '../../../commands/command-table.ts';
import { usePlace } from '../../../state/place.ts';
import { count, plural, size } from '../../../ui/format.ts';
import { showToast } from '../../../ui/toasts.tsx';
import {
  addBefore,
  changesOf,
  countsOf,
  editAt,
  entryOf,
  moveAt,
  rowOf,
  rowsOf,
  skipAt,
  takeBackAt,
  type Entry,
  type Step,
} from './layout.ts';
import { eventTexts, MOST_TEXT, type EventTexts } from './scratch-event.ts';
import { goToRow, isUntouched, keepStep, throwScratchAway, turnBack, type Scratch } from './scratches.ts';

/** An event that is being written. */
export interface Writing {
  readonly title: string;
  readonly action: string;
  readonly first: EventTexts;
  readonly done: (event: ScratchEvent) => void;
}

interface Given {
  readonly topic: string;
  readonly key: string;
  readonly scratch: Scratch | undefined;
  readonly run: ScratchRun;
  readonly desk: ScratchDesk;
  /** Why nothing can be appended to the topic; null when it can. */
  readonly refusal: string | null;
  readonly onClose: () => void;
}

export interface ScratchActions {
  readonly writing: Writing | null;
  readonly endWriting: () => void;
  readonly isAsking: boolean;
  readonly throwAway: () => void;
  readonly keep: () => void;
  readonly added: number;
  /** Of the event that the cursor is on. */
  readonly edit: () => void;
  /** Opens main's copy again, with all that was done. */
  readonly reopen: () => void;
}

/** What a person can do to a scratch history, as commands. */
export function useScratchActions({ topic, key, scratch, run, desk, refusal, onClose }: Given): ScratchActions {
  const [writing, setWriting] = useState<Writing | null>(null);
  const [isAsking, setAsking] = useState(false);
  const layout = scratch?.layout ?? null;
  const row = scratch?.row ?? 0;
  const entry = layout && entryOf(layout, row);
  const added = layout ? countsOf(layout).added : 0;

  const take = (step: Step | null): void => {
    if (!step) return;
    if (changesOf(step.layout).length > MAX_SCRATCH_CHANGES) {
      showToast({ title: `A what-if takes ${count(MAX_SCRATCH_CHANGES)} changes`, description: 'This would be one too many.' });
      return;
    }
    keepStep(key, step);
    if (step.change === 'again') desk.open(changesOf(step.layout));
    else if (step.change !== 'same') desk.change(step.change);
  };
  const turn = (way: 'undo' | 'redo'): void => {
    const to = turnBack(key, way);
    if (to) desk.open(changesOf(to));
  };
  const failed = (error: unknown): void => showToast({ title: 'It could not be done', description: errorFacts(error).message });

  const edit = async (of: Entry): Promise<void> => {
    if (!layout) return;
    const event = of.event ?? (await readVersion(topic, of.origin ?? 0));
    const what = of.origin === null ? 'the Added Event' : `Version ${count(of.origin)}`;
    setWriting({
      title: `Edit ${what} in the Scratch Copy`,
      action: 'Edit',
      first: eventTexts(event),
      done: (next) => take(editAt(layout, row, next)),
    });
  };
  const add = async (at: number): Promise<void> => {
    if (!layout) return;
    const beside = entry ? (entry.event ?? (await readTime(topic, entry.origin ?? 0))) : null;
    const timestamp = beside?.timestamp ?? BigInt(Date.now()) * 1_000_000n;
    setWriting({
      title: 'Add an Event to the Scratch Copy',
      action: 'Add',
      first: { type: '', data: '{}', metadata: '', timestamp: timestamp.toString() },
      done: (event) => take(addBefore(layout, at, event)),
    });
  };
  const hand = async (): Promise<void> => {
    const text = await addedEvents(run);
    if (text.length > MAX_BATCH_BYTES)
      throw new Error(`The added events are ${size(text.length)} long; a batch is at most ${size(MAX_BATCH_BYTES)}.`);
    usePlace.getState().go({ view: 'append', topic, handed: { name: `${plural(added, 'added event')} of the what-if`, text } });
  };
  const seek = async (which: 'next' | 'previous'): Promise<void> => {
    const { id } = run;
    const at = entry?.position ?? 0;
    if (id === null || !layout) return;
    const { version } =
      which === 'next'
        ? replyValue(await tidemark.foldNextFailing({ id, after: at }))
        : replyValue(await tidemark.foldPreviousFailing({ id, before: Math.max(1, at) }));
    if (version !== null) goToRow(key, rowOf(layout, { position: version }));
    else showToast({ title: which === 'next' ? 'No event after this one fails' : 'No event before this one fails' });
  };
  const throwAway = (): void => {
    throwScratchAway(key);
    onClose();
  };

  const noFailing = run.state && run.state.failing + run.state.unshown > 0 ? null : 'No event of the scratch copy fails.';
  const unready =
    run.error !== null
      ? 'The scratch copy could not be kept up; retry first.'
      : layout === null
        ? 'The scratch copy is being opened.'
        : null;
  const nobody = unready ?? (entry ? null : 'There is no event.');
  const unfolded = nobody ?? (entry?.isSkipped ? 'This event is skipped.' : null);
  const canMove = (by: 1 | -1): string | null =>
    unfolded ?? (layout && moveAt(layout, row, by) ? null : `It is the ${by === 1 ? 'last' : 'first'} one already.`);
  useCommands({
    'whatIf.skip': {
      run: () => entry && layout && take(entry.isSkipped ? takeBackAt(layout, row) : skipAt(layout, row)),
      refusal: nobody,
      checked: entry?.isSkipped ?? false,
    },
    'whatIf.edit': { run: () => void (entry && edit(entry).catch(failed)), refusal: unfolded },
    'whatIf.addBefore': { run: () => void add(row).catch(failed), refusal: unready },
    'whatIf.addAfter': { run: () => void add(layout && rowsOf(layout) > 0 ? row + 1 : 0).catch(failed), refusal: unready },
    'whatIf.moveUp': { run: () => layout && take(moveAt(layout, row, -1)), refusal: canMove(-1) },
    'whatIf.moveDown': { run: () => layout && take(moveAt(layout, row, 1)), refusal: canMove(1) },
    'whatIf.undo': { run: () => turn('undo'), refusal: scratch?.past.length ? null : 'Nothing was changed.' },
    'whatIf.redo': { run: () => turn('redo'), refusal: scratch?.future.length ? null : 'Nothing was undone.' },
    'whatIf.hand': {
      run: () => void hand().catch(failed),
      refusal:
        refusal ??
        unready ??
        (run.id === null ? 'The scratch copy is being opened.' : null) ??
        (added === 0 ? 'No event was added.' : null),
    },
    'whatIf.throwAway': { run: () => (!scratch || isUntouched(scratch) ? throwAway() : setAsking(true)) },
    'fold.run': { run: () => {}, refusal: 'Go back to the fold to run it.' },
    'fold.bisect': { run: () => {}, refusal: 'Go back to the fold to look for it.' },
    'fold.nextFailing': { run: () => void seek('next').catch(failed), refusal: noFailing },
    'fold.previousFailing': { run: () => void seek('previous').catch(failed), refusal: noFailing },
    'fold.whatIf': { run: () => {}, refusal: 'It is on the screen already.' },
    'fold.stop': { run: desk.stop, refusal: run.state?.status === 'folding' ? null : 'Nothing is being folded.' },
  });

  return {
    writing,
    endWriting: () => setWriting(null),
    isAsking,
    throwAway,
    keep: () => setAsking(false),
    added,
    edit: () => void runCommand('whatIf.edit'),
    reopen: () => desk.open(layout ? changesOf(layout) : []),
  };
}

async function readTime(topic: string, version: number): Promise<{ readonly timestamp: bigint } | null> {
  const { rows } = replyValue(await tidemark.eventsPage({ topic, direction: 'forward', cursor: version - 1, limit: 1 }));
  return rows.find((found) => found.version === version) ?? null;
}

async function readVersion(topic: string, version: number): Promise<ScratchEvent> {
  const detail = replyValue(await tidemark.eventsGet({ topic, version }));
  if (Math.max(detail.dataTotal, detail.metadataTotal) > MOST_TEXT)
    throw new Error(`Events of more than ${size(MOST_TEXT)} are not edited here.`);
  return loadWhole(topic, detail, new AbortController().signal);
}
