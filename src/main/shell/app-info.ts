import { app } from 'electron';
import type { AppInfo } from '../../shared/ipc/contract/app.ts';

const SHOWN = ['electron', 'chrome', 'node', 'v8', 'sqlite'] as const;

export function appInfo(logFile: string): AppInfo {
  const versions = SHOWN.flatMap((name) => {
    const version = process.versions[name];
    return version === undefined ? [] : [[name, version] as const];
  });
  return { version: app.getVersion(), versions: Object.fromEntries(versions), platform: `${process.platform} ${process.arch}`, logFile };
}
