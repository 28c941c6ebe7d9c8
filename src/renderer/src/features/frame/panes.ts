/** What is a stop by itself; anything else that is one says so with `data-pane`. */
const STOPS = '[role=listbox], [role=grid], [role=tree], [role=tabpanel], [data-pane]';
const FOCUSABLE = 'button, input, textarea, select, a[href], [tabindex], [contenteditable=true]';

/** Moves the focus to the next of the window's main stops, in reading order; hidden ones are passed over. */
export function cyclePanes(step: 1 | -1): void {
  const stops = paneStops(document);
  const at = placeOf(document.activeElement, stops, step);
  for (let tried = 1; tried <= stops.length; tried++) {
    const stop = stops[(((at + step * tried) % stops.length) + stops.length) % stops.length];
    if (stop && focusInside(stop)) return;
  }
}

/** The stops that can be seen. Of two that lie in one another, the inner one is the stop. */
function paneStops(root: ParentNode): readonly HTMLElement[] {
  const all = [...root.querySelectorAll<HTMLElement>(STOPS)].filter(isShown);
  return all.filter((stop) => !all.some((other) => other !== stop && stop.contains(other)));
}

/** The index of the stop that holds `element`; between two stops, the one that a step from there would pass. */
function placeOf(element: Element | null, stops: readonly HTMLElement[], step: 1 | -1): number {
  const inside = stops.findIndex((stop) => stop.contains(element));
  if (inside !== -1 || element === null || element === document.body) return inside === -1 && step === -1 ? 0 : inside;
  const after = stops.findIndex((stop) => (element.compareDocumentPosition(stop) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0);
  const next = after === -1 ? stops.length : after;
  return step === 1 ? next - 1 : next;
}

/** Gives the focus to an element or to the first thing in it that takes it; answers whether anything did. */
export function focusInside(element: HTMLElement | null): boolean {
  if (element === null) return false;
  const inside = [...paneStops(element), ...element.querySelectorAll<HTMLElement>(FOCUSABLE)];
  // What takes the focus from a program alone is there for when nothing in it does.
  for (const candidate of element.tabIndex >= 0 ? [element, ...inside] : [...inside, element]) {
    if (!isShown(candidate) || candidate.matches(':disabled')) continue;
    candidate.focus();
    if (document.activeElement === candidate) return true;
  }
  return false;
}

function isShown(element: HTMLElement): boolean {
  if (element.closest('[inert]') !== null) return false;
  if (!element.checkVisibility({ checkVisibilityCSS: true })) return false;
  const { width, height } = element.getBoundingClientRect();
  return width > 0 && height > 0;
}
