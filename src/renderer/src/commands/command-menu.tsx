import { ContextMenu } from '@base-ui/react/context-menu';
import { Menu } from '@base-ui/react/menu';
import type { ReactElement, ReactNode, RefObject } from 'react';
import { plainTitle, type CommandId } from '../../../shared/ipc/commands.ts';
import { runCommand, useCommandState } from './command-table.ts';
import styles from './command-menu.module.css';
import { visibleText } from '../ui/visible-text.tsx';
import { keysOfCommand } from './keys.ts';

/** Commands, with '-' between sections. */
type MenuItems = readonly (CommandId | '-')[];

/** Menus lie in the page's main part, so that whoever goes from landmark to landmark does not pass them by. */
const landmark: RefObject<HTMLElement | null> = {
  get current() {
    return document.querySelector('main');
  },
};

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
      <ContextMenu.Portal container={landmark}>
        <ContextMenu.Positioner className={styles['positioner']}>
          <ContextMenu.Popup className={styles['popup']}>
            <Items items={items} />
          </ContextMenu.Popup>
        </ContextMenu.Positioner>
      </ContextMenu.Portal>
    </ContextMenu.Root>
  );
}

/** Something that is chosen in a menu and is no command by itself. */
interface MenuEntry {
  readonly id: string;
  readonly title: string;
  readonly note: string;
  /** Why it cannot be chosen now; null when it can. */
  readonly refusal: string | null;
  readonly run: () => void;
}

interface CommandMenuProps {
  readonly items: MenuItems;
  /** After the commands, under a title. */
  readonly more?: { readonly title: string; readonly entries: readonly MenuEntry[] };
  /** The button that opens it. */
  readonly children: ReactElement;
}

/** A menu under a button, made of commands. */
export function CommandMenu({ items, more, children }: CommandMenuProps): ReactNode {
  return (
    <Menu.Root>
      <Menu.Trigger render={children} />
      <Menu.Portal container={landmark}>
        <Menu.Positioner className={styles['positioner']} align="start" sideOffset={4}>
          <Menu.Popup className={styles['popup']}>
            <Items items={items} />
            {more && more.entries.length > 0 ? (
              <>
                <Menu.Separator className={styles['separator']} />
                <Menu.Group>
                  <Menu.GroupLabel className={styles['label']}>{more.title}</Menu.GroupLabel>
                  {more.entries.map(({ id, title, note, refusal, run }) => (
                    <Menu.Item
                      key={id}
                      className={styles['item']}
                      disabled={refusal !== null}
                      title={refusal ?? undefined}
                      onClick={() => void setTimeout(run)}
                    >
                      <span>{visibleText(title)}</span>
                      <span className={styles['keys']}>{visibleText(note)}</span>
                    </Menu.Item>
                  ))}
                </Menu.Group>
              </>
            ) : null}
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
