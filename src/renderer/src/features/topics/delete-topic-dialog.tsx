import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { replyValue } from '../../../../shared/ipc/api.ts';
import type { TopicEntry, TrashedRef } from '../../../../shared/ipc/contract/topics.ts';
import { errorFacts } from '../../../../shared/model/errors.ts';
import { copyText } from '../../api/copy.ts';
import { tidemark } from '../../api/tidemark.ts';
import { useSummary } from '../../api/topics.ts';
import { usePlace, usePlaceParts } from '../../state/place.ts';
import { AlertDialog } from '../../ui/alert-dialog.tsx';
import { Button } from '../../ui/button.tsx';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { count, plural } from '../../ui/format.ts';
import { showToast } from '../../ui/toasts.tsx';
import { TypeTheName } from './type-the-name.tsx';
import { isTypedName, quotedName } from './typed-name.ts';

interface DeleteTopicDialogProps {
  readonly path: string;
  /** The topic that was on the screen when the person asked; null where it is gone, or another one has its name. */
  readonly topic: TopicEntry | null;
  readonly name: string;
  readonly topics: readonly TopicEntry[];
}

/** Deletes a topic whose name was typed. Its data goes to the trash, and the message that says so can bring it back. */
export function DeleteTopicDialog({ path, topic, name, topics }: DeleteTopicDialogProps): ReactNode {
  const { openDialog, go } = usePlaceParts('openDialog', 'go');
  const client = useQueryClient();
  const [typed, setTyped] = useState('');
  const remove = useMutation({
    mutationFn: async (incarnation: number) => replyValue(await tidemark.topicsDelete({ topic: name, incarnation })),
    onSuccess: async ({ trashed }) => {
      openDialog(null);
      const next = neighbour(topics, name);
      if (next !== null) go({ topic: next, view: 'events' });
      await client.invalidateQueries({ queryKey: ['topics'] });
      if (!trashed) {
        showToast({ title: `Deleted ${quotedName(name)}`, description: 'There was no data to keep, so the trash has nothing of it.' });
        return;
      }
      const undo = { label: 'Undo', run: () => void restore(trashed, () => client.invalidateQueries({ queryKey: ['topics'] })) };
      showToast({ title: `Deleted ${quotedName(name)}`, description: 'Its data is in the trash.', action: undo });
    },
  });
  const isReady = topic !== null && isTypedName(name, typed) && !remove.isPending;
  const act = (): void => {
    if (isReady) remove.mutate(topic.incarnation);
  };
  return (
    <AlertDialog
      title={`Delete ${quotedName(name)}?`}
      description="It leaves the list of topics. Its data goes to the trash, from where it can be restored until it is purged."
      onCancel={() => openDialog(null)}
      action={
        <Button look="danger" disabled={!isReady} onClick={act}>
          Delete topic
        </Button>
      }
    >
      {topic ? (
        <>
          <WhatItHolds path={path} topic={topic} />
          <TypeTheName name={name} value={typed} onChange={setTyped} onEnter={act} />
        </>
      ) : (
        <p role="alert">
          This topic was deleted, or deleted and made again, since you asked. Nothing will be deleted; look at the list again.
        </p>
      )}
      {remove.error ? <ErrorPanel error={remove.error} onCopy={copyText} /> : null}
    </AlertDialog>
  );
}

function WhatItHolds({ path, topic }: { readonly path: string; readonly topic: TopicEntry }): ReactNode {
  const { data } = useSummary(path, topic);
  if (!data || data.latestVersion === null)
    return <p>{data?.trouble ? 'Its repository cannot be read, so its data stays where it is.' : ' '}</p>;
  const { events, latestVersion } = data;
  const options = Object.keys(topic.options).length;
  return (
    <p>
      It holds {events === null ? `events up to version ${count(latestVersion)}` : plural(events, 'event')}
      {events !== null && events !== latestVersion ? ` (latest version ${count(latestVersion)})` : ''} and {plural(options, 'option')}.
    </p>
  );
}

async function restore(trashed: TrashedRef, refresh: () => Promise<void>): Promise<void> {
  try {
    const topic = replyValue(await tidemark.topicsRestore(trashed));
    await refresh();
    usePlace.getState().go({ topic: topic.name, view: 'events' });
    showToast({ title: `Restored ${quotedName(topic.name)}` });
  } catch (error) {
    const { code, message } = errorFacts(error);
    showToast({ title: `${quotedName(trashed.topic)} was not restored`, description: `${code}: ${message.slice(0, 300)}`, stays: 0 });
  }
}

/** What is on the screen after a topic is gone: the next one of the list, else the one before. */
function neighbour(topics: readonly TopicEntry[], name: string): string | null {
  const at = topics.findIndex((topic) => topic.name === name);
  const others = [...topics.slice(at + 1), ...topics.slice(0, Math.max(0, at)).toReversed()];
  return (others.find(({ reserved }) => !reserved) ?? others[0])?.name ?? null;
}
