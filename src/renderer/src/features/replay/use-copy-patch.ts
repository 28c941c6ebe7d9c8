import { errorFacts } from '../../../../shared/model/errors.ts';
import { copyText, MOST_COPIED, TOO_LARGE_TO_COPY } from '../../api/copy.ts';
import { loadPatch } from '../../api/replay.ts';
import { useCommands } from '../../commands/command-table.ts';
import { plural } from '../../ui/format.ts';
import { showToast } from '../../ui/toasts.tsx';

/** The topics of two versions, of those whose name holds `topic`. */
export interface Compared {
  readonly a: number;
  readonly b: number;
  readonly topic: string;
}

/** Copies how the topics of two versions differ as a JSON Patch; null: nothing is compared. */
export function useCopyPatch(compared: Compared | null): void {
  const copy = async ({ a, b, topic }: Compared): Promise<void> => {
    const { text, operations } = await loadPatch(a, b, topic);
    if (text.length > MOST_COPIED) return showToast({ title: TOO_LARGE_TO_COPY });
    copyText(text);
    showToast({ title: 'Patch copied', description: `JSON Patch of ${plural(operations, 'operation')} (RFC 6902)` });
  };
  useCommands({
    'replay.copyPatch': {
      run: () => {
        if (compared) copy(compared).catch((error: unknown) => showToast({ title: errorFacts(error).message }));
      },
      refusal: compared ? null : 'This version changed nothing.',
    },
  });
}
