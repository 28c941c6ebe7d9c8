import { withMoved, withOpened, without, withPin, type Recent } from './recent-list.ts';
import type { SettingsFile } from './settings.ts';

/** The recent stores as the settings keep them; `changed` is called after each change. The shape of main/ipc's RecentStores. */
export function recentStores(settings: Pick<SettingsFile, 'get' | 'set'>, changed: () => void) {
  const list = (): readonly Recent[] => settings.get().recent;
  const change = (next: readonly Recent[]): void => {
    if (next === list()) return;
    settings.set({ recent: next });
    changed();
  };
  return {
    list,
    opened: (path: string, kind: Recent['kind']): void => change(withOpened(list(), path, kind, Date.now())),
    pin: (path: string, pinned: boolean): void => change(withPin(list(), path, pinned)),
    forget: (path: string): void => change(without(list(), path)),
    replace: (from: string, to: string): void => change(withMoved(list(), from, to)),
  };
}
