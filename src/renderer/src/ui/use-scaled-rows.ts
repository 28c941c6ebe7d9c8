import { useCallback, useLayoutEffect, useReducer, useRef, type RefObject } from 'react';
import { initialScroll, isNewestSeen, physicalHeight, scrollReducer, visibleRows, type Follows, type VisibleRows } from './scaled-rows.ts';

export interface ScaledRows {
  /** The element that scrolls. */
  readonly scroller: RefObject<HTMLDivElement | null>;
  readonly onScroll: () => void;
  /** Height of the inner element. */
  readonly height: number;
  readonly visible: VisibleRows;
  /** Whole rows that fit. */
  readonly pageRows: number;
  /** The newest row is seen whole. */
  readonly newestSeen: boolean;
  readonly reveal: (row: number, align?: 'start' | 'center') => void;
}

export interface ScaledRowsOptions {
  /** Height of a sticky header inside the scrolling element. */
  readonly header?: number;
  /** New rows come before the others. */
  readonly growsAbove?: boolean;
  /** Keeps the newest row in view as rows come. */
  readonly follows?: Follows;
  /** Which rows these are: others are shown from their first one. */
  readonly identity?: string;
  /** The person scrolled, to where the newest row is seen, or is not. */
  readonly onScrolled?: (newestSeen: boolean) => void;
}

/** Rows of one height in a scrolling element, as many as a number can count. */
export function useScaledRows(rows: number, rowHeight: number, options: ScaledRowsOptions = {}): ScaledRows {
  const { header = 0, growsAbove = false, follows = false, identity = '', onScrolled } = options;
  const scroller = useRef<HTMLDivElement | null>(null);
  const [state, dispatch] = useReducer(scrollReducer, initialScroll(rows, rowHeight, 0));
  const now = useRef({ state, identity, onScrolled });

  useLayoutEffect(() => {
    const isOther = now.current.identity !== identity;
    dispatch(isOther ? { type: 'replaced', rows } : { type: 'counted', rows, above: growsAbove, follows });
  }, [rows, growsAbove, follows, identity]);
  useLayoutEffect(() => dispatch({ type: 'sized', rowHeight }), [rowHeight]);
  useLayoutEffect(() => {
    now.current = { state, identity, onScrolled };
  });

  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return undefined;
    const measure = (): void => dispatch({ type: 'resized', viewport: Math.max(0, element.clientHeight - header) });
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [header]);

  // The element follows the state: after a jump, near an end, when the count changes.
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element && element.scrollTop !== state.scrollTop) element.scrollTop = state.scrollTop;
  }, [state.scrollTop, state.rows, state.rowHeight, state.viewport]);

  const onScroll = useCallback(() => {
    if (!scroller.current) return;
    const { scrollTop } = scroller.current;
    const { state: before, onScrolled: tell } = now.current;
    dispatch({ type: 'scrolled', scrollTop });
    if (scrollTop !== before.scrollTop) tell?.(isNewestSeen(scrollReducer(before, { type: 'scrolled', scrollTop }), growsAbove));
  }, [growsAbove]);
  const reveal = useCallback((row: number, align?: 'start' | 'center') => dispatch({ type: 'revealed', row, align }), []);

  return {
    scroller,
    onScroll,
    height: physicalHeight(state),
    visible: visibleRows(state),
    pageRows: Math.max(1, Math.floor(state.viewport / rowHeight) - 1),
    newestSeen: state.rows > 0 && isNewestSeen(state, growsAbove),
    reveal,
  };
}
