// Functions that Playwright carries into the page: they see nothing of this module.

/** Presses Enter in the field that has the focus and waits for the frame that shows the row; milliseconds. */
export async function timeToRow(label: string): Promise<number> {
  const field = document.activeElement;
  const began = performance.now();
  const enter = { key: 'Enter', code: 'Enter', bubbles: true, cancelable: true };
  field?.dispatchEvent(new KeyboardEvent('keydown', enter));
  field?.closest('form')?.requestSubmit();
  const isShown = (): boolean => [...document.querySelectorAll('[role="gridcell"]')].some(({ textContent }) => textContent === label);
  while (!isShown() && performance.now() - began < 5000) await new Promise((resolve) => requestAnimationFrame(resolve));
  return performance.now() - began;
}

/** The longest time between two frames during `ms` milliseconds. */
export async function measureFrames(ms: number): Promise<number> {
  const began = performance.now();
  let last = began;
  let longest = 0;
  while (last - began < ms) {
    await new Promise((resolve) => requestAnimationFrame(resolve));
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
  }
  return longest;
}
