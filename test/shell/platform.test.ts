import { describe, expect, it } from 'vitest';
import { platformOf } from '../../src/main/shell/platform.ts';

describe('the systems', () => {
  it('differ in the menu bar, in what closing the last window does, and in progress on the icon', () => {
    expect(platformOf('darwin')).toEqual({ appMenu: true, outlivesWindows: true, iconProgress: true });
    expect(platformOf('win32')).toEqual({ appMenu: false, outlivesWindows: false, iconProgress: true });
    expect(platformOf('linux')).toEqual({ appMenu: false, outlivesWindows: false, iconProgress: false });
  });
});
