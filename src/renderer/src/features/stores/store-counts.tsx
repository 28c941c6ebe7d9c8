import type { ReactNode } from 'react';
import { useStoreStatus } from '../../api/queries.ts';
import { plural, size } from '../../ui/format.ts';

/** Topics, events and size of the store, for the status bar. */
export function StoreCounts({ path }: { readonly path: string }): ReactNode {
  const { data } = useStoreStatus(path);
  if (!data) return null;
  const { topics, events, bytes, atLeast } = data;
  const least = (isCut: boolean, text: string): string => (isCut ? `at least ${text}` : text);
  return (
    <>
      <span>{plural(topics, 'topic')}</span>
      <span>{least(atLeast.events, plural(events, 'event'))}</span>
      {bytes === null ? null : <span>{least(atLeast.bytes, size(bytes))}</span>}
    </>
  );
}
