import type { EditorFinding } from '../../ui/code-editor.tsx';

/** A finding at a line and a column of a text, both from 1: to the end of the word there, or of the line. */
export function findingAt(source: string, line: number | null, column: number | null, message: string): EditorFinding {
  const lines = source.split('\n');
  const row = Math.min(Math.max(1, line ?? 1), lines.length);
  const text = lines[row - 1] ?? '';
  const start = lines.slice(0, row - 1).reduce((sum, before) => sum + before.length + 1, 0);
  const indent = text.length - text.trimStart().length;
  const at = column === null ? indent : Math.min(column - 1, text.length);
  const [word = ''] = /^[\w$]+/.exec(text.slice(at)) ?? [];
  const end = column === null || word === '' ? text.trimEnd().length : at + word.length;
  const from = start + Math.min(at, Math.max(0, end - 1));
  return { severity: 'error', from, to: Math.max(from, start + end), message };
}

/** `Line 3, column 5: …`; the reason alone where no place is known. */
export function placedText({
  line,
  column,
  reason,
}: {
  readonly line: number | null;
  readonly column: number | null;
  readonly reason: string;
}): string {
  if (line === null) return reason;
  return `Line ${line}${column === null ? '' : `, column ${column}`}: ${reason}`;
}
