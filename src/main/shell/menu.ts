import { Menu, nativeTheme, shell } from 'electron';
import { menuTemplate, type MenuActions } from './menu-template.ts';
import type { SettingsFile } from './settings.ts';

/** Puts the menu up, and up again when the theme or the recent stores change; the theme and the log are its own business. */
export function openMenu(
  actions: Omit<MenuActions, 'setTheme' | 'openLog'>,
  { settings, logFile, devTools }: { readonly settings: SettingsFile; readonly logFile: string; readonly devTools: boolean },
): { refresh(): void } {
  function refresh(): void {
    const { theme, recent } = settings.get();
    nativeTheme.themeSource = theme;
    const template = menuTemplate(
      {
        ...actions,
        setTheme: (value) => {
          settings.set({ theme: value });
          refresh();
        },
        openLog: () => void shell.openPath(logFile),
      },
      { theme, recent, mac: process.platform === 'darwin', devTools },
    );
    Menu.setApplicationMenu(Menu.buildFromTemplate(template));
  }
  refresh();
  return { refresh };
}
