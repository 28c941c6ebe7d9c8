import { useRef, useState, type FormEvent, type ReactNode } from 'react';
import controls from '../../ui/controls.module.css';
import { count } from '../../ui/format.ts';
import styles from './events-view.module.css';

/** Goes to a version by its number. */
export function JumpBox({ latest, onJump }: { readonly latest: number; readonly onJump: (version: number) => void }): ReactNode {
  const [text, setText] = useState('');
  const input = useRef<HTMLInputElement>(null);
  const version = Number(text.replaceAll(/[,\s#]/g, ''));
  const wrong = text !== '' && !(Number.isSafeInteger(version) && version >= 1 && version <= latest);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (text === '' || wrong) return input.current?.select();
    onJump(version);
    setText('');
  };
  return (
    <form className={styles['jump']} onSubmit={submit}>
      <input
        ref={input}
        id="jump-to-version"
        className={controls['input']}
        inputMode="numeric"
        aria-label="Jump to version"
        aria-invalid={wrong}
        title={wrong ? `Versions go from 1 to ${count(latest)}` : 'Jump to version (Ctrl+G)'}
        placeholder="Version…"
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      {wrong ? (
        <span role="status" className={controls['fault']}>
          1 to {count(latest)}
        </span>
      ) : null}
    </form>
  );
}
