import { Copy } from 'lucide-react';
import type { ReactNode } from 'react';
import { copyText } from '../../api/copy.ts';
import { IconButton } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { visibleText } from '../../ui/visible-text.tsx';
import styles from './topic-dialogs.module.css';
import { nameToType } from './typed-name.ts';

interface TypeTheNameProps {
  readonly name: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly onEnter: () => void;
}

/** Asks for the topic's name, typed or copied and pasted, so that nothing is done to the wrong one. */
export function TypeTheName({ name, value, onChange, onEnter }: TypeTheNameProps): ReactNode {
  const phrase = nameToType(name);
  return (
    <>
      <div className={styles['typed']}>
        <span className={`${styles['name']} mono`}>{visibleText(phrase)}</span>
        <IconButton label="Copy the name" onClick={() => copyText(phrase)}>
          <Copy size={14} strokeWidth={1.75} aria-hidden />
        </IconButton>
      </div>
      <TextField
        label="Type the topic’s name to confirm"
        value={value}
        autoComplete="off"
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') onEnter();
        }}
      />
    </>
  );
}
