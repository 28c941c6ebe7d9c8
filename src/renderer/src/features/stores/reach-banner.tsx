import { useMutation, useQueryClient } from '@tanstack/react-query';
import { CircleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { replyValue } from '../../../../shared/ipc/api.ts';
import { errorFacts, type ErrorCode } from '../../../../shared/model/errors.ts';
import { useStoreStatus } from '../../api/queries.ts';
import { tidemark } from '../../api/tidemark.ts';
import { Button } from '../../ui/button.tsx';
import { visibleText } from '../../ui/visible-text.tsx';
import styles from './reach-banner.module.css';

/** What stays true for the person while the store is away or full. */
const KEPT: Partial<Record<ErrorCode, string>> = {
  STORAGE_FULL: 'Nothing of the last write was kept, and your draft is still here.',
  READ_ONLY: 'What you see can be read on, and your drafts are still here.',
};
const STILL_SHOWN = 'What was read already is still shown, and your drafts are still here.';

/** Says that the store cannot be reached or written any more: what, why, and what to do. It goes by itself when that is over. */
export function ReachBanner({ path }: { readonly path: string }): ReactNode {
  const { data } = useStoreStatus(path);
  const client = useQueryClient();
  const retry = useMutation({
    mutationFn: async () => replyValue(await tidemark.storesRetry({})),
    onSuccess: (status) => {
      client.setQueryData(['status', path], status);
      if (status.available.ok) void client.invalidateQueries();
    },
  });
  if (!data || data.available.ok) return null;
  const { code, message } = retry.error ? errorFacts(retry.error) : data.available;
  return (
    <div role="alert" aria-label="State of the store" className={styles['banner']}>
      <CircleAlert size={14} strokeWidth={1.75} aria-hidden />
      <div className={styles['text']}>
        <span className={`${styles['code']} mono`}>{code}</span> {visibleText(message)} {KEPT[code] ?? STILL_SHOWN}
      </div>
      <Button onClick={() => retry.mutate()} disabled={retry.isPending}>
        {retry.isPending ? 'Trying…' : 'Retry'}
      </Button>
    </div>
  );
}
