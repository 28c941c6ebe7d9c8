import { app, clipboard, shell } from 'electron';
import { changedSettings, type SettingsChange } from '../../shared/ipc/settings.ts';
import { appInfo } from './app-info.ts';
import type { Memory } from './memory.ts';
import type { SettingsFile } from './settings.ts';

export interface AppPortOptions {
  readonly settings: SettingsFile;
  readonly memory: Memory;
  readonly logFile: string;
  readonly newWindow: () => void;
}

/** What the page may ask of the application itself; the shape of main/ipc's AppPort. */
export function appPort({ settings, memory, logFile, newWindow }: AppPortOptions) {
  return {
    info: () => appInfo(logFile),
    home: () => app.getPath('home'),
    copyText: (text: string) => clipboard.writeText(text),
    settings: settings.chosen,
    change: (change: SettingsChange) => settings.set(changedSettings(settings.chosen(), change)),
    recall: memory.recall,
    remember: memory.remember,
    newWindow,
    openLog: () => void shell.openPath(logFile),
  };
}
