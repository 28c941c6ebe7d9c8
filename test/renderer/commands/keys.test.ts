import { describe, expect, it } from 'vitest';
import { commandsOfKeys, keysOf, shownKeys } from '../../../src/renderer/src/commands/keys.ts';

const press = (key: string, held: Partial<Record<'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey', boolean>> = {}, mac = false): string =>
  keysOf({ key, ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, ...held }, mac);

describe('keys', () => {
  it('name the same command however the letter comes', () => {
    expect(commandsOfKeys(press('a', { ctrlKey: true, shiftKey: true }))).toEqual(['events.append']);
    expect(commandsOfKeys(press('A', { ctrlKey: true, shiftKey: true }))).toEqual(['events.append']);
  });

  it('take Cmd for Ctrl on macOS, and there alone', () => {
    expect(commandsOfKeys(press('o', { metaKey: true }, true))).toEqual(['store.openFile']);
    expect(commandsOfKeys(press('o', { metaKey: true }))).toEqual([]);
    expect(commandsOfKeys(press('o', { ctrlKey: true }, true))).toEqual([]);
  });

  it('reach signs that need Shift on some keyboards', () => {
    expect(commandsOfKeys(press('+', { ctrlKey: true, shiftKey: true }))).toEqual(['zoom.in']);
    expect(commandsOfKeys(press('=', { ctrlKey: true }))).toEqual(['zoom.in']);
    expect(commandsOfKeys(press('/', { ctrlKey: true, shiftKey: true }))).toEqual(['help.shortcuts']);
    expect(commandsOfKeys(press('>', { ctrlKey: true, shiftKey: true }))).toEqual(['data.larger']);
  });

  it('know arrows and function keys', () => {
    expect(commandsOfKeys(press('ArrowLeft', { altKey: true }))).toEqual(['view.back']);
    expect(commandsOfKeys(press('F6', { shiftKey: true }))).toEqual(['view.previousPane']);
    expect(commandsOfKeys(press('a'))).toEqual([]);
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
