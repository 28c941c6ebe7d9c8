import { showToast } from '../../ui/toasts.tsx';
import type { DraftDesk } from './open-drafts.ts';

/** Does what loses a draft, and offers it back: as another one, which is to be kept again. */
export function withUndo(desk: DraftDesk, title: string, run: () => void): void {
  const before = desk.draft();
  run();
  showToast({ title, action: { label: 'Undo', run: () => desk.replace({ ...before }) } });
}
