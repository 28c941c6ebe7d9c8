import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { replyValue } from '../../../../shared/ipc/api.ts';
import type { TrashedRef } from '../../../../shared/ipc/contract/topics.ts';
import { copyText } from '../../api/copy.ts';
import { tidemark } from '../../api/tidemark.ts';
import { useTrash } from '../../api/topics.ts';
import { usePlace } from '../../state/place.ts';
import { AlertDialog } from '../../ui/alert-dialog.tsx';
import { Button } from '../../ui/button.tsx';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { count } from '../../ui/format.ts';
import { showToast } from '../../ui/toasts.tsx';
import { sameTrashed } from './trash-view.tsx';
import { TypeTheName } from './type-the-name.tsx';
import { isTypedName, quotedName } from './typed-name.ts';

/** Removes a topic in the trash for good. */
export function PurgeTopicDialog({ path, trashed }: { readonly path: string; readonly trashed: TrashedRef }): ReactNode {
  const openDialog = usePlace((state) => state.openDialog);
  const client = useQueryClient();
  const [typed, setTyped] = useState('');
  const row = useTrash(path).data?.find((entry) => sameTrashed(entry, trashed)) ?? null;
  const { entry, topic, adapter, connection } = trashed;
  const purge = useMutation({
    mutationFn: async () => replyValue(await tidemark.topicsPurge({ entry, topic, adapter, connection })),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['trash'] });
      openDialog(null);
      showToast({ title: `Purged ${quotedName(topic)}`, description: 'Its events are gone for good.' });
    },
  });
  const isReady = isTypedName(topic, typed) && !purge.isPending;
  const act = (): void => {
    if (isReady) purge.mutate();
  };
  const holds =
    row === null || row.latestVersion === 0 ? 'It holds no events.' : `It holds events up to version ${count(row.latestVersion)}.`;
  return (
    <AlertDialog
      title={`Purge ${quotedName(topic)} for good?`}
      description={`${holds} They are removed from the disk and cannot be brought back. The configuration history keeps that the topic existed.`}
      onCancel={() => openDialog(null)}
      action={
        <Button look="danger" disabled={!isReady} onClick={act}>
          Purge for good
        </Button>
      }
    >
      <TypeTheName name={topic} value={typed} onChange={setTyped} onEnter={act} />
      {purge.error ? <ErrorPanel error={purge.error} onCopy={copyText} /> : null}
    </AlertDialog>
  );
}
