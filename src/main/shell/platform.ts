/** Where the systems differ in what a person expects. The page's one difference, Cmd for Ctrl, is in its commands/keys.ts. */
export interface Platform {
  /** The menu bar is the application's, with menus of the system's own in it. */
  readonly appMenu: boolean;
  /** The application lives on when its last window has been closed. */
  readonly outlivesWindows: boolean;
  /** The application's own icon may show how far its work is. */
  readonly iconProgress: boolean;
}

export function platformOf(name: NodeJS.Platform): Platform {
  const mac = name === 'darwin';
  return { appMenu: mac, outlivesWindows: mac, iconProgress: mac || name === 'win32' };
}

export const platform = platformOf(process.platform);
