import type { MenuItemConstructorOptions } from 'electron';
import type { Theme } from './settings.ts';

/** What the menu can do. The page has the same commands where it shows them. */
export interface MenuActions {
  newWindow(): void;
  open(kind: 'file' | 'folder'): void;
  openRecent(path: string): void;
  create(adapter: 'sqlite' | 'fs'): void;
  openDemo(): void;
  closeStore(): void;
  setTheme(theme: Theme): void;
  openLog(): void;
}

export interface MenuState {
  readonly theme: Theme;
  /** Paths, newest first. */
  readonly recent: readonly string[];
  readonly mac: boolean;
  readonly devTools: boolean;
}

/** The menu as data. No item reloads the page: Ctrl+R is the page's own "read again". */
export function menuTemplate(actions: MenuActions, { theme, recent, mac, devTools }: MenuState): MenuItemConstructorOptions[] {
  const themeItem = (value: Theme, label: string): MenuItemConstructorOptions => ({
    id: `theme-${value}`,
    label,
    type: 'radio',
    checked: theme === value,
    click: () => actions.setTheme(value),
  });
  return [
    ...(mac ? [{ role: 'appMenu' } as const] : []),
    {
      label: '&File',
      submenu: [
        { id: 'new-file', label: 'New Store in a &File…', accelerator: 'CmdOrCtrl+N', click: () => actions.create('sqlite') },
        { id: 'new-folder', label: 'New Store in a Fo&lder…', click: () => actions.create('fs') },
        { id: 'new-window', label: 'New &Window', accelerator: 'CmdOrCtrl+Shift+N', click: () => actions.newWindow() },
        { type: 'separator' },
        { id: 'open-file', label: '&Open File…', accelerator: 'CmdOrCtrl+O', click: () => actions.open('file') },
        { id: 'open-folder', label: 'Open Fol&der…', accelerator: 'CmdOrCtrl+Shift+O', click: () => actions.open('folder') },
        {
          id: 'open-recent',
          label: 'Open &Recent',
          enabled: recent.length > 0,
          submenu: recent.map((path) => ({ label: path.replaceAll('&', '&&'), click: () => actions.openRecent(path) })),
        },
        { id: 'open-demo', label: 'Open the D&emo Store', click: () => actions.openDemo() },
        { type: 'separator' },
        { id: 'close-store', label: '&Close Store', click: () => actions.closeStore() },
        { role: 'close', label: 'Close Wi&ndow' },
        ...(mac ? [] : [{ type: 'separator' } as const, { role: 'quit', label: '&Quit' } as const]),
      ],
    },
    {
      label: '&Edit',
      submenu: [
        { role: 'undo' },
        { role: 'redo' },
        { type: 'separator' },
        { role: 'cut' },
        { role: 'copy' },
        { role: 'paste' },
        { type: 'separator' },
        { role: 'selectAll' },
      ],
    },
    {
      label: '&View',
      submenu: [
        { label: '&Theme', submenu: [themeItem('system', '&System'), themeItem('light', '&Light'), themeItem('dark', '&Dark')] },
        { type: 'separator' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { role: 'resetZoom' },
        { type: 'separator' },
        { role: 'togglefullscreen' },
        ...(devTools ? [{ type: 'separator' } as const, { role: 'toggleDevTools' } as const] : []),
      ],
    },
    ...(mac ? [{ role: 'windowMenu' } as const] : []),
    { label: '&Help', role: 'help', submenu: [{ id: 'open-log', label: 'Open the &Log File', click: () => actions.openLog() }] },
  ];
}
