/** What a drag over the window holds: one file or folder, several, or something else of another program. */
export type DropKind = 'one' | 'many' | 'text';

/** Toasts are dialogs too, which are in nobody's way. */
const IN_FRONT = ':is([role=dialog], [role=alertdialog]):not([aria-modal=false])';

/**
 * Null where it is none of ours: a part of the page has taken it, it is held over a text being written, or a dialog is open,
 * which must not find another store behind it.
 */
export function dropKind(event: DragEvent): DropKind | null {
  const { dataTransfer, target, defaultPrevented } = event;
  if (defaultPrevented || !dataTransfer || document.querySelector(IN_FRONT) !== null) return null;
  const files = [...dataTransfer.items].filter(({ kind }) => kind === 'file').length;
  if (files > 0) return files === 1 ? 'one' : 'many';
  if (dataTransfer.types.length === 0) return null;
  return target instanceof Element && target.closest('input, textarea, [contenteditable=true]') ? null : 'text';
}
