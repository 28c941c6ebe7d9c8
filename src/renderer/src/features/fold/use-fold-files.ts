import { useState } from 'react';
import { errorFacts } from '../../../../shared/model/errors.ts';
import { exportFold, importFold, loadFold, useSavedFolds, type FoldText, type FoldTextDesk } from '../../api/saved-folds.ts';
import { useCommands } from '../../commands/command-table.ts';
import { showToast } from '../../ui/toasts.tsx';

export interface FoldFiles {
  readonly names: readonly string[];
  /** Which name is asked for; null: none. */
  readonly asking: 'save' | 'rename' | null;
  readonly named: (name: string) => void;
  readonly notNamed: () => void;
  /** Puts a saved fold into the editor. */
  readonly open: (name: string) => void;
  /** Puts a text into the editor that is kept elsewhere. */
  readonly take: (source: string) => void;
}

/** Saving, choosing, renaming, removing, importing and exporting folds. No text is lost by any of it. */
export function useFoldFiles(store: string, { text, replace }: FoldTextDesk): FoldFiles {
  const saved = useSavedFolds(store);
  const [asking, setAsking] = useState<FoldFiles['asking']>(null);
  const name = text?.name ?? null;

  const show = (next: FoldText): void => {
    const before = text;
    replace(next);
    if (!before || before.source === before.kept || before.source === next.source) return;
    const back = { label: 'Undo', run: () => replace(before) };
    showToast({ title: 'Your text was replaced', description: 'It was not saved.', action: back });
  };
  const save = (as: string, source: string, was: string | null): Promise<void> =>
    saved.save(as, source, was).then(() => replace({ name: as, source, kept: source }));
  const remove = async (gone: string, last: FoldText): Promise<void> => {
    const source = (await loadFold(store, gone)) ?? last.source;
    await saved.remove(gone);
    replace({ ...last, name: null, kept: '' });
    const back = (): void => attempt(saved.save(gone, source, null).then(() => replace({ ...last, kept: source })));
    showToast({ title: `“${gone.slice(0, 60)}” was removed`, action: { label: 'Undo', run: back } });
  };
  const take = async (): Promise<void> => {
    const file = await importFold();
    if (file) show({ name: null, source: file.source, kept: file.source });
  };
  const give = async ({ source }: FoldText): Promise<void> => {
    const path = await exportFold(name ?? 'fold', source);
    if (path !== null) showToast({ title: 'Exported', description: path.slice(-200) });
  };

  const unnamed = name === null ? 'It is not saved under a name.' : null;
  const unknown = text === undefined ? 'The text is being read.' : null;
  useCommands({
    'fold.save': {
      run: () => (text && name !== null ? attempt(save(name, text.source, name)) : setAsking('save')),
      refusal: unknown ?? (name !== null && text?.source === text?.kept ? 'It is saved as it is.' : null),
    },
    'fold.saveAs': { run: () => setAsking('save'), refusal: unknown },
    'fold.rename': { run: () => setAsking('rename'), refusal: unknown ?? unnamed },
    'fold.remove': { run: () => (text && name !== null ? attempt(remove(name, text)) : undefined), refusal: unknown ?? unnamed },
    'fold.import': { run: () => attempt(take()), refusal: unknown },
    'fold.export': { run: () => (text ? attempt(give(text)) : undefined), refusal: unknown },
  });

  return {
    names: saved.names,
    asking,
    named: (as) => {
      if (text && asking === 'save') attempt(save(as, text.source, null));
      if (text && name !== null && asking === 'rename') {
        attempt(saved.save(as, text.kept, name).then(() => replace({ ...text, name: as })));
      }
      setAsking(null);
    },
    notNamed: () => setAsking(null),
    open: (wanted) =>
      attempt(
        loadFold(store, wanted).then((source) => {
          if (source !== null) show({ name: wanted, source, kept: source });
        }),
      ),
    take: (source) => show({ name: null, source, kept: source }),
  };
}

/** What goes wrong is said at the edge of the window. */
function attempt(work: Promise<void>): void {
  work.catch((error: unknown) => {
    const { code, message } = errorFacts(error);
    showToast({ title: code, description: message });
  });
}
