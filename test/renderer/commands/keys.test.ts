import { describe, expect, it } from 'vitest';
import { commandOfKeys, keysOf, shownKeys } from '../../../src/renderer/src/commands/keys.ts';

const press = (key: string, held: Partial<Record<'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey', boolean>> = {}, mac = false): string =>
  keysOf({ key, ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, ...held }, mac);

describe('keys', () => {
  it('name the same command however the letter comes', () => {
    expect(commandOfKeys(press('a', { ctrlKey: true, shiftKey: true }))).toBe('events.append');
    expect(commandOfKeys(press('A', { ctrlKey: true, shiftKey: true }))).toBe('events.append');
  });

  it('take Cmd for Ctrl on macOS, and there alone', () => {
    expect(commandOfKeys(press('o', { metaKey: true }, true))).toBe('store.openFile');
    expect(commandOfKeys(press('o', { metaKey: true }))).toBeUndefined();
    expect(commandOfKeys(press('o', { ctrlKey: true }, true))).toBeUndefined();
  });

  it('reach signs that need Shift on some keyboards', () => {
    expect(commandOfKeys(press('+', { ctrlKey: true, shiftKey: true }))).toBe('zoom.in');
    expect(commandOfKeys(press('=', { ctrlKey: true }))).toBe('zoom.in');
    expect(commandOfKeys(press('/', { ctrlKey: true, shiftKey: true }))).toBe('help.shortcuts');
    expect(commandOfKeys(press('>', { ctrlKey: true, shiftKey: true }))).toBe('data.larger');
  });

  it('know arrows and function keys', () => {
    expect(commandOfKeys(press('ArrowLeft', { altKey: true }))).toBe('view.back');
    expect(commandOfKeys(press('F6', { shiftKey: true }))).toBe('view.previousPane');
    expect(commandOfKeys(press('a'))).toBeUndefined();
  });

  it('are shown as the keyboard prints them', () => {
    expect(['Mod+Shift+A', 'Alt+Left', 'Mod++', 'F6'].map((keys) => shownKeys(keys, false))).toEqual([
      'Ctrl+Shift+A',
      'Alt+←',
      'Ctrl++',
      'F6',
    ]);
    expect(shownKeys('Mod+Shift+A', true)).toBe('⇧⌘A');
  });
});
