import type { ReactNode } from 'react';
import { visibleText } from '../../ui/visible-text.tsx';
import { shorten } from '../../ui/format.ts';

/** To be replaced. */
export function CauseLink({ id }: { readonly id: string }): ReactNode {
  return <span className="mono">{visibleText(shorten(id, 40))}</span>;
}
