import type { WebPreferences } from 'electron';

/** What every page runs with. Nothing a page can do changes it. */
export function webPreferences(preload: string, devTools: boolean): Readonly<WebPreferences> {
  return Object.freeze({
    preload,
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    webviewTag: false,
    navigateOnDragDrop: false,
    plugins: false,
    safeDialogs: true,
    spellcheck: false,
    devTools,
  } satisfies WebPreferences);
}

export const MIN_SIZE = { width: 960, height: 600 } as const;
const DEFAULT_SIZE = { width: 1280, height: 800 } as const;

/** In screen pixels that do not depend on its density. */
export interface Bounds {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/**
 * Where a window goes: where it was, if enough of it to take hold of lies on a screen that is there now (each given by
 * its work area), and never larger than that screen; else the default size, placed by the system.
 */
export function windowBounds(saved: Bounds | null, screens: readonly Bounds[]): Partial<Bounds> {
  if (saved === null) return DEFAULT_SIZE;
  const screen = screens.find(
    (area) => overlap(saved.x, saved.width, area.x, area.width) >= 100 && overlap(saved.y, saved.height, area.y, area.height) >= 50,
  );
  if (!screen) return DEFAULT_SIZE;
  const width = Math.max(MIN_SIZE.width, Math.min(saved.width, screen.width));
  const height = Math.max(MIN_SIZE.height, Math.min(saved.height, screen.height));
  return { x: saved.x, y: Math.max(saved.y, screen.y), width, height };
}

const STEP = 28;

/** Where a window is to go so that it covers none of `others` to the pixel: a little down and to the right of the one it would. */
export function besideOthers(wanted: Bounds, others: readonly Bounds[]): Bounds {
  let { x, y } = wanted;
  while (others.some((other) => other.x === x && other.y === y)) [x, y] = [x + STEP, y + STEP];
  return { ...wanted, x, y };
}

function overlap(start: number, length: number, otherStart: number, otherLength: number): number {
  return Math.min(start + length, otherStart + otherLength) - Math.max(start, otherStart);
}

/** The page's own background (tokens `bg`), so that nothing flashes before it paints. */
export function backgroundColor(dark: boolean): string {
  return dark ? '#15171b' : '#ffffff';
}

/** `store — topic — Tidemark`, as far as there are any. Long names are cut: a title is one line. */
export function windowTitle(store: string | null, topic: string | null): string {
  const parts = [store, store === null ? null : topic].filter((part) => part !== null);
  return [...parts.map((part) => (part.length > 100 ? `${part.slice(0, 99)}…` : part)), 'Tidemark'].join(' — ');
}
