import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent, type ReactNode } from 'react';
import { replyValue } from '../../../../shared/ipc/api.ts';
import type { TopicRow } from '../../../../shared/ipc/contract/topics.ts';
import { copyText } from '../../api/copy.ts';
import { tidemark } from '../../api/tidemark.ts';
import { usePlace } from '../../state/place.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { TextField } from '../../ui/field.tsx';

/** Makes a topic where the configuration topic is. */
export function NewTopicDialog({ topics }: { readonly topics: readonly TopicRow[] }): ReactNode {
  const { openDialog, go } = usePlace();
  const client = useQueryClient();
  const [name, setName] = useState('');
  const create = useMutation({
    mutationFn: async () => replyValue(await tidemark.topicsCreate({ name })),
    onSuccess: async (topic) => {
      await client.invalidateQueries({ queryKey: ['topics'] });
      openDialog(null);
      go({ view: 'events', topic: topic.name });
    },
  });
  const fault = nameFault(name, topics);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (name !== '' && fault === null) create.mutate();
  };
  return (
    <Dialog
      title="New topic"
      description="A topic is an append-only sequence of events. Creating it appends a TopicCreated event to the configuration."
      width={460}
      onClose={() => openDialog(null)}
      footer={
        <>
          <Button onClick={() => openDialog(null)}>Cancel</Button>
          <Button look="primary" type="submit" form="new-topic" disabled={name === '' || fault !== null || create.isPending}>
            Create topic
          </Button>
        </>
      }
    >
      <form id="new-topic" onSubmit={submit}>
        <TextField
          label="Name"
          hint="Letters, digits, dot, underscore, hyphen and inner spaces"
          fault={fault}
          value={name}
          autoFocus
          onChange={(event) => setName(event.target.value)}
        />
      </form>
      {create.error ? <ErrorPanel error={create.error} onCopy={copyText} /> : null}
    </Dialog>
  );
}

/** What can be said while typing; main has the last word. */
function nameFault(name: string, topics: readonly TopicRow[]): string | null {
  if (name === '') return null;
  if (topics.some((topic) => topic.name === name)) return 'A topic of this name exists already.';
  const folded = name.normalize('NFKC').toLowerCase();
  const similar = topics.find((topic) => topic.name.normalize('NFKC').toLowerCase() === folded);
  if (similar) return `Too close to “${similar.name}”: some systems take them for the same.`;
  if (/^\s|\s$/.test(name)) return 'A name cannot begin or end with a space.';
  const odd = /[^\p{L}\p{M}\p{Nd}._ -]/u.exec(name);
  if (odd) return `“${odd[0]}” cannot be in a name.`;
  return new TextEncoder().encode(name).length > 200 ? 'A name has at most 200 bytes.' : null;
}
