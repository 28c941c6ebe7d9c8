/**
 * Scrolling through more rows than an element can be high. Chromium clamps an element at 33,554,432 px, so the inner
 * element gets at most `MAX_PHYSICAL` and the truth is `top`, in logical pixels: small moves (wheel, keys) add to it
 * exactly, large ones (dragging the thumb) set it in proportion.
 */
export interface ScrollState {
  /** Rows in all. */
  readonly rows: number;
  /** Height of one row and of the visible part, in px. */
  readonly rowHeight: number;
  readonly viewport: number;
  /** Logical px above the first visible one. */
  readonly top: number;
  /** The scroll position the element has, or must be given. */
  readonly scrollTop: number;
}

export type Follows = boolean | 'if-seen';

export type ScrollAction =
  | { readonly type: 'scrolled'; readonly scrollTop: number }
  | { readonly type: 'resized'; readonly viewport: number }
  /**
   * `above`: new rows stand before the others, and what is being read stays where it is seen. `follows`: what is newest stays
   * in view instead, the first row where rows grow above, else the last one; `if-seen`: only where it is in view before.
   */
  | { readonly type: 'counted'; readonly rows: number; readonly above?: boolean | undefined; readonly follows?: Follows | undefined }
  /** Other rows altogether, shown from the first one. */
  | { readonly type: 'replaced'; readonly rows: number }
  /** Rows of another height; the first one that is seen stays it. */
  | { readonly type: 'sized'; readonly rowHeight: number }
  /** Moves as little as shows the row whole; `align` puts it there instead. */
  | { readonly type: 'revealed'; readonly row: number; readonly align?: 'start' | 'center' | undefined };

const MAX_PHYSICAL = 8_000_000;
/** A scroll of less than so many viewports is taken as exact. */
const EXACT_VIEWPORTS = 1.5;

export const totalHeight = ({ rows, rowHeight }: ScrollState): number => rows * rowHeight;
export const physicalHeight = (state: ScrollState): number => Math.min(totalHeight(state), MAX_PHYSICAL);
const maxTop = (state: ScrollState): number => Math.max(0, totalHeight(state) - state.viewport);
const maxScroll = (state: ScrollState): number => Math.max(0, physicalHeight(state) - state.viewport);

export function initialScroll(rows: number, rowHeight: number, viewport: number): ScrollState {
  return { rows, rowHeight, viewport, top: 0, scrollTop: 0 };
}

/** Pure: the same state and action give the same answer. Whoever gets a new `scrollTop` gives it to the element. */
export function scrollReducer(state: ScrollState, action: ScrollAction): ScrollState {
  switch (action.type) {
    case 'scrolled':
      return scrolled(state, action.scrollTop);
    case 'resized':
      return action.viewport === state.viewport ? state : anchored({ ...state, viewport: action.viewport }, state.top);
    case 'counted':
      return action.rows === state.rows ? state : counted(state, action.rows, action.above ?? false, action.follows ?? false);
    case 'replaced':
      return anchored({ ...state, rows: action.rows }, 0);
    case 'sized': {
      const { rowHeight } = action;
      return rowHeight === state.rowHeight ? state : anchored({ ...state, rowHeight }, (state.top / state.rowHeight) * rowHeight);
    }
    case 'revealed':
      return revealed(state, action.row, action.align);
  }
}

function scrolled(state: ScrollState, scrollTop: number): ScrollState {
  const moved = scrollTop - state.scrollTop;
  if (moved === 0) return state;
  const scale = maxTop(state) / Math.max(1, maxScroll(state));
  if (scale <= 1) return { ...state, top: clamp(scrollTop, maxTop(state)), scrollTop };
  if (Math.abs(moved) > EXACT_VIEWPORTS * state.viewport) return { ...state, top: clamp(scrollTop * scale, maxTop(state)), scrollTop };
  const top = clamp(state.top + moved, maxTop(state));
  // Near a physical end there is no room left to scroll by small steps, unless the logical end is as near.
  const atEnd = scrollTop <= state.viewport || scrollTop >= maxScroll(state) - state.viewport;
  return atEnd ? anchored(state, top) : { ...state, top, scrollTop };
}

function counted(state: ScrollState, rows: number, above: boolean, follows: Follows): ScrollState {
  const next = { ...state, rows };
  if (follows === true || (follows === 'if-seen' && isNewestSeen(state, above))) return anchored(next, above ? 0 : maxTop(next));
  // Where there was nothing to read, nothing is kept in its place.
  const shift = above && state.rows > 0 ? (rows - state.rows) * state.rowHeight : 0;
  return anchored(next, state.top + shift);
}

function revealed(state: ScrollState, row: number, align: 'start' | 'center' | undefined): ScrollState {
  const start = clamp(row, Math.max(0, state.rows - 1)) * state.rowHeight;
  const end = start + state.rowHeight;
  if (align === 'start') return anchored(state, start);
  if (align === 'center') return anchored(state, start - (state.viewport - state.rowHeight) / 2);
  if (start < state.top) return anchored(state, start);
  if (end > state.top + state.viewport) return anchored(state, end - state.viewport);
  return state;
}

/** The state at `top` with the scroll position that belongs to it. */
function anchored(state: ScrollState, wanted: number): ScrollState {
  const top = clamp(wanted, maxTop(state));
  const room = maxScroll(state);
  const all = maxTop(state);
  if (all <= room) return { ...state, top, scrollTop: top };
  const near = 2 * state.viewport;
  if (top <= near) return { ...state, top, scrollTop: top };
  if (all - top <= near) return { ...state, top, scrollTop: room - (all - top) };
  // In between there is always room for steps both ways, so that no wheel turn is cut short.
  const scrollTop = Math.min(Math.max(near, Math.round((top / all) * room)), room - near);
  return { ...state, top, scrollTop };
}

const clamp = (value: number, max: number): number => Math.min(Math.max(0, value), max);

export interface VisibleRows {
  readonly first: number;
  /** Exclusive. */
  readonly end: number;
  /** Where the first of them is painted, in px inside the inner element. */
  readonly offset: number;
}

/** Whether the newest row is seen whole: the first one where rows grow above, else the last. */
export function isNewestSeen(state: ScrollState, above: boolean): boolean {
  return above ? state.top < 1 : state.top > maxTop(state) - 1;
}

/** The rows to paint, with a few beyond each edge. */
export function visibleRows(state: ScrollState, overscan = 4): VisibleRows {
  const first = Math.max(0, Math.floor(state.top / state.rowHeight) - overscan);
  const end = Math.min(state.rows, Math.ceil((state.top + state.viewport) / state.rowHeight) + overscan);
  return { first, end, offset: state.scrollTop + (first * state.rowHeight - state.top) };
}
