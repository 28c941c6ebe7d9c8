import { BrowserWindow, nativeTheme } from 'electron';
import type { Settings } from '../../shared/ipc/settings.ts';
import type { SettingsFile } from './settings.ts';

/** Makes what a person chooses true in every window at once, and tells their pages. */
export function applySettings(settings: SettingsFile, tell: (chosen: Settings) => void): void {
  settings.onChosen((chosen) => {
    nativeTheme.themeSource = chosen.theme;
    for (const window of BrowserWindow.getAllWindows()) window.webContents.setZoomLevel(chosen.zoom);
    tell(chosen);
  });
}
