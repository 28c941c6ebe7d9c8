import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { replyValue } from '../../../../shared/ipc/api.ts';
import { copyText } from '../../api/copy.ts';
import { tidemark } from '../../api/tidemark.ts';
import { usePlace } from '../../state/place.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { showToast } from '../../ui/toasts.tsx';
import styles from './health-view.module.css';

/** Exactly what is copied, before it is: a report is read by others. */
export function HealthReportDialog({ path }: { readonly path: string }): ReactNode {
  const openDialog = usePlace((place) => place.openDialog);
  const { data, error, refetch } = useQuery({
    queryKey: ['health', path, 'report'],
    queryFn: async () => replyValue(await tidemark.healthReport({})).text,
    gcTime: 0,
  });
  const close = (): void => openDialog(null);
  return (
    <Dialog
      title="Report for a bug"
      description="This text is copied, and nothing else. It holds names of topics and places, and no event and no payload."
      width={720}
      onClose={close}
      footer={
        <>
          <Button onClick={close}>Cancel</Button>
          <Button
            look="primary"
            disabled={data === undefined}
            onClick={() => {
              copyText(data ?? '', () => showToast({ title: 'The report is on the clipboard' }));
              close();
            }}
          >
            Copy
          </Button>
        </>
      }
    >
      {error ? <ErrorPanel error={error} onRetry={() => void refetch()} onCopy={copyText} /> : null}
      {data === undefined ? null : (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a long text must scroll by keyboard
        <pre className={styles['report']} tabIndex={0} role="region" aria-label="Text of the report">
          {data}
        </pre>
      )}
    </Dialog>
  );
}
