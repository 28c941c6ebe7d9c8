import { describe, expect, it } from 'vitest';
import { editMenu } from '../../src/main/shell/edit-menu.ts';

const flags = { canUndo: false, canRedo: false, canCut: false, canCopy: true, canPaste: true, canDelete: false, canSelectAll: true };
const enabled = (menu: ReturnType<typeof editMenu>) => menu?.filter((item) => item.enabled).map(({ role }) => role);

describe('the menu of a text', () => {
  it('has in a field everything that can be done to its text, and refuses what cannot be done now', () => {
    const menu = editMenu({ isEditable: true, selectionText: '', editFlags: flags });
    expect(menu?.map(({ role, type }) => role ?? type)).toEqual([
      'undo',
      'redo',
      'separator',
      'cut',
      'copy',
      'paste',
      'delete',
      'separator',
      'selectAll',
    ]);
    expect(enabled(menu)).toEqual(['copy', 'paste', 'selectAll']);
  });

  it('copies what is selected elsewhere, and is not there where nothing is', () => {
    expect(enabled(editMenu({ isEditable: false, selectionText: 'evt-1', editFlags: flags }))).toEqual(['copy']);
    expect(editMenu({ isEditable: false, selectionText: ' \n', editFlags: flags })).toBeNull();
  });
});
