import { useCallback, useLayoutEffect, useReducer, useRef, type RefObject } from 'react';
import { initialScroll, physicalHeight, scrollReducer, visibleRows, type VisibleRows } from './scaled-rows.ts';

export interface ScaledRows {
  /** The element that scrolls. */
  readonly scroller: RefObject<HTMLDivElement | null>;
  readonly onScroll: () => void;
  /** Height of the inner element. */
  readonly height: number;
  readonly visible: VisibleRows;
  /** Whole rows that fit. */
  readonly pageRows: number;
  readonly reveal: (row: number, align?: 'start' | 'center') => void;
}

export interface ScaledRowsOptions {
  /** Height of a sticky header inside the scrolling element. */
  readonly header?: number;
  /** New rows come before the others. */
  readonly growsAbove?: boolean;
}

/** Rows of one height in a scrolling element, as many as a number can count. */
export function useScaledRows(rows: number, rowHeight: number, { header = 0, growsAbove = false }: ScaledRowsOptions = {}): ScaledRows {
  const scroller = useRef<HTMLDivElement | null>(null);
  const [state, dispatch] = useReducer(scrollReducer, initialScroll(rows, rowHeight, 0));

  useLayoutEffect(() => dispatch({ type: 'counted', rows, above: growsAbove }), [rows, growsAbove]);

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
  }, [state.scrollTop, state.rows, state.viewport]);

  const onScroll = useCallback(() => {
    if (scroller.current) dispatch({ type: 'scrolled', scrollTop: scroller.current.scrollTop });
  }, []);
  const reveal = useCallback((row: number, align?: 'start' | 'center') => dispatch({ type: 'revealed', row, align }), []);

  return {
    scroller,
    onScroll,
    height: physicalHeight(state),
    visible: visibleRows(state),
    pageRows: Math.max(1, Math.floor(state.viewport / rowHeight) - 1),
    reveal,
  };
}
