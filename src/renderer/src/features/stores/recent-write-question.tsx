import { useState, type ReactNode } from 'react';
import type { StoreInfo } from '../../../../shared/ipc/contract/stores.ts';
import { AlertDialog } from '../../ui/alert-dialog.tsx';
import { Button } from '../../ui/button.tsx';
import { plural } from '../../ui/format.ts';
import { shownName } from './shown-name.ts';
import { GO_SERVER_LIMIT, useUnlock } from './unlock.ts';

/** Asks once for each opening; the store is open for reading already, and stays so unless the person says otherwise. */
export function RecentWriteQuestion({ store }: { readonly store: StoreInfo }): ReactNode {
  const [answered, setAnswered] = useState<number | null>(null);
  const unlock = useUnlock();
  const [openedAt] = useState(Date.now);
  const { wroteElsewhere: at, name, kind } = store;
  if (at === null || answered === at) return null;
  const ago = Math.max(0, Math.round((openedAt - at) / 1000));
  const answer = (): void => setAnswered(at);
  return (
    <AlertDialog
      title={`Another program wrote to this store ${plural(ago, 'second')} ago`}
      description={`${shownName(name)} is perhaps being written right now. Read-only, you see what the other program writes as it comes, and nothing here can get in its way.`}
      cancel="Open Read-Only"
      onCancel={answer}
      action={
        <Button
          onClick={() => {
            answer();
            unlock();
          }}
        >
          Open for Writing
        </Button>
      }
    >
      <p>
        Writing is safe beside other Tidemark windows and commands: writers take turns, and each append checks the version it expects.{' '}
        {kind === 'fs' ? GO_SERVER_LIMIT : null}
      </p>
    </AlertDialog>
  );
}
