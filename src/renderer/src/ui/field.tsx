import { useId, type InputHTMLAttributes, type ReactNode, type TextareaHTMLAttributes } from 'react';
import styles from './controls.module.css';

interface FieldProps {
  readonly label: string;
  readonly hint?: string | undefined;
  /** What is wrong with the value, said next to it. */
  readonly fault?: string | null | undefined;
}

export function TextField({ label, hint, fault, ...input }: FieldProps & InputHTMLAttributes<HTMLInputElement>): ReactNode {
  const id = useId();
  return (
    <div className={styles['field']}>
      <label className={styles['label']} htmlFor={id}>
        {label}
      </label>
      <input
        id={id}
        className={styles['input']}
        aria-invalid={Boolean(fault)}
        aria-describedby={`${id}-note`}
        spellCheck={false}
        {...input}
      />
      <Note id={`${id}-note`} hint={hint} fault={fault} />
    </div>
  );
}

export function TextArea({ label, hint, fault, ...input }: FieldProps & TextareaHTMLAttributes<HTMLTextAreaElement>): ReactNode {
  const id = useId();
  return (
    <div className={styles['field']}>
      <label className={styles['label']} htmlFor={id}>
        {label}
      </label>
      <textarea
        id={id}
        className={styles['input']}
        aria-invalid={Boolean(fault)}
        aria-describedby={`${id}-note`}
        spellCheck={false}
        {...input}
      />
      <Note id={`${id}-note`} hint={hint} fault={fault} />
    </div>
  );
}

function Note({
  id,
  hint,
  fault,
}: {
  readonly id: string;
  readonly hint: string | undefined;
  readonly fault: string | null | undefined;
}): ReactNode {
  return (
    <p id={id} className={fault ? styles['fault'] : styles['hint']}>
      {fault ?? hint}
    </p>
  );
}
