import { ContextMenu } from '@base-ui/react/context-menu';
import { Menu } from '@base-ui/react/menu';
import type { ReactElement, ReactNode } from 'react';
import { plainTitle, type CommandId } from '../../../shared/ipc/commands.ts';
import { runCommand, useCommandState } from './command-table.ts';
import styles from './command-menu.module.css';
import { keysOfCommand } from './keys.ts';

/** Commands, with '-' between sections. */
type MenuItems = readonly (CommandId | '-')[];

interface CommandContextMenuProps {
  readonly items: MenuItems;
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
            <Items items={items} />
          </ContextMenu.Popup>
        </ContextMenu.Positioner>
      </ContextMenu.Portal>
    </ContextMenu.Root>
  );
}

interface CommandMenuProps {
  readonly items: MenuItems;
  /** The button that opens it. */
  readonly children: ReactElement;
}

/** A menu under a button, made of commands. */
export function CommandMenu({ items, children }: CommandMenuProps): ReactNode {
  return (
    <Menu.Root>
      <Menu.Trigger render={children} />
      <Menu.Portal>
        <Menu.Positioner className={styles['positioner']} align="start" sideOffset={4}>
          <Menu.Popup className={styles['popup']}>
            <Items items={items} />
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}

function Items({ items }: { readonly items: MenuItems }): ReactNode {
  return items.map((item, index) =>
    // The list of items never changes while it is open: a place is an identity.
    item === '-' ? <Menu.Separator key={index} className={styles['separator']} /> : <Item key={item} id={item} />,
  );
}

function Item({ id }: { readonly id: CommandId }): ReactNode {
  const { command, refusal } = useCommandState(id);
  return (
    <Menu.Item
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
    </Menu.Item>
  );
}
