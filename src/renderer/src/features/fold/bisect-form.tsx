import { useId, useState, type FormEvent, type ReactNode, type Ref } from 'react';
import { replyValue } from '../../../../shared/ipc/api.ts';
import type { BisectAnswer } from '../../../../shared/model/fold.ts';
import { errorFacts } from '../../../../shared/model/errors.ts';
import { stopFold } from '../../api/fold-run.ts';
import { tidemark } from '../../api/tidemark.ts';
import { startJob } from '../../state/jobs.ts';
import { Button } from '../../ui/button.tsx';
import controls from '../../ui/controls.module.css';
import { count } from '../../ui/format.ts';
import { visibleText } from '../../ui/visible-text.tsx';
import styles from './fold-view.module.css';
import { bisectText } from './fold-words.ts';

type Asked =
  | { readonly kind: 'asking' }
  | { readonly kind: 'answer'; readonly answer: BisectAnswer }
  | { readonly kind: 'refused'; readonly reason: string };

interface BisectFormProps {
  readonly id: string;
  /** Where the person is. */
  readonly at: number;
  readonly field: Ref<HTMLInputElement>;
  /** Why nothing can be asked now; null when it can. */
  readonly refusal: string | null;
  readonly onGo: (version: number) => void;
}

/** The first version after which a condition holds. */
export function BisectForm({ id, at, field, refusal, onGo }: BisectFormProps): ReactNode {
  const answerId = useId();
  const [condition, setCondition] = useState('');
  const [isMonotone, setMonotone] = useState(false);
  const [asked, setAsked] = useState<Asked | null>(null);
  const isAsking = asked?.kind === 'asking';

  const ask = async (): Promise<void> => {
    setAsked({ kind: 'asking' });
    const job = startJob({ title: 'Looking for where a condition begins', cancel: stopFold });
    try {
      const answer = replyValue(await tidemark.foldBisect({ id, condition, monotone: isMonotone }));
      job.end();
      setAsked({ kind: 'answer', answer });
      if (answer.version !== null) onGo(answer.version);
    } catch (error) {
      const { code, message } = errorFacts(error);
      job.end(code === 'CANCELLED' ? 'cancelled' : 'failed');
      setAsked(code === 'CANCELLED' ? null : { kind: 'refused', reason: message });
    }
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!isAsking && refusal === null && condition.trim() !== '') void ask();
  };
  const version = asked?.kind === 'answer' ? asked.answer.version : null;
  return (
    <form className={styles['bisect']} onSubmit={submit} aria-label="Bisect">
      <label className={styles['condition']}>
        <span>First where</span>
        <input
          ref={field}
          className={`${controls['input']} mono`}
          placeholder="state.balance < 0"
          value={condition}
          spellCheck={false}
          autoComplete="off"
          aria-label="Condition on the state"
          aria-describedby={answerId}
          aria-invalid={asked?.kind === 'refused'}
          onChange={({ target }) => setCondition(target.value)}
        />
      </label>
      <label
        className={styles['check']}
        title="Then it is looked for by halves among the states that were kept: faster, and right only if it is so"
      >
        <input type="checkbox" checked={isMonotone} onChange={({ target }) => setMonotone(target.checked)} /> Once true, it stays true
      </label>
      {isAsking ? (
        <Button onClick={stopFold}>Stop Looking</Button>
      ) : (
        <Button type="submit" disabled={refusal !== null || condition.trim() === ''} title={refusal ?? undefined}>
          Find
        </Button>
      )}
      <p id={answerId} role="status" className={asked?.kind === 'refused' ? styles['trouble'] : styles['note']}>
        {asked === null
          ? null
          : asked.kind === 'asking'
            ? 'Looking…'
            : visibleText(asked.kind === 'refused' ? asked.reason : bisectText(asked.answer))}
      </p>
      {version === null || version === at ? null : (
        <Button look="quiet" onClick={() => onGo(version)}>
          Go to {count(version)}
        </Button>
      )}
    </form>
  );
}
