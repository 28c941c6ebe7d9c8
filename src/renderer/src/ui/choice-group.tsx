import type { ReactNode } from 'react';
import styles from './choice-group.module.css';

interface ChoiceGroupProps<Name extends string> {
  /** What is chosen, read out. */
  readonly label: string;
  readonly choices: readonly { readonly name: Name; readonly content: ReactNode; readonly title?: string }[];
  readonly current: Name;
  readonly onChoose: (name: Name) => void;
}

/** A few ways to see the same thing, one of them on. */
export function ChoiceGroup<Name extends string>({ label, choices, current, onChoose }: ChoiceGroupProps<Name>): ReactNode {
  return (
    <div className={styles['group']} role="group" aria-label={label}>
      {choices.map(({ name, content, title }) => (
        <button key={name} type="button" aria-pressed={name === current} title={title} onClick={() => onChoose(name)}>
          {content}
        </button>
      ))}
    </div>
  );
}
