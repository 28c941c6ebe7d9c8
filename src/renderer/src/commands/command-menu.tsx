import { ContextMenu } from '@base-ui/react/context-menu';
import type { ReactElement, ReactNode } from 'react';
import { plainTitle, type CommandId } from '../../../shared/ipc/commands.ts';
import { runCommand, useCommandState } from './command-table.ts';
import styles from './command-menu.module.css';
import { keysOfCommand } from './keys.ts';

interface CommandContextMenuProps {
  /** Commands, with '-' between sections. */
  readonly items: readonly (CommandId | '-')[];
  /** The element that has the menu; it opens at a right click, Shift+F10 and the menu key. */
  readonly children: ReactElement;
}

/** The context menu of a part of the page, made of commands. */
export function CommandContextMenu({ items, children }: CommandContextMenuProps): ReactNode {
  return (
    <ContextMenu.Root>
      <ContextMenu.Trigger render={children} />
      <ContextMenu.Portal>
        <ContextMenu.Positioner className={styles['positioner']}>
          <ContextMenu.Popup className={styles['popup']}>
            {items.map((item, index) =>
              // The list of items never changes while it is open: a place is an identity.
              item === '-' ? <ContextMenu.Separator key={index} className={styles['separator']} /> : <Item key={item} id={item} />,
            )}
          </ContextMenu.Popup>
        </ContextMenu.Positioner>
      </ContextMenu.Portal>
    </ContextMenu.Root>
  );
}

function Item({ id }: { readonly id: CommandId }): ReactNode {
  const { command, refusal } = useCommandState(id);
  return (
    <ContextMenu.Item
      className={styles['item']}
      disabled={refusal !== null}
      title={refusal ?? undefined}
      onClick={() => {
        // After the menu has given the focus back, so that a dialog that opens keeps it.
        setTimeout(() => runCommand(id));
      }}
    >
      <span>{plainTitle(command.title)}</span>
      <kbd className={styles['keys']}>{keysOfCommand(command)}</kbd>
    </ContextMenu.Item>
  );
}
