import type { ReactNode } from 'react';
import type { FoldRun } from '../../api/fold-run.ts';
import { resumeFold } from '../../api/fold-run.ts';
import type { FoldText } from '../../api/saved-folds.ts';
import { CommandButton } from '../../commands/command-button.tsx';
import { runCommand, stateOf, commandOf, useCommandTable } from '../../commands/command-table.ts';
import { MenuButton, type MenuChoice } from '../../commands/menu-button.tsx';
import { plainTitle, type CommandId } from '../../../../shared/ipc/commands.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { visibleText } from '../../ui/visible-text.tsx';
import { EXAMPLES } from './examples.ts';
import styles from './fold-view.module.css';
import { runText } from './fold-words.ts';
import type { FoldFiles } from './use-fold-files.ts';

const MORE: readonly (CommandId | '-')[] = ['fold.saveAs', 'fold.rename', 'fold.remove', '-', 'fold.import', 'fold.export'];

interface FoldBarProps {
  readonly text: FoldText;
  readonly files: FoldFiles;
  readonly run: FoldRun | null;
}

/** Run, stop, and which fold is in the editor. */
export function FoldBar({ text, files, run }: FoldBarProps): ReactNode {
  const layers = useCommandTable(({ layers: all }) => all);
  const more = MORE.map((id): MenuChoice | '-' => {
    if (id === '-') return id;
    const { command, refusal } = stateOf(layers, commandOf(id));
    return { label: plainTitle(command.title), run: () => void runCommand(id), refusal };
  });
  const folds: (MenuChoice | '-')[] = EXAMPLES.map(({ title, source }) => ({ label: `Example: ${title}`, run: () => files.take(source) }));
  const saved = files.names.map((name) => ({ label: name, run: () => files.open(name) }));
  const isBusy = run !== null && run.error === null && (run.id === null || run.state?.status === 'folding');
  const canGoOn = run?.state?.status === 'stopped' || run?.state?.status === 'halted';
  return (
    <div className={styles['bar']}>
      <CommandButton id="fold.run" look="primary">
        Run
      </CommandButton>
      <CommandButton id="fold.stop">Stop</CommandButton>
      <MenuButton label="Folds" choices={saved.length === 0 ? folds : [...saved, '-', ...folds]} />
      <CommandButton id="fold.save">Save</CommandButton>
      <MenuButton label="More" choices={more} />
      <CommandButton id="fold.whatIf" />
      <span className={styles['name']}>{text.name === null ? 'Not saved' : visibleText(text.name.slice(0, 60))}</span>
      {text.name !== null && text.source !== text.kept ? <Badge>edited</Badge> : null}
      <span className={styles['said']} role="status">
        {run === null ? 'Run folds every event of the topic' : visibleText(runText(run).slice(0, 300))}
        {run !== null && !isBusy && run.source !== text.source ? ' · edited since' : ''}
      </span>
      {canGoOn ? <Button onClick={() => void resumeFold()}>Go On</Button> : null}
    </div>
  );
}
