const STOPS = '[role=listbox], [role=grid], [role=tree], [role=tabpanel], section[tabindex], [data-pane]';

/** Moves the focus to the next of the window's main stops, in reading order. */
export function cyclePanes(step: 1 | -1): void {
  const stops = [...document.querySelectorAll<HTMLElement>(STOPS)].filter((stop) => stop.checkVisibility());
  const at = stops.findIndex((stop) => stop.contains(document.activeElement));
  const next = stops[(at + step + stops.length) % stops.length] ?? stops[0];
  next?.focus();
}
