import type { AppInfo } from '../../../shared/ipc/contract/app.ts';
import type { Settings, SettingsChange } from '../../../shared/ipc/settings.ts';
import type { AreaHandlers } from '../handlers.ts';

/** What the page may ask of the application itself. The shell implements it with Electron, tests with plain objects. */
export interface AppPort {
  info(): AppInfo;
  /** The person's home folder, absolute. */
  home(): string;
  copyText(text: string): void | Promise<void>;
  settings(): Settings;
  change(change: SettingsChange): void;
  recall(prefix: string): Readonly<Record<string, string>>;
  remember(key: string, value: string | null): void;
  newWindow(): void;
  openLog(): void;
}

export function appHandlers(app: AppPort): AreaHandlers<'app'> {
  return {
    'app.info': async () => app.info(),
    'app.copyText': async ({ text }) => {
      await app.copyText(text);
      return null;
    },
    'app.settings': async () => app.settings(),
    'app.change': async (change) => {
      app.change(change);
      return app.settings();
    },
    'app.recall': async ({ prefix }) => app.recall(prefix),
    'app.remember': async ({ key, value }) => {
      app.remember(key, value);
      return null;
    },
    'app.newWindow': async () => {
      app.newWindow();
      return null;
    },
    'app.openLog': async () => {
      app.openLog();
      return null;
    },
    'app.showCommands': async (states, { workspace }) => {
      workspace.window.showCommands(states);
      return null;
    },
    'app.showTitle': async ({ topic }, { workspace }) => {
      workspace.window.showTopic(topic);
      return null;
    },
    'app.showProgress': async ({ progress }, { workspace }) => {
      workspace.window.showProgress(progress);
      return null;
    },
    'app.notify': async ({ title, body }, { workspace }) => {
      workspace.window.notify(title, body);
      return null;
    },
  };
}
