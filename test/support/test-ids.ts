/** Ids in the shape of UUID v7 that count up: the same in every run, sorted in the order they were made. */
export function createTestIds(): () => string {
  let made = 0;
  return () => `01900000-0000-7000-8000-${(++made).toString(16).padStart(12, '0')}`;
}
