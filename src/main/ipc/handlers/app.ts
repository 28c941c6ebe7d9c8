import type { AppInfo } from '../../../shared/ipc/contract.ts';
import type { AreaHandlers } from '../handlers.ts';

export interface AppPort {
  info(): AppInfo;
  copyText(text: string): void | Promise<void>;
}

export function appHandlers(app: AppPort): AreaHandlers<'app'> {
  return {
    'app.info': async () => app.info(),
    'app.copyText': async ({ text }) => {
      await app.copyText(text);
      return null;
    },
  };
}
