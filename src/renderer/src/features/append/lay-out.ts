import { minifyJson } from './json-scan.ts';
import { jsonFault } from './json-fault.ts';
import type { DraftDesk } from './open-drafts.ts';

/** Lays all JSON of a draft out anew. */
export function layOutDraft(desk: DraftDesk, lay: (json: string) => string): void {
  const { mode, one, batch } = desk.draft();
  if (mode === 'one') desk.change({ kind: 'typed', one: { data: laidOut(one.data, lay), metadata: laidOut(one.metadata, lay) } });
  else desk.change({ kind: 'batch-typed', text: laidOutBatch(batch, lay) });
}

/** Laid out anew where it is JSON; as it is where it is not. */
const laidOut = (text: string, lay: (json: string) => string): string =>
  text.trim() === '' || jsonFault(text) !== null ? text : lay(text);

/** An array as a whole; events one a line stay one a line. */
function laidOutBatch(text: string, lay: (json: string) => string): string {
  if (text.trimStart().startsWith('[')) return laidOut(text, lay);
  return text
    .split('\n')
    .map((line) => laidOut(line, minifyJson))
    .join('\n');
}
