import { useId, type InputHTMLAttributes, type ReactNode, type Ref, type SelectHTMLAttributes } from 'react';
import styles from './controls.module.css';

interface FieldProps {
  readonly label: string;
  readonly hint?: string | undefined;
  /** What is wrong with the value, said next to it. */
  readonly fault?: string | null | undefined;
}

export function TextField({
  label,
  hint,
  fault,
  ...input
}: FieldProps & InputHTMLAttributes<HTMLInputElement> & { readonly ref?: Ref<HTMLInputElement> }): ReactNode {
  const { control, framed } = useField({ label, hint, fault });
  return framed(<input {...control} {...input} />);
}

/** One of a few choices; the options are its children. */
export function SelectField({ label, hint, fault, ...input }: FieldProps & SelectHTMLAttributes<HTMLSelectElement>): ReactNode {
  const { control, framed } = useField({ label, hint, fault });
  return framed(<select {...control} {...input} />);
}

/** What a control needs to belong to its label and note, and the frame that holds all three. */
function useField({ label, hint, fault }: FieldProps) {
  const id = useId();
  const control = {
    id,
    className: styles['input'],
    'aria-invalid': Boolean(fault),
    'aria-describedby': `${id}-note`,
    spellCheck: false,
  };
  const framed = (field: ReactNode): ReactNode => (
    <div className={styles['field']}>
      <label className={styles['label']} htmlFor={id}>
        {label}
      </label>
      {field}
      <p id={`${id}-note`} className={fault ? styles['fault'] : styles['hint']}>
        {fault ?? hint}
      </p>
    </div>
  );
  return { control, framed };
}
