import { BrowserWindow, Menu } from 'electron';
import { COMMANDS } from '../../shared/ipc/commands.ts';
import { menuTemplate } from './menu-template.ts';
import { platform } from './platform.ts';
import type { SettingsFile } from './settings.ts';

/** What a window's commands are like now. */
export interface CommandStates {
  readonly enabled: readonly string[];
  readonly checked: readonly string[];
}

export interface MenuBar {
  /** Builds the menu again, as when the recent stores have changed. */
  refresh(): void;
  /** What the window of this id can do; shown while it is in front. */
  show(windowId: number, states: CommandStates): void;
  forget(windowId: number): void;
  /** Shows the states of the window that is in front now. */
  apply(): void;
}

const NOTHING: CommandStates = { enabled: [], checked: [] };

/** The menu bar of all windows, showing the commands of the one in front. */
export function openMenu(
  choose: (id: string, argument: string | null) => void,
  { settings, devTools }: { readonly settings: SettingsFile; readonly devTools: boolean },
): MenuBar {
  const states = new Map<number, CommandStates>();

  function apply(): void {
    const window = BrowserWindow.getFocusedWindow() ?? BrowserWindow.getAllWindows()[0];
    const { enabled, checked } = states.get(window?.webContents.id ?? -1) ?? NOTHING;
    const menu = Menu.getApplicationMenu();
    for (const { id } of COMMANDS) {
      const item = menu?.getMenuItemById(id);
      if (!item) continue;
      item.enabled = enabled.includes(id);
      if (item.type === 'checkbox' || item.type === 'radio') item.checked = checked.includes(id);
    }
  }

  function refresh(): void {
    const { recent } = settings.get();
    Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(choose, { recent, mac: platform.appMenu, devTools })));
    apply();
  }

  refresh();
  return {
    refresh,
    show: (windowId, next) => {
      states.set(windowId, next);
      apply();
    },
    forget: (windowId) => void states.delete(windowId),
    apply,
  };
}
