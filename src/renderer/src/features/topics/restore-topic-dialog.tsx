import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent, type ReactNode } from 'react';
import { replyValue } from '../../../../shared/ipc/api.ts';
import type { TopicEntry, TrashedRef } from '../../../../shared/ipc/contract/topics.ts';
import { copyText } from '../../api/copy.ts';
import { tidemark } from '../../api/tidemark.ts';
import { usePlaceParts } from '../../state/place.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { TextField } from '../../ui/field.tsx';
import { showToast } from '../../ui/toasts.tsx';
import { nameFault } from './name-fault.ts';
import { quotedName } from './typed-name.ts';

/** Brings a topic back from the trash, under its own name or another one. */
export function RestoreTopicDialog({
  trashed,
  topics,
}: {
  readonly trashed: TrashedRef;
  readonly topics: readonly TopicEntry[];
}): ReactNode {
  const { openDialog, go } = usePlaceParts('openDialog', 'go');
  const client = useQueryClient();
  const [name, setName] = useState(trashed.topic);
  const isOwn = name === trashed.topic;
  const restore = useMutation({
    mutationFn: async () => replyValue(await tidemark.topicsRestore({ ...trashed, ...(isOwn ? {} : { name }) })),
    onSuccess: async (topic) => {
      await client.invalidateQueries({ queryKey: ['topics'] });
      openDialog(null);
      go({ view: 'events', topic: topic.name });
      showToast({ title: `Restored ${quotedName(topic.name)}` });
    },
  });
  const isTaken = topics.some((topic) => topic.name === name);
  // A name that it had is good enough for it, whatever a new one would have to be.
  const fault = isTaken
    ? 'A topic of this name exists already (TOPIC_ALREADY_EXISTS). Choose another name.'
    : isOwn
      ? null
      : nameFault(name, topics);
  const isReady = name !== '' && fault === null && !restore.isPending;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (isReady) restore.mutate();
  };
  return (
    <Dialog
      title={`Restore ${quotedName(trashed.topic)}`}
      description="Its data leaves the trash, and a TopicCreated event that says where it came from is appended to the configuration."
      width={480}
      onClose={() => openDialog(null)}
      footer={
        <>
          <Button onClick={() => openDialog(null)}>Cancel</Button>
          <Button look="primary" type="submit" form="restore-topic" disabled={!isReady}>
            Restore
          </Button>
        </>
      }
    >
      <form id="restore-topic" onSubmit={submit}>
        <TextField
          label="Name"
          hint={isOwn ? 'The name it had' : `It was called ${quotedName(trashed.topic)}`}
          fault={fault}
          value={name}
          autoFocus
          autoComplete="off"
          onChange={(event) => {
            setName(event.target.value);
            restore.reset();
          }}
        />
      </form>
      {restore.error ? <ErrorPanel error={restore.error} onCopy={copyText} /> : null}
    </Dialog>
  );
}
