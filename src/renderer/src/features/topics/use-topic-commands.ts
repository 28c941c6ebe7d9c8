import type { StoreInfo } from '../../../../shared/ipc/contract/stores.ts';
import type { TopicEntry } from '../../../../shared/ipc/contract/topics.ts';
import type { Problem } from '../../../../shared/model/problem.ts';
import { copyText } from '../../api/copy.ts';
import { useCommands } from '../../commands/command-table.ts';
import { usePlaceParts } from '../../state/place.ts';

export const CONFIGURATION_IS_KEPT = 'The configuration topic is written by creating, changing and deleting topics only.';

/** What can be done with the store's topics, and with the one on the screen. */
export function useTopicCommands(store: StoreInfo, topic: TopicEntry | null, problems: readonly Problem[]): void {
  const { go, openDialog } = usePlaceParts('go', 'openDialog');
  const refusal = topicRefusal(store, topic);
  const isMissing = topic !== null && problems.some((problem) => problem.code === 'data-missing' && problem.topic === topic.name);
  const open = (kind: 'edit-topic' | 'delete-topic' | 'start-empty') => (): void => {
    if (topic) openDialog({ kind, topic: topic.name, incarnation: topic.incarnation });
  };
  useCommands({
    'topic.create': { run: () => openDialog({ kind: 'new-topic' }), refusal: readOnlyRefusal(store) },
    'topic.edit': { run: open('edit-topic'), refusal },
    'topic.delete': { run: open('delete-topic'), refusal },
    'topic.startEmpty': { run: open('start-empty'), refusal: refusal ?? (isMissing ? null : 'The data of this topic is not missing.') },
    'topic.copyName': { run: () => copyText(topic?.name ?? ''), refusal: topic ? null : 'Choose a topic first.' },
    'view.trash': { run: () => go({ view: 'trash' }) },
  });
}

export function readOnlyRefusal({ readOnly }: StoreInfo): string | null {
  return readOnly === null ? null : `Read-only: ${readOnly}`;
}

function topicRefusal(store: StoreInfo, topic: TopicEntry | null): string | null {
  if (topic === null) return 'Choose a topic first.';
  return readOnlyRefusal(store) ?? (topic.reserved ? CONFIGURATION_IS_KEPT : null);
}
