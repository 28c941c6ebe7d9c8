import type { Finding } from './check-draft.ts';

/** What the view asks of the form that is on the screen. */
export interface FormHandle {
  focus(): void;
  focusFinding(finding: Finding): void;
  /** Tells what was typed and not told yet. */
  flush(): void;
}
