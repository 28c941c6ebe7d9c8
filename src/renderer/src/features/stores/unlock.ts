import { useQueryClient } from '@tanstack/react-query';
import { tidemark } from '../../api/tidemark.ts';
import { showToast } from '../../ui/toasts.tsx';

/** What no lock of ours can prevent, in stores whose layout the Go original shares. */
export const GO_SERVER_LIMIT =
  'A Go server that runs on this folder takes no lock and remembers its latest version: it can overwrite what you append. Stop it first.';

/** Opens the window's store again for writing; answers nothing, says what went wrong. */
export function useUnlock(): () => void {
  const client = useQueryClient();
  return () =>
    void tidemark.storesUnlock({}).then((reply) => {
      if (!reply.ok) showToast({ title: 'The store stays read-only', description: `${reply.error.message} (${reply.error.code})` });
      return client.invalidateQueries({ queryKey: ['store'] });
    });
}
