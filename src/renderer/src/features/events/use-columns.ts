import { useState } from 'react';
import { useRemembered } from '../../api/settings.ts';
import { FIRST_LAYOUT, layoutSchema, type ColumnLayout } from './columns.ts';

export interface Columns {
  readonly layout: ColumnLayout;
  /** What is remembered of this topic has been read. */
  readonly isKnown: boolean;
  /** Shows a layout that is still being dragged; null: the remembered one again. */
  readonly preview: (layout: ColumnLayout | null) => void;
  readonly change: (layout: ColumnLayout) => void;
  readonly reset: () => void;
}

export const columnsKey = (path: string, topic: string): string => `columns:${path} ${topic}`;

/** The columns of a topic as the person left them. */
export function useColumns(path: string, topic: string): Columns {
  const [kept, keep] = useRemembered(columnsKey(path, topic), layoutSchema, FIRST_LAYOUT);
  const [dragged, setDragged] = useState<ColumnLayout | null>(null);
  return {
    layout: dragged ?? kept ?? FIRST_LAYOUT,
    isKnown: kept !== undefined,
    preview: setDragged,
    change: (layout) => {
      setDragged(null);
      keep(layout);
    },
    reset: () => keep(FIRST_LAYOUT),
  };
}
