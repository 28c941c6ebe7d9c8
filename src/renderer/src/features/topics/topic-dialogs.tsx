import { useState, type ReactNode } from 'react';
import type { TopicEntry } from '../../../../shared/ipc/contract/topics.ts';
import { usePlace, type DialogState } from '../../state/place.ts';
import { DeleteTopicDialog } from './delete-topic-dialog.tsx';
import { EditTopicDialog } from './edit-topic-dialog.tsx';
import { NewTopicDialog } from './new-topic-dialog.tsx';
import { PurgeTopicDialog } from './purge-topic-dialog.tsx';
import { RestoreTopicDialog } from './restore-topic-dialog.tsx';
import { StartEmptyDialog } from './start-empty-dialog.tsx';

interface TopicDialogsProps {
  readonly path: string;
  readonly topics: readonly TopicEntry[];
}

/** The dialog of topics or of the trash that is open. */
export function TopicDialogs({ path, topics }: TopicDialogsProps): ReactNode {
  const dialog = usePlace((place) => place.dialog);
  switch (dialog?.kind) {
    case 'new-topic':
      return <NewTopicDialog path={path} topics={topics} />;
    case 'edit-topic':
      return <EditAsOpened key={`${dialog.topic} ${dialog.incarnation}`} path={path} topics={topics} dialog={dialog} />;
    case 'delete-topic': {
      const topic = topics.find(({ name, incarnation }) => name === dialog.topic && incarnation === dialog.incarnation) ?? null;
      return <DeleteTopicDialog path={path} topic={topic} name={dialog.topic} topics={topics} />;
    }
    case 'start-empty':
      return <StartEmptyDialog name={dialog.topic} incarnation={dialog.incarnation} />;
    case 'restore-topic':
      return <RestoreTopicDialog trashed={dialog.trashed} topics={topics} />;
    case 'purge-topic':
      return <PurgeTopicDialog path={path} trashed={dialog.trashed} />;
    default:
      return null;
  }
}

type EditState = Extract<DialogState, { readonly kind: 'edit-topic' | 'delete-topic' | 'start-empty' }>;

/** A form keeps the topic it was opened for, also when that is gone meanwhile. */
function EditAsOpened({ path, topics, dialog }: TopicDialogsProps & { readonly dialog: EditState }): ReactNode {
  const [topic] = useState(
    () => topics.find(({ name, incarnation }) => name === dialog.topic && incarnation === dialog.incarnation) ?? null,
  );
  return topic ? <EditTopicDialog path={path} topic={topic} topics={topics} /> : null;
}
