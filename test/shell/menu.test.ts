import type { MenuItemConstructorOptions } from 'electron';
import { describe, expect, it } from 'vitest';
import { menuTemplate } from '../../src/main/shell/menu-template.ts';
import { COMMANDS } from '../../src/shared/ipc/commands.ts';

const chosen: (readonly [string, string | null])[] = [];

function items(template: readonly MenuItemConstructorOptions[]): MenuItemConstructorOptions[] {
  return template.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? items(item.submenu) : [])]);
}

const recent = [
  { path: '/pinned', pinned: true },
  { path: '/a&b.db', pinned: false },
  { path: `/${'x'.repeat(4000)}/\u202Eend.db`, pinned: false },
];
const menu = (mac: boolean, devTools: boolean): MenuItemConstructorOptions[] =>
  menuTemplate((id, argument) => void chosen.push([id, argument]), { recent, mac, devTools });

describe('the menu', () => {
  const all = items(menu(false, false));
  const click = (item: MenuItemConstructorOptions | undefined): void => (item?.click as () => void)();

  it('holds every command that has a place in it, once, and does that command', () => {
    chosen.length = 0;
    const placed = COMMANDS.filter(({ menu: place }) => place !== null).map(({ id }) => id);
    for (const id of placed) {
      const found = all.filter((item) => item.id === id);
      expect(found, id).toHaveLength(1);
      click(found[0]);
    }
    expect(chosen).toEqual(placed.map((id) => [id, null]));
  });

  it('lists recent stores with every character of their names, and opens the one that was chosen', () => {
    chosen.length = 0;
    click(all.find((item) => item.label === '/a&&b.db'));
    expect(chosen).toEqual([['store.openRecent', '/a&b.db']]);
  });

  it('lists pinned stores first, behind a line the others, and no label is longer than a menu or turns around', () => {
    const { submenu } = all.find(({ id }) => id === 'open-recent') ?? {};
    const labels = (submenu as MenuItemConstructorOptions[]).map(({ label, type }) => label ?? type);
    expect(labels).toEqual(['/pinned', 'separator', '/a&&b.db', expect.stringMatching(/^…x+\/\uFFFDend\.db$/)]);
    expect(labels.at(-1)).toHaveLength(100);
  });

  it('offers nothing before a page says what can be done', () => {
    const enabled = all.filter((item) => item.id !== undefined && item.id !== 'open-recent' && item.enabled !== false);
    expect(enabled).toEqual([]);
  });

  it('never reloads the page, and has developer tools only where they are', () => {
    const roles = (devTools: boolean): unknown[] => items(menu(true, devTools)).map((item) => item.role);
    expect(roles(true)).not.toContain('reload');
    expect(roles(true)).not.toContain('forceReload');
    expect(roles(false)).not.toContain('toggleDevTools');
    expect(roles(true)).toContain('toggleDevTools');
  });

  it('begins and ends each menu with an item, and never has two lines in a row', () => {
    for (const { label, submenu } of menu(false, true)) {
      const kinds = (submenu as MenuItemConstructorOptions[]).map((item) => item.type === 'separator');
      expect([kinds[0], kinds.at(-1)], label).toEqual([false, false]);
      expect(
        kinds.some((line, index) => line && kinds[index + 1]),
        label,
      ).toBe(false);
    }
  });
});

describe('the commands', () => {
  it('have an id of their own each, and share no keys but where they are never on the screen together', () => {
    const ids = COMMANDS.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const keys = COMMANDS.flatMap((command) => ('keys' in command ? [...command.keys] : []));
    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual(['Mod+Enter', 'Delete', 'Alt+Up', 'Alt+Down']);
  });

  it('have one mnemonic each, no two the same between two lines of a menu', () => {
    const places = Map.groupBy(
      COMMANDS.filter(({ menu: place }) => place !== null),
      (command) => `${command.menu} ${command.section} ${'submenu' in command ? command.submenu : ''}`,
    );
    for (const [place, commands] of places) {
      const mnemonics = commands.map(({ title }) => /&(.)/.exec(title)?.[1]?.toLowerCase());
      expect(mnemonics, place).not.toContain(undefined);
      expect(new Set(mnemonics).size, `${place}: ${mnemonics.join('')}`).toBe(mnemonics.length);
    }
  });
});
