import type { MenuItemConstructorOptions } from 'electron';
import { describe, expect, it } from 'vitest';
import { menuTemplate, type MenuActions } from '../../src/main/shell/menu-template.ts';

const done: string[] = [];
const note =
  (name: string) =>
  (...args: readonly string[]): void =>
    void done.push([name, ...args].join(' '));
const actions: MenuActions = {
  newWindow: note('newWindow'),
  open: note('open'),
  openRecent: note('openRecent'),
  create: note('create'),
  openDemo: note('openDemo'),
  closeStore: note('closeStore'),
  setTheme: note('setTheme'),
  openLog: note('openLog'),
};

function items(template: readonly MenuItemConstructorOptions[]): MenuItemConstructorOptions[] {
  return template.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? items(item.submenu) : [])]);
}

describe('the menu', () => {
  const all = items(menuTemplate(actions, { theme: 'dark', recent: ['/a&b.db'], mac: false, devTools: false }));
  const click = (id: string): void => (all.find((item) => item.id === id)?.click as () => void)();

  it('does what its items say', () => {
    done.length = 0;
    for (const id of [
      'open-file',
      'open-folder',
      'new-file',
      'new-folder',
      'new-window',
      'open-demo',
      'close-store',
      'theme-light',
      'open-log',
    ])
      click(id);
    expect(done).toEqual([
      'open file',
      'open folder',
      'create sqlite',
      'create fs',
      'newWindow',
      'openDemo',
      'closeStore',
      'setTheme light',
      'openLog',
    ]);
  });

  it('marks the theme, and lists recent stores with every character of their names', () => {
    expect(all.filter((item) => item.type === 'radio' && item.checked).map((item) => item.id)).toEqual(['theme-dark']);
    expect(all.some((item) => item.label === '/a&&b.db')).toBe(true);
  });

  it('never reloads the page, and has developer tools only where they are', () => {
    const roles = (devTools: boolean): unknown[] =>
      items(menuTemplate(actions, { theme: 'system', recent: [], mac: true, devTools })).map((item) => item.role);
    expect(roles(true)).not.toContain('reload');
    expect(roles(true)).not.toContain('forceReload');
    expect(roles(false)).not.toContain('toggleDevTools');
    expect(roles(true)).toContain('toggleDevTools');
  });

  it('gives each shortcut to one item', () => {
    const keys = all.flatMap((item) => (item.accelerator === undefined ? [] : [item.accelerator]));
    expect(new Set(keys).size).toBe(keys.length);
  });
});
