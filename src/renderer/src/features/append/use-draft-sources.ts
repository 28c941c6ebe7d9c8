import { useEffect, useState, type RefObject } from 'react';
import { replyValue } from '../../../../shared/ipc/api.ts';
import { tidemark } from '../../api/tidemark.ts';
import { usePlaceParts } from '../../state/place.ts';
import { size } from '../../ui/format.ts';
import type { Question } from './ask-before-losing.tsx';
import type { Checked } from './check-draft.ts';
import { isBlank, type Draft, type Mode } from './draft.ts';
import { readDropped } from './dropped-file.ts';
import type { FormHandle } from './form-handle.ts';
import type { DraftDesk } from './open-drafts.ts';
import { readWhole } from './suggestions.ts';
import { eventLike, planSwitch } from './switch-mode.ts';
import { withUndo } from './with-undo.ts';

interface DraftSourcesOptions {
  readonly topic: string;
  readonly desk: DraftDesk;
  readonly form: RefObject<FormHandle | null>;
  readonly check: (draft: Draft) => Promise<Checked>;
  /** The draft is another one now. */
  readonly onReplaced: () => void;
  readonly onSaid: (text: string) => void;
  readonly onError: (error: unknown) => void;
}

export interface DraftSources {
  /** Asked before something in the draft is lost. */
  readonly question: Question | null;
  readonly answered: () => void;
  readonly switchTo: (mode: Mode) => void;
  readonly chooseFile: () => void;
  readonly dropFile: (file: File) => void;
}

/** Where a draft comes from but the keyboard: an event to copy, a file, what another view hands over, the other form. */
export function useDraftSources({ topic, desk, form, check, onReplaced, onSaid, onError }: DraftSourcesOptions): DraftSources {
  const { template, templateCopied, handed, handedTaken } = usePlaceParts('template', 'templateCopied', 'handed', 'handedTaken');
  const [question, setQuestion] = useState<Question | null>(null);

  // A version to copy: into a blank draft at once, in the place of another one only when the person says so.
  useEffect(() => {
    if (template === null) return;
    templateCopied();
    void readWhole(topic, template).then(
      (event) => {
        const copy = (): void => {
          desk.change({ kind: 'copied', one: eventLike(event) });
          onReplaced();
          onSaid(`The draft begins as version ${template}, with a new id and the time of the append.`);
        };
        if (isBlank(desk.draft())) return copy();
        setQuestion({
          title: 'Replace the draft?',
          text: `There is a draft for this topic already. A copy of version ${template} would take its place.`,
          yes: 'Replace the draft',
          run: () => withUndo(desk, 'The draft was replaced', copy),
        });
      },
      (failure: unknown) => onError(failure),
    );
  }, [template, templateCopied, topic, desk, onReplaced, onSaid, onError]);

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
      onSaid(`Taken from ${name.slice(0, 100)}: ${size(text.length)}.`);
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
          onError(null);
          if (file) takeBatch(file.name, file.text);
        },
        (failure: unknown) => onError(failure),
      )
      .catch((failure: unknown) => onError(failure));
  };
  const dropFile = (file: File): void => {
    void readDropped(file).then(
      (text) => (onError(null), takeBatch(file.name, text)),
      (failure: unknown) => onError(failure),
    );
  };

  return { question, answered: () => setQuestion(null), switchTo, chooseFile, dropFile };
}
