import { useId, useState, type FormEvent, type KeyboardEvent, type ReactNode, type Ref } from 'react';
import controls from './controls.module.css';
import styles from './timeline.module.css';

/** How what was typed is understood, and the step that is meant; or what is wrong with it. */
export type JumpAnswer = { readonly step: number; readonly says: string } | { readonly fault: string };

interface TimelineJumpProps {
  /** What the field is called, read out. */
  readonly label: string;
  /** What stands in it while nothing is typed. */
  readonly shown: string;
  readonly read: (typed: string) => JumpAnswer;
  readonly onGo: (step: number) => void;
  readonly ref?: Ref<HTMLInputElement> | undefined;
}

/** A field that goes to the step that is typed; Escape takes back what was typed. */
export function TimelineJump({ label, shown, read, onGo, ref }: TimelineJumpProps): ReactNode {
  const id = useId();
  const [typed, setTyped] = useState<string | null>(null);
  const answer = typed === null || typed.trim() === '' ? null : read(typed);
  const isWrong = answer !== null && 'fault' in answer;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (answer === null || 'fault' in answer) return;
    onGo(answer.step);
    setTyped(null);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || typed === null) return;
    setTyped(null);
    event.preventDefault();
  };
  return (
    <form onSubmit={submit} className={styles['jump']}>
      <input
        ref={ref}
        className={`${controls['input']} mono`}
        aria-label={label}
        aria-invalid={isWrong}
        aria-describedby={id}
        title={label}
        autoComplete="off"
        spellCheck={false}
        maxLength={200}
        value={typed ?? shown}
        onChange={(event) => setTyped(event.target.value)}
        onFocus={(event) => event.target.select()}
        onBlur={() => setTyped(null)}
        onKeyDown={onKeyDown}
      />
      <span
        id={id}
        role="status"
        className={`${styles['jumpNote']} ${isWrong ? controls['fault'] : controls['hint']}`}
        hidden={answer === null}
      >
        {answer === null ? '' : 'fault' in answer ? answer.fault : answer.says}
      </span>
    </form>
  );
}
