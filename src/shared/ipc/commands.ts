/** The menus of the menu bar, in their order. A mnemonic stands after `&`. */
export const MENUS = ['&File', '&Edit', '&View', '&Topic', 'E&vents', 'T&ools', '&Help'] as const;
type MenuLabel = (typeof MENUS)[number];

interface CommandEntry {
  /** `noun.verb`; also the id of its menu item. */
  readonly id: string;
  /** As the menu shows it, with its mnemonic after `&`; an ellipsis says that it asks before it acts. */
  readonly title: string;
  /** Null: in the palette and under its keys only. */
  readonly menu: MenuLabel | null;
  /** Items of one section stand together in the menu. */
  readonly section: number;
  /** A submenu of `menu`. */
  readonly submenu?: string;
  /** `Mod` is Cmd on macOS and Ctrl elsewhere. The first one is shown. */
  readonly keys?: readonly string[];
  /** It is on or off, and the menu shows which; a radio is one of its submenu. */
  readonly kind?: 'check' | 'radio';
}

/**
 * Every command there is, once. Menu bar, palette, shortcut sheet, tooltips, context menus and keys all read this list; what
 * a command does, and when it can be done, is said by the part of the page that is on the screen (`useCommands`).
 */
export const COMMANDS = [
  { id: 'store.newFile', title: 'New Store in a &File…', menu: '&File', section: 1, keys: ['Mod+N'] },
  { id: 'store.newFolder', title: 'New Store in a Fo&lder…', menu: '&File', section: 1 },
  { id: 'window.new', title: 'New &Window', menu: '&File', section: 1, keys: ['Mod+Shift+N'] },
  { id: 'store.openFile', title: '&Open File…', menu: '&File', section: 2, keys: ['Mod+O'] },
  { id: 'store.openFolder', title: 'Open Fol&der…', menu: '&File', section: 2, keys: ['Mod+Shift+O'] },
  { id: 'store.openRecent', title: 'Open Recent…', menu: null, section: 2 },
  { id: 'store.openDemo', title: 'Open the D&emo Store', menu: '&File', section: 3 },
  { id: 'store.unlock', title: '&Unlock Writing…', menu: '&File', section: 4 },
  { id: 'store.lock', title: '&Make Read-Only', menu: '&File', section: 4 },
  { id: 'store.close', title: '&Close Store', menu: '&File', section: 5 },
  { id: 'app.settings', title: '&Settings…', menu: '&File', section: 6, keys: ['Mod+,'] },

  { id: 'edit.find', title: '&Find', menu: '&Edit', section: 9, keys: ['Mod+F'] },

  { id: 'view.palette', title: 'Command &Palette…', menu: '&View', section: 1, keys: ['Mod+Shift+P'] },
  { id: 'view.quickOpen', title: '&Go to Topic or Store…', menu: '&View', section: 1, keys: ['Mod+P', 'Mod+K'] },
  { id: 'view.back', title: '&Back', menu: '&View', section: 2, keys: ['Alt+Left'] },
  { id: 'view.forward', title: '&Forward', menu: '&View', section: 2, keys: ['Alt+Right'] },
  { id: 'view.nextPane', title: '&Next Pane', menu: '&View', section: 2, keys: ['F6'] },
  { id: 'view.previousPane', title: 'P&revious Pane', menu: '&View', section: 2, keys: ['Shift+F6'] },
  { id: 'view.events', title: '&Events', menu: '&View', section: 3, keys: ['Mod+1'] },
  { id: 'view.replay', title: 'Re&play', menu: '&View', section: 3, keys: ['Mod+2'] },
  { id: 'view.charts', title: '&Charts', menu: '&View', section: 3, keys: ['Mod+3'] },
  { id: 'view.fold', title: 'F&old', menu: '&View', section: 3, keys: ['Mod+4'] },
  { id: 'view.health', title: '&Health', menu: '&View', section: 3, keys: ['Mod+5'] },
  { id: 'view.config', title: 'Confi&guration', menu: '&View', section: 3, keys: ['Mod+6'] },
  { id: 'view.trash', title: '&Trash', menu: '&View', section: 3 },
  { id: 'view.sidebar', title: '&Sidebar', menu: '&View', section: 4, keys: ['Mod+B'], kind: 'check' },
  { id: 'view.detail', title: 'Event &Detail', menu: '&View', section: 4, keys: ['Mod+J'], kind: 'check' },
  { id: 'theme.system', title: '&System', menu: '&View', section: 5, submenu: '&Theme', kind: 'radio' },
  { id: 'theme.light', title: '&Light', menu: '&View', section: 5, submenu: '&Theme', kind: 'radio' },
  { id: 'theme.dark', title: '&Dark', menu: '&View', section: 5, submenu: '&Theme', kind: 'radio' },
  { id: 'time.utc', title: '&UTC', menu: '&View', section: 5, submenu: 'Ti&mes', kind: 'radio' },
  { id: 'time.local', title: '&Local', menu: '&View', section: 5, submenu: 'Ti&mes', kind: 'radio' },
  { id: 'time.relative', title: '&Relative', menu: '&View', section: 5, submenu: 'Ti&mes', kind: 'radio' },
  { id: 'rows.compact', title: '&Compact', menu: '&View', section: 5, submenu: 'R&ows', kind: 'radio' },
  { id: 'rows.roomy', title: '&Roomy', menu: '&View', section: 5, submenu: 'R&ows', kind: 'radio' },
  { id: 'zoom.in', title: 'Zoom &In', menu: '&View', section: 6, keys: ['Mod+=', 'Mod++'] },
  { id: 'zoom.out', title: 'Zoom &Out', menu: '&View', section: 6, keys: ['Mod+-'] },
  { id: 'zoom.reset', title: 'Act&ual Size', menu: '&View', section: 6, keys: ['Mod+0'] },
  { id: 'data.larger', title: 'Larger Data &Font', menu: '&View', section: 6, keys: ['Mod+Shift+.', 'Mod+Shift+>'] },
  { id: 'data.smaller', title: 'S&maller Data Font', menu: '&View', section: 6, keys: ['Mod+Shift+,', 'Mod+Shift+<'] },
  { id: 'view.refresh', title: 'Re&fresh', menu: '&View', section: 7, keys: ['Mod+R', 'F5'] },

  { id: 'topics.filter', title: '&Filter Topics', menu: '&Topic', section: 1, keys: ['Mod+Shift+F'] },
  { id: 'topic.create', title: '&New Topic…', menu: '&Topic', section: 1 },
  { id: 'topic.edit', title: '&Edit Topic…', menu: '&Topic', section: 2, keys: ['F2'] },
  { id: 'topic.startEmpty', title: '&Start Empty…', menu: '&Topic', section: 2 },
  { id: 'topic.copyName', title: '&Copy Topic Name', menu: '&Topic', section: 2 },
  { id: 'topic.delete', title: '&Delete Topic…', menu: '&Topic', section: 3, keys: ['Delete'] },
  { id: 'trash.restore', title: '&Restore From the Trash…', menu: '&Topic', section: 4 },
  { id: 'trash.purge', title: '&Purge From the Trash…', menu: '&Topic', section: 4 },

  { id: 'events.append', title: '&Append Events…', menu: 'E&vents', section: 1, keys: ['Mod+Shift+A'] },
  { id: 'events.appendLike', title: 'Append &Like This…', menu: 'E&vents', section: 1 },
  { id: 'events.jump', title: '&Go to Version or Time…', menu: 'E&vents', section: 2, keys: ['Mod+G'] },
  { id: 'events.newest', title: '&Newest First', menu: 'E&vents', section: 2, kind: 'radio' },
  { id: 'events.oldest', title: '&Oldest First', menu: 'E&vents', section: 2, kind: 'radio' },
  { id: 'events.tail', title: '&Follow Live', menu: 'E&vents', section: 2, keys: ['Mod+L'], kind: 'check' },
  { id: 'events.filterType', title: 'Filter by This T&ype', menu: 'E&vents', section: 2 },
  { id: 'events.clearFilter', title: '&Clear Filter', menu: 'E&vents', section: 2 },
  { id: 'events.columns', title: 'Colu&mns…', menu: 'E&vents', section: 2 },
  { id: 'events.diffPrevious', title: '&Compare With Previous of Its Type', menu: 'E&vents', section: 3, keys: ['Mod+D'] },
  { id: 'events.mark', title: '&Mark for Comparison', menu: 'E&vents', section: 3 },
  { id: 'events.diffMarked', title: 'Compare With Mar&ked', menu: 'E&vents', section: 3, keys: ['Mod+Shift+D'] },
  { id: 'events.related', title: 'Show Ca&usation', menu: 'E&vents', section: 3 },
  { id: 'events.copy', title: 'Cop&y as JSON', menu: 'E&vents', section: 4, submenu: 'Copy A&s' },
  { id: 'events.copyNdjson', title: 'Copy as &NDJSON', menu: 'E&vents', section: 4, submenu: 'Copy A&s' },
  { id: 'events.copyCsv', title: 'Copy as &CSV', menu: 'E&vents', section: 4, submenu: 'Copy A&s' },
  { id: 'events.copyCsvSafe', title: 'Copy as CSV &Without Formulas', menu: 'E&vents', section: 4, submenu: 'Copy A&s' },
  { id: 'events.copyId', title: 'Copy the &Id', menu: 'E&vents', section: 4, submenu: 'Copy A&s' },
  { id: 'events.copyVersion', title: 'Copy the &Version', menu: 'E&vents', section: 4, submenu: 'Copy A&s' },
  { id: 'events.copyLink', title: 'Copy a &Link', menu: 'E&vents', section: 4, submenu: 'Copy A&s' },
  { id: 'node.copy', title: 'Copy as &Stored', menu: 'E&vents', section: 4, submenu: 'Copy N&ode' },
  { id: 'node.copyText', title: 'Copy Its &Text', menu: 'E&vents', section: 4, submenu: 'Copy N&ode' },
  { id: 'node.copyKey', title: 'Copy Its &Key', menu: 'E&vents', section: 4, submenu: 'Copy N&ode' },
  { id: 'node.copyPointer', title: 'Copy JSON &Pointer', menu: 'E&vents', section: 4, submenu: 'Copy N&ode' },
  { id: 'node.copyPath', title: 'Copy &JavaScript Path', menu: 'E&vents', section: 4, submenu: 'Copy N&ode' },
  { id: 'node.openWhole', title: 'Open Value Whole', menu: null, section: 4 },
  { id: 'node.expandAll', title: 'Expand All Nodes', menu: null, section: 4 },
  { id: 'node.collapseAll', title: 'Collapse All Nodes', menu: null, section: 4 },
  { id: 'events.previous', title: '&Previous Version', menu: 'E&vents', section: 5, keys: ['Alt+Up'] },
  { id: 'events.next', title: '&Next Version', menu: 'E&vents', section: 5, keys: ['Alt+Down'] },
  { id: 'events.previousOfType', title: 'Previous of Its &Type', menu: 'E&vents', section: 5, keys: ['Alt+Shift+Up'] },
  { id: 'events.nextOfType', title: 'Next of Its T&ype', menu: 'E&vents', section: 5, keys: ['Alt+Shift+Down'] },
  { id: 'append.next', title: 'Ne&xt Step of the Draft', menu: 'E&vents', section: 6, keys: ['Mod+Enter'] },
  { id: 'append.file', title: '&Take Events From a File…', menu: 'E&vents', section: 6 },
  { id: 'append.format', title: '&Format JSON', menu: 'E&vents', section: 6, keys: ['Alt+Shift+F'] },
  { id: 'append.minify', title: 'M&inify JSON', menu: 'E&vents', section: 6 },
  { id: 'append.discard', title: '&Discard Draft', menu: 'E&vents', section: 6 },

  { id: 'fold.run', title: '&Run the Fold', menu: 'T&ools', section: 1, keys: ['Mod+Enter'] },
  { id: 'fold.stop', title: '&Stop the Fold', menu: 'T&ools', section: 1, keys: ['Mod+Shift+Enter'] },
  { id: 'fold.nextFailing', title: '&Next Failing Event', menu: 'T&ools', section: 2, keys: ['F4'] },
  { id: 'fold.previousFailing', title: '&Previous Failing Event', menu: 'T&ools', section: 2, keys: ['Shift+F4'] },
  { id: 'fold.bisect', title: '&Find Where a Condition Begins', menu: 'T&ools', section: 2 },
  { id: 'fold.whatIf', title: '&What If…', menu: 'T&ools', section: 2 },
  { id: 'whatIf.skip', title: '&Skip the Event', menu: 'T&ools', section: 2, submenu: 'Scratch &History', keys: ['Delete'], kind: 'check' },
  { id: 'whatIf.edit', title: '&Edit the Event…', menu: 'T&ools', section: 2, submenu: 'Scratch &History' },
  { id: 'whatIf.addBefore', title: 'Add &Before…', menu: 'T&ools', section: 2, submenu: 'Scratch &History' },
  { id: 'whatIf.addAfter', title: '&Add After…', menu: 'T&ools', section: 2, submenu: 'Scratch &History', keys: ['Insert'] },
  { id: 'whatIf.moveUp', title: 'Move &Up', menu: 'T&ools', section: 2, submenu: 'Scratch &History', keys: ['Alt+Up'] },
  { id: 'whatIf.moveDown', title: 'Move &Down', menu: 'T&ools', section: 2, submenu: 'Scratch &History', keys: ['Alt+Down'] },
  { id: 'whatIf.undo', title: 'U&ndo the Change', menu: 'T&ools', section: 2, submenu: 'Scratch &History', keys: ['Mod+Z'] },
  { id: 'whatIf.redo', title: '&Redo the Change', menu: 'T&ools', section: 2, submenu: 'Scratch &History', keys: ['Mod+Shift+Z', 'Mod+Y'] },
  { id: 'whatIf.hand', title: '&Hand Added Events to the Append Editor…', menu: 'T&ools', section: 2, submenu: 'Scratch &History' },
  { id: 'whatIf.throwAway', title: '&Throw the What-If Away…', menu: 'T&ools', section: 2, submenu: 'Scratch &History' },
  { id: 'fold.save', title: 'Sa&ve the Fold', menu: 'T&ools', section: 3, keys: ['Mod+S'] },
  { id: 'fold.saveAs', title: 'Save the Fold &As…', menu: 'T&ools', section: 3 },
  { id: 'fold.rename', title: 'Rena&me the Fold…', menu: 'T&ools', section: 3 },
  { id: 'fold.remove', title: 'R&emove the Saved Fold', menu: 'T&ools', section: 3 },
  { id: 'fold.import', title: '&Import a Fold…', menu: 'T&ools', section: 3 },
  { id: 'fold.export', title: 'E&xport the Fold…', menu: 'T&ools', section: 3 },
  { id: 'health.copy', title: 'Copy a Report for a &Bug…', menu: 'T&ools', section: 6 },
  { id: 'replay.play', title: '&Play or Pause', menu: 'T&ools', section: 5, submenu: '&Replay' },
  { id: 'replay.stepBack', title: 'Step &Back', menu: 'T&ools', section: 5, submenu: '&Replay' },
  { id: 'replay.stepForward', title: 'Step &Forward', menu: 'T&ools', section: 5, submenu: '&Replay' },
  { id: 'replay.now', title: 'Back to &Now', menu: 'T&ools', section: 5, submenu: '&Replay' },
  { id: 'replay.timeTrue', title: 'Axis &True to Time', menu: 'T&ools', section: 5, submenu: '&Replay', kind: 'check' },
  { id: 'replay.markA', title: '&Mark Version as A', menu: 'T&ools', section: 5, submenu: '&Replay' },
  { id: 'replay.copyPatch', title: '&Copy Patch', menu: 'T&ools', section: 5, submenu: '&Replay', keys: ['Mod+Shift+C'] },
  { id: 'replay.restore', title: 'Restore &Version…', menu: 'T&ools', section: 5, submenu: '&Replay' },
  { id: 'help.shortcuts', title: '&Keyboard Shortcuts', menu: '&Help', section: 1, keys: ['Mod+/'] },
  { id: 'help.log', title: 'Open the &Log File', menu: '&Help', section: 2 },
  { id: 'help.about', title: '&About Tidemark', menu: '&Help', section: 3 },
] as const satisfies readonly CommandEntry[];

export type CommandId = (typeof COMMANDS)[number]['id'];
export type Command = CommandEntry & { readonly id: CommandId };

/** The title as it is read: no mnemonic. */
export function plainTitle(title: string): string {
  return title.replace('&', '');
}

export function isCommandId(id: string): id is CommandId {
  return COMMANDS.some((command) => command.id === id);
}
