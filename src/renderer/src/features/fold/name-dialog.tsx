import { useState, type FormEvent, type ReactNode } from 'react';
import { MAX_FOLD_NAME_CHARS } from '../../../../shared/ipc/contract/folds.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';

interface NameDialogProps {
  readonly title: string;
  readonly action: string;
  readonly first: string;
  /** Names that are taken. */
  readonly taken: readonly string[];
  readonly onName: (name: string) => void;
  readonly onClose: () => void;
}

/** Asks for the name of a fold. */
export function NameDialog({ title, action, first, taken, onName, onClose }: NameDialogProps): ReactNode {
  const [name, setName] = useState(first);
  const wanted = name.trim();
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (wanted !== '') onName(wanted);
  };
  const replaces = wanted !== first && taken.includes(wanted);
  return (
    <Dialog
      title={title}
      description="Saved among your settings for this store; nothing is written into the store."
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" type="submit" form="fold-name" disabled={wanted === ''}>
            {replaces ? 'Replace' : action}
          </Button>
        </>
      }
    >
      <form id="fold-name" onSubmit={submit}>
        <TextField
          label="Name"
          hint={replaces ? 'A fold of this name is saved; it is replaced.' : 'Enter saves'}
          value={name}
          maxLength={MAX_FOLD_NAME_CHARS}
          autoComplete="off"
          onChange={({ target }) => setName(target.value)}
        />
      </form>
    </Dialog>
  );
}
