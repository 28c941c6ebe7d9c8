import type { MenuItemConstructorOptions } from 'electron';
import { COMMANDS, MENUS, type Command } from '../../shared/ipc/commands.ts';

export interface MenuState {
  /** Pinned ones first. */
  readonly recent: readonly { readonly path: string; readonly pinned: boolean }[];
  /** The menu bar is the application's, as on macOS. */
  readonly mac: boolean;
  readonly devTools: boolean;
}

type Choose = (id: string, argument: string | null) => void;
type Item = MenuItemConstructorOptions;

const LONGEST_LABEL = 100;
const SEPARATOR: Item = { type: 'separator' };

/** What Electron itself does, beside the commands: by menu, before (`first`) or after them. */
function roles({
  mac,
  devTools,
}: MenuState): Readonly<Record<string, { readonly first?: readonly Item[]; readonly last?: readonly Item[] }>> {
  return {
    '&File': { last: [{ role: 'close', label: 'Close Wi&ndow' }, ...(mac ? [] : [SEPARATOR, { role: 'quit', label: '&Quit' } as const])] },
    '&Edit': {
      first: [
        { role: 'undo' },
        { role: 'redo' },
        SEPARATOR,
        { role: 'cut' },
        { role: 'copy' },
        { role: 'paste' },
        SEPARATOR,
        { role: 'selectAll' },
      ],
    },
    '&View': { last: [{ role: 'togglefullscreen' }, ...(devTools ? [{ role: 'toggleDevTools' } as const] : [])] },
  };
}

/**
 * The menu bar as data, made of the commands. Keys are shown here and heard by the page, which knows what has the focus; no
 * item reloads the page: Ctrl+R is the page's own "read again".
 */
export function menuTemplate(choose: Choose, state: MenuState): Item[] {
  const around = roles(state);
  const bar = MENUS.map((label): Item => {
    const commands: readonly Command[] = COMMANDS.filter(({ menu }) => menu === label);
    const sections = Map.groupBy(commands, ({ section }) => section);
    const blocks = [...sections.values()].map((section) => sectionItems(section, choose));
    if (label === '&File') blocks.splice(2, 0, [recentItem(state.recent, choose)]);
    const { first, last } = around[label] ?? {};
    return {
      label,
      submenu: joined([...(first ? [first] : []), ...blocks, ...(last ? [last] : [])]),
      ...(label === '&Help' ? { role: 'help' as const } : {}),
    };
  });
  if (!state.mac) return bar;
  return [{ role: 'appMenu' }, ...bar.slice(0, -1), { role: 'windowMenu' }, ...bar.slice(-1)];
}

function joined(blocks: readonly (readonly Item[])[]): Item[] {
  return blocks.flatMap((block, index) => (index === 0 ? block : [SEPARATOR, ...block]));
}

function sectionItems(section: readonly Command[], choose: Choose): Item[] {
  const groups = Map.groupBy(section, (command) => command.submenu ?? command.id);
  return [...groups.values()].flatMap((group) => {
    const submenu = group[0]?.submenu;
    const items = group.map((command) => commandItem(command, choose));
    return submenu === undefined ? items : [{ label: submenu, submenu: items }];
  });
}

function commandItem({ id, title, keys, kind }: Command, choose: Choose): Item {
  const accelerator = keys?.[0];
  return {
    id,
    label: title,
    // Nothing is on the screen yet that could do it: the page says what is.
    enabled: false,
    ...(kind === undefined ? {} : { type: kind === 'check' ? 'checkbox' : 'radio' }),
    ...(accelerator === undefined
      ? {}
      : { accelerator: accelerator.replace('Mod', 'CmdOrCtrl').replace('+Plus', '+='), registerAccelerator: false }),
    click: () => choose(id, null),
  };
}

function recentItem(recent: MenuState['recent'], choose: Choose): Item {
  const items = (pinned: boolean): Item[] =>
    recent
      .filter((one) => one.pinned === pinned)
      .map(({ path }) => ({ label: menuLabel(path), click: () => choose('store.openRecent', path) }));
  return {
    id: 'open-recent',
    label: 'Open &Recent',
    enabled: recent.length > 0,
    submenu: joined([items(true), items(false)].filter((block) => block.length > 0)),
  };
}

/** A path on one line: no mnemonic in it, nothing that turns it around, and its end, which says most, where it is long. */
function menuLabel(path: string): string {
  const seen = path.replaceAll(/[\p{C}\p{Zl}\p{Zp}]/gu, '\uFFFD').replaceAll('&', '&&');
  return seen.length <= LONGEST_LABEL ? seen : `…${seen.slice(1 - LONGEST_LABEL)}`;
}
