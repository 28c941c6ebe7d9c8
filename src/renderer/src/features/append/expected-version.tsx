import { useId, type ReactNode } from 'react';
import { Button } from '../../ui/button.tsx';
import controls from '../../ui/controls.module.css';
import { count, plural } from '../../ui/format.ts';
import styles from './append-view.module.css';

interface ExpectedVersionProps {
  /** Null: any; NaN while a person is typing it. */
  readonly expected: number | null;
  readonly latest: number;
  readonly onChange: (expected: number | null) => void;
}

/** The version that the topic must have when the draft is appended, and what follows from it. */
export function ExpectedVersion({ expected, latest, onChange }: ExpectedVersionProps): ReactNode {
  const id = useId();
  const behind = expected === null ? 0 : latest - expected;
  return (
    <fieldset className={styles['expected']} aria-describedby={`${id}-note`}>
      <legend className={controls['label']}>Expected version</legend>
      <label className={styles['check']}>
        <input type="radio" name={id} checked={expected !== null} onChange={() => onChange(latest)} />
        exactly
      </label>
      <input
        type="number"
        aria-label="Expected version"
        min={0}
        step={1}
        className={controls['input']}
        disabled={expected === null}
        value={expected === null || Number.isNaN(expected) ? '' : expected}
        aria-invalid={Number.isNaN(expected)}
        onChange={({ target }) => onChange(target.value === '' ? Number.NaN : Math.max(0, Math.trunc(Number(target.value))))}
      />
      <label className={styles['check']}>
        <input type="radio" name={id} checked={expected === null} onChange={() => onChange(null)} />
        any
      </label>
      <p id={`${id}-note`} className={Number.isNaN(expected) ? controls['fault'] : controls['hint']}>
        {consequence(expected, latest)}
      </p>
      {behind > 0 ? (
        <p className={styles['behind']}>
          {plural(behind, 'event was', 'events were')} appended since the draft began.
          <Button onClick={() => onChange(latest)}>Expect {count(latest)}</Button>
        </p>
      ) : null}
    </fieldset>
  );
}

function consequence(expected: number | null, latest: number): string {
  if (Number.isNaN(expected)) return 'A whole number from 0, or "any".';
  if (expected === null) return 'Appends after whatever was written meanwhile: nobody checks that it still makes sense.';
  if (expected > latest) return `The topic is at version ${latest}: nothing is appended until it is at ${expected}.`;
  return 'Nothing is appended if someone was faster; you are shown what they wrote.';
}
