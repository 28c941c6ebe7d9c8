// Functions that Playwright carries into the page: they see nothing of this module.

/**
 * Presses Enter in the field that has the focus and waits for the frame that shows a version's row with its event, not only
 * its place; milliseconds, or null where it did not come in time.
 */
export async function timeToRow({ version, patience }: { readonly version: string; readonly patience: number }): Promise<number | null> {
  const field = document.activeElement;
  const began = performance.now();
  const enter = { key: 'Enter', code: 'Enter', bubbles: true, cancelable: true };
  field?.dispatchEvent(new KeyboardEvent('keydown', enter));
  field?.closest('form')?.requestSubmit();
  const isShown = (): boolean =>
    [...document.querySelectorAll('[role="gridcell"][data-column="version"]')].some(
      (cell) => cell.textContent === version && cell.closest('[role="row"]')?.querySelector('[data-column="time"]')?.textContent,
    );
  while (!isShown()) {
    if (performance.now() - began > patience) return null;
    await new Promise((resolve) => requestAnimationFrame(resolve));
  }
  return performance.now() - began;
}

/** The times between frames during `ms` milliseconds, in ms. */
export async function frameTimes(ms: number): Promise<number[]> {
  const began = performance.now();
  const times: number[] = [];
  let last = began;
  while (last - began < ms) {
    await new Promise((resolve) => requestAnimationFrame(resolve));
    const now = performance.now();
    times.push(now - last);
    last = now;
  }
  return times;
}

/** The same while the grid is dragged from its first row to its last and back, a step a frame. */
export async function frameTimesOfDrag(ms: number): Promise<number[]> {
  const grid = document.querySelector('[role="grid"]');
  if (!grid) return [];
  const began = performance.now();
  const times: number[] = [];
  let last = began;
  while (last - began < ms) {
    const way = (2 * (last - began)) / ms;
    grid.scrollTop = (grid.scrollHeight - grid.clientHeight) * (way < 1 ? way : 2 - way);
    await new Promise((resolve) => requestAnimationFrame(resolve));
    const now = performance.now();
    times.push(now - last);
    last = now;
  }
  return times;
}
