import type { ReactNode } from 'react';
import { plainTitle, type CommandId } from '../../../shared/ipc/commands.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { runCommand, useCommandState } from './command-table.ts';
import { keysOfCommand } from './keys.ts';

interface CommandButtonProps {
  readonly id: CommandId;
  readonly look?: 'plain' | 'primary' | 'quiet';
  /** Instead of the command's title. */
  readonly children?: ReactNode;
  /** Shows this alone; the title is read out and in the tooltip. */
  readonly icon?: ReactNode;
  /** Read out instead of the title, where an icon stands alone. */
  readonly label?: string;
}

/** A command as a button: its keys, or why it cannot be done, in the tooltip. */
export function CommandButton({ id, look = 'plain', children, icon, label }: CommandButtonProps): ReactNode {
  const { command, refusal, checked } = useCommandState(id);
  const title = plainTitle(command.title);
  const keys = keysOfCommand(command);
  const tooltip = refusal ?? (keys === null ? title : `${title} (${keys})`);
  const common = {
    disabled: refusal !== null,
    ...(command.kind === undefined ? {} : { 'aria-pressed': checked }),
    onClick: () => void runCommand(id),
  };
  if (icon !== undefined) {
    return (
      <IconButton {...common} label={label ?? title} title={tooltip}>
        {icon}
      </IconButton>
    );
  }
  return (
    <Button {...common} look={look} title={tooltip}>
      {children ?? title}
    </Button>
  );
}
