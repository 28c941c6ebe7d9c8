import { describe, expect, it } from 'vitest';
import { backgroundColor, webPreferences, windowBounds, windowTitle } from '../../src/main/shell/window-options.ts';

describe('the preferences of every page', () => {
  it('are these and cannot be changed', () => {
    const preferences = webPreferences('/preload.cjs', false);
    expect(preferences).toEqual({
      preload: '/preload.cjs',
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
      devTools: false,
    });
    expect(Object.isFrozen(preferences)).toBe(true);
  });
});

describe('where a window goes', () => {
  const screen = { x: 0, y: 25, width: 1920, height: 1055 };
  const standard = { width: 1280, height: 800 };

  it('is the default size at first', () => {
    expect(windowBounds(null, [screen])).toEqual(standard);
  });

  it('is where it was', () => {
    const saved = { x: 100, y: 90, width: 1400, height: 900 };
    expect(windowBounds(saved, [screen])).toEqual(saved);
  });

  it('is the default place when the screen it was on is gone, or only a sliver of it could be seen', () => {
    for (const saved of [
      { x: 4000, y: 100, width: 1280, height: 800 },
      { x: 1880, y: 100, width: 1280, height: 800 },
      { x: 100, y: 1060, width: 1280, height: 800 },
      { x: -5000, y: -5000, width: 1280, height: 800 },
    ]) {
      expect(windowBounds(saved, [screen])).toEqual(standard);
    }
    expect(windowBounds({ x: 0, y: 0, width: 1280, height: 800 }, [])).toEqual(standard);
  });

  it('is no larger than the screen and no smaller than the smallest window, with its title bar in reach', () => {
    expect(windowBounds({ x: 10, y: -30, width: 9000, height: 9000 }, [screen])).toEqual({ x: 10, y: 25, width: 1920, height: 1055 });
    expect(windowBounds({ x: 10, y: 30, width: 200, height: 100 }, [screen])).toEqual({ x: 10, y: 30, width: 960, height: 600 });
  });
});

describe('how a window looks before its page', () => {
  it('has the page background of the theme and the store in its title', () => {
    expect([backgroundColor(true), backgroundColor(false)]).toEqual(['#15171b', '#ffffff']);
    expect([
      windowTitle(null, null),
      windowTitle(null, 'orders'),
      windowTitle('orders.db', null),
      windowTitle('orders.db', 'paid'),
    ]).toEqual(['Tidemark', 'Tidemark', 'orders.db — Tidemark', 'orders.db — paid — Tidemark']);
  });
});
