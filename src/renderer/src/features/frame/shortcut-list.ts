import { COMMANDS, MENUS, plainTitle, type Command } from '../../../../shared/ipc/commands.ts';
import { commandTitle } from './choices.ts';
import { shownKeys } from '../../commands/keys.ts';
import { fuzzyMatch } from './fuzzy-match.ts';

export interface Shortcut {
  readonly title: string;
  /** As printed on the keyboard; any of them does it. */
  readonly keys: readonly string[];
}

export interface ShortcutGroup {
  readonly title: string;
  readonly shortcuts: readonly Shortcut[];
}

/** Keys that are no commands: they belong to the part that has the focus. */
const OF_PARTS: readonly ShortcutGroup[] = [
  {
    title: 'In the events',
    shortcuts: [
      { title: 'Move the cursor', keys: ['↑', '↓', 'PgUp', 'PgDn'] },
      { title: 'First and last row', keys: ['Home', 'End'] },
      { title: 'Select a range', keys: ['Shift+↑', 'Shift+↓'] },
      { title: 'Mark the event for comparison', keys: ['Space'] },
      { title: 'Into the event, and back', keys: ['Enter', 'Esc'] },
    ],
  },
  {
    title: 'In a JSON tree',
    shortcuts: [
      { title: 'Move the cursor', keys: ['↑', '↓', 'Home', 'End'] },
      { title: 'Open and close', keys: ['→', '←', 'Enter'] },
      { title: 'Open everything', keys: ['*'] },
      { title: 'Copy what the cursor is on', keys: ['Mod+C'] },
    ],
  },
  {
    title: 'In the topics and other lists',
    shortcuts: [
      { title: 'Choose', keys: ['↑', '↓', 'Home', 'End', 'PgUp', 'PgDn'] },
      { title: 'Context menu', keys: ['Shift+F10', 'Menu'] },
    ],
  },
  {
    title: 'Everywhere',
    shortcuts: [
      { title: 'Close or cancel the innermost thing', keys: ['Esc'] },
      { title: 'Move a divider between panes that has the focus', keys: ['←', '→', 'Home', 'End'] },
      { title: 'Show another tab, when a tab has the focus', keys: ['←', '→', 'Home', 'End'] },
      { title: 'Commands, in quick open', keys: ['>'] },
    ],
  },
];

/** Every key there is, by menu and part, as far as its title or keys fit `query`. */
export function shortcutGroups(query: string): readonly ShortcutGroup[] {
  const commands = MENUS.map((menu) => ({
    title: plainTitle(menu),
    shortcuts: COMMANDS.filter((command: Command) => command.menu === menu && command.keys !== undefined).map(shortcutOf),
  }));
  return [...commands, ...OF_PARTS.map(withPrintedKeys)]
    .map((group) => ({ ...group, shortcuts: group.shortcuts.filter((shortcut) => fits(shortcut, query)) }))
    .filter(({ shortcuts }) => shortcuts.length > 0);
}

function shortcutOf(command: Command): Shortcut {
  const title = commandTitle({ ...command, menu: null });
  return { title, keys: (command.keys ?? []).map((keys) => shownKeys(keys)) };
}

function withPrintedKeys({ title, shortcuts }: ShortcutGroup): ShortcutGroup {
  return { title, shortcuts: shortcuts.map((shortcut) => ({ ...shortcut, keys: shortcut.keys.map((keys) => shownKeys(keys)) })) };
}

/** By the title, or by keys as they are written: `ctrl p`, `Ctrl+P`. */
function fits({ title, keys }: Shortcut, query: string): boolean {
  if (fuzzyMatch(query, title)) return true;
  const parts = query
    .toLowerCase()
    .split(/[+\s]+/)
    .filter(Boolean);
  return keys.some((key) => parts.every((part) => key.toLowerCase().split('+').includes(part)));
}
