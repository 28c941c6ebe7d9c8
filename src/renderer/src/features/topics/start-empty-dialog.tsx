import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { replyValue } from '../../../../shared/ipc/api.ts';
import { copyText } from '../../api/copy.ts';
import { tidemark } from '../../api/tidemark.ts';
import { usePlace } from '../../state/place.ts';
import { AlertDialog } from '../../ui/alert-dialog.tsx';
import { Button } from '../../ui/button.tsx';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { showToast } from '../../ui/toasts.tsx';
import { quotedName } from './typed-name.ts';

/** Makes a topic whose data is missing an empty one: the person's word that the data is not coming back. */
export function StartEmptyDialog({ name, incarnation }: { readonly name: string; readonly incarnation: number }): ReactNode {
  const openDialog = usePlace((state) => state.openDialog);
  const client = useQueryClient();
  const start = useMutation({
    mutationFn: async () => replyValue(await tidemark.topicsStartEmpty({ topic: name, incarnation })),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['health'] });
      openDialog(null);
      showToast({ title: `${quotedName(name)} begins empty`, description: 'The next event appended to it is version 1.' });
    },
  });
  return (
    <AlertDialog
      title={`Start ${quotedName(name)} empty?`}
      description="The configuration knows this topic, and its repository has no data of it. If the data can come back (a disk to be plugged in, a folder to be moved back), bring it back instead."
      onCancel={() => openDialog(null)}
      action={
        <Button look="danger" disabled={start.isPending} onClick={() => start.mutate()}>
          Start empty
        </Button>
      }
    >
      <p>Its next event will be version 1: numbers that the missing events had are used again.</p>
      {start.error ? <ErrorPanel error={start.error} onCopy={copyText} /> : null}
    </AlertDialog>
  );
}
