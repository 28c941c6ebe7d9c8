import { z } from 'zod';

export const COLUMN_IDS = ['version', 'time', 'type', 'id', 'size', 'metadata', 'data'] as const;
export type ColumnId = (typeof COLUMN_IDS)[number];

/** How a person wants the columns of a topic. Every column is in `order` once; `widths` (px) holds those that were changed. */
export interface ColumnLayout {
  readonly order: readonly ColumnId[];
  readonly hidden: readonly ColumnId[];
  readonly widths: Readonly<Partial<Record<ColumnId, number>>>;
}

export const MIN_WIDTH = 48;
export const MAX_WIDTH = 2000;

const WIDTHS: Readonly<Record<ColumnId, number>> = { version: 88, time: 184, type: 152, id: 88, size: 72, metadata: 168, data: 136 };
export const COLUMN_TITLES: Readonly<Record<ColumnId, string>> = {
  version: 'Version',
  time: 'Time',
  type: 'Type',
  id: 'Id',
  size: 'Size',
  metadata: 'Metadata',
  data: 'Data',
};

export const FIRST_LAYOUT: ColumnLayout = { order: COLUMN_IDS, hidden: ['size', 'metadata'], widths: {} };

const id = z.enum(COLUMN_IDS);
/** What is kept of a layout. What an older or newer program kept is made whole: see `wholeLayout`. */
export const layoutSchema = z
  .object({
    order: z.array(id.nullable().catch(null)).max(100),
    hidden: z.array(id.nullable().catch(null)).max(100),
    widths: z.record(z.string().max(20), z.number().catch(0)),
  })
  .transform(wholeLayout);

interface KeptLayout {
  readonly order: readonly (ColumnId | null)[];
  readonly hidden: readonly (ColumnId | null)[];
  readonly widths: Readonly<Record<string, number>>;
}

/** Every column once, at least one of them shown, no width that hides or bursts. A column the kept layout did not know comes last but hidden. */
function wholeLayout(kept: KeptLayout): ColumnLayout {
  const known = [...new Set(kept.order.filter((column) => column !== null))];
  const unknown = COLUMN_IDS.filter((column) => !known.includes(column));
  const hidden = COLUMN_IDS.filter((column) => kept.hidden.includes(column) || unknown.includes(column));
  const widths = COLUMN_IDS.flatMap((column) => {
    const width = Object.hasOwn(kept.widths, column) ? kept.widths[column] : undefined;
    return width !== undefined && Number.isFinite(width) && width > 0 ? [[column, clampWidth(width)] as const] : [];
  });
  return {
    order: [...known, ...unknown],
    hidden: hidden.length === COLUMN_IDS.length ? hidden.filter((column) => column !== 'version') : hidden,
    widths: Object.fromEntries(widths),
  };
}

export function shownColumns({ order, hidden }: ColumnLayout): readonly ColumnId[] {
  return order.filter((column) => !hidden.includes(column));
}

/** In px; a version column is as wide as the largest version needs. */
export function widthOf({ widths }: ColumnLayout, column: ColumnId, digits = 0): number {
  return widths[column] ?? (column === 'version' ? Math.max(WIDTHS.version, digits * 8 + 20) : WIDTHS[column]);
}

export function withWidth(layout: ColumnLayout, column: ColumnId, width: number): ColumnLayout {
  return { ...layout, widths: { ...layout.widths, [column]: clampWidth(width) } };
}

/** Moves a column before another one, or to the end (null). */
export function withColumnBefore(layout: ColumnLayout, column: ColumnId, before: ColumnId | null): ColumnLayout {
  if (column === before) return layout;
  const rest = layout.order.filter((other) => other !== column);
  const at = before === null ? rest.length : rest.indexOf(before);
  return { ...layout, order: [...rest.slice(0, at), column, ...rest.slice(at)] };
}

/** Moves a column past its shown neighbour; at the edge it stays. */
export function withColumnMoved(layout: ColumnLayout, column: ColumnId, step: -1 | 1): ColumnLayout {
  const shown = shownColumns(layout);
  const at = shown.indexOf(column);
  const neighbour = shown[at + step];
  if (at === -1 || neighbour === undefined) return layout;
  return step === -1 ? withColumnBefore(layout, column, neighbour) : withColumnBefore(layout, neighbour, column);
}

/** Shows or hides a column. The last one that is shown stays. */
export function withColumnShown(layout: ColumnLayout, column: ColumnId, isShown: boolean): ColumnLayout {
  if (isShown) return { ...layout, hidden: layout.hidden.filter((other) => other !== column) };
  const shown = shownColumns(layout);
  if (!shown.includes(column) || shown.length === 1) return layout;
  return { ...layout, hidden: [...layout.hidden, column] };
}

const clampWidth = (width: number): number => Math.min(MAX_WIDTH, Math.max(MIN_WIDTH, Math.round(width)));
