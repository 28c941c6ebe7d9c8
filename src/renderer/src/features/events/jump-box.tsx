import { useId, useRef, useState, type FormEvent, type KeyboardEvent, type ReactNode, type Ref } from 'react';
import { useSettings } from '../../api/settings.ts';
import controls from '../../ui/controls.module.css';
import styles from './events-view.module.css';
import { parseJumpTarget, type JumpTarget } from './jump-target.ts';

export type JumpPlace = Extract<JumpTarget, { readonly kind: 'version' | 'time' }>;

interface JumpBoxProps {
  readonly ref: Ref<HTMLInputElement>;
  readonly latest: number;
  readonly onJump: (target: JumpPlace) => void;
  readonly onLeave: () => void;
}

/** Goes to a version or a time, and says while typing how it is understood or what is wrong. */
export function JumpBox({ ref, latest, onJump, onLeave }: JumpBoxProps): ReactNode {
  const id = useId();
  const form = useRef<HTMLFormElement>(null);
  const [text, setText] = useState('');
  const { times } = useSettings();
  const [now, setNow] = useState(0);
  const target = parseJumpTarget(text, { latest, zone: times === 'utc' ? 'utc' : 'local', now });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (target.kind === 'version' || target.kind === 'time') {
      onJump(target);
      setText('');
    } else form.current?.querySelector('input')?.select();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    if (text === '') onLeave();
    setText('');
    event.preventDefault();
  };
  const note = target.kind === 'wrong' ? target.fault : target.kind === 'empty' ? '' : target.says;
  return (
    <form ref={form} className={styles['jump']} onSubmit={submit}>
      <input
        ref={ref}
        className={controls['input']}
        aria-label="Jump to version or time"
        aria-invalid={target.kind === 'wrong'}
        aria-describedby={id}
        title="Go to a version or a time (Ctrl+G)"
        placeholder="Version or time…"
        autoComplete="off"
        spellCheck={false}
        maxLength={200}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setNow(Date.now());
        }}
        onKeyDown={onKeyDown}
      />
      <span
        id={id}
        role="status"
        className={`${styles['jumpNote']} ${target.kind === 'wrong' ? controls['fault'] : controls['hint']}`}
        hidden={note === ''}
      >
        {note}
      </span>
    </form>
  );
}
