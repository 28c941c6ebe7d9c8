import { focusInside } from './panes.ts';

/**
 * Gives the focus a new place when what had it goes away (a view that is left, a row that is deleted, a button that is
 * refused): the nearest part around it that is still there. A person who works by keys is never thrown back to the window's
 * beginning. Answers the function that ends it.
 */
export function keepFocus(): () => void {
  /** What had the focus last, and everything around it, innermost first. */
  let around: readonly Element[] = [];
  let frame = 0;

  const onFocusIn = (event: FocusEvent): void => {
    around = event.target instanceof Element ? [...ancestors(event.target)] : [];
  };
  const look = (): void => {
    frame = 0;
    const [last] = around;
    if (last === undefined || hasFocus(document.activeElement)) return;
    // It is there and could have the focus: the person took it away themselves, by a click on nothing.
    if (hasFocus(last)) return;
    for (const element of around.slice(1)) if (element.isConnected && element instanceof HTMLElement && focusInside(element)) return;
  };
  const observer = new MutationObserver(() => {
    // After the frame: whoever removed it may be about to give the focus on itself.
    if (frame === 0) frame = requestAnimationFrame(look);
  });

  document.addEventListener('focusin', onFocusIn);
  observer.observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ['disabled', 'hidden', 'inert'] });
  return () => {
    document.removeEventListener('focusin', onFocusIn);
    observer.disconnect();
    cancelAnimationFrame(frame);
  };
}

/** Whether keys typed now would reach it, or would if it were asked to take them. */
function hasFocus(element: Element | null): boolean {
  if (element === null || element === document.body || !element.isConnected) return false;
  return element.closest('[inert]') === null && !element.matches(':disabled') && element.checkVisibility({ checkVisibilityCSS: true });
}

function* ancestors(element: Element): Generator<Element> {
  for (let at: Element | null = element; at !== null; at = at.parentElement) yield at;
}
