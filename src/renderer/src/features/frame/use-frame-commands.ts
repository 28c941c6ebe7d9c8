import { useQueryClient } from '@tanstack/react-query';
import { changeSettings, useSettings } from '../../api/settings.ts';
import { tidemark } from '../../api/tidemark.ts';
import { useCommands, type CommandHandler } from '../../commands/command-table.ts';
import { usePlaceParts } from '../../state/place.ts';
import type { SettingsChange } from '../../../../shared/ipc/settings.ts';
import { cyclePanes } from './panes.ts';

/** One step of zoom is a factor of 1.2^0.5, as browsers take. */
const ZOOM_STEP = 0.5;

/** The commands that every screen has: settings, places, panes. */
export function useFrameCommands(): void {
  const { theme, times, rows } = useSettings();
  const { past, future, back, forward, openDialog } = usePlaceParts('past', 'future', 'back', 'forward', 'openDialog');
  const client = useQueryClient();
  const choice = (change: SettingsChange, checked: boolean): CommandHandler => ({ run: () => changeSettings(change), checked });
  const step = (change: SettingsChange): CommandHandler => ({ run: () => changeSettings(change) });

  useCommands({
    'window.new': { run: () => void tidemark.appNewWindow({}) },
    'theme.system': choice({ theme: 'system' }, theme === 'system'),
    'theme.light': choice({ theme: 'light' }, theme === 'light'),
    'theme.dark': choice({ theme: 'dark' }, theme === 'dark'),
    'time.utc': choice({ times: 'utc' }, times === 'utc'),
    'time.local': choice({ times: 'local' }, times === 'local'),
    'time.relative': choice({ times: 'relative' }, times === 'relative'),
    'rows.compact': choice({ rows: 'compact' }, rows === 'compact'),
    'rows.roomy': choice({ rows: 'roomy' }, rows === 'roomy'),
    'zoom.in': step({ zoomBy: ZOOM_STEP }),
    'zoom.out': step({ zoomBy: -ZOOM_STEP }),
    'zoom.reset': step({ zoom: 0 }),
    'data.larger': step({ dataFontBy: 1 }),
    'data.smaller': step({ dataFontBy: -1 }),
    'view.back': { run: back, refusal: past.length === 0 ? 'There is no place to go back to.' : null },
    'view.forward': { run: forward, refusal: future.length === 0 ? 'There is no place to go forward to.' : null },
    'view.nextPane': { run: () => cyclePanes(1) },
    'view.previousPane': { run: () => cyclePanes(-1) },
    'view.refresh': { run: () => void client.invalidateQueries() },
    'view.palette': { run: () => openDialog({ kind: 'palette' }) },
    'view.quickOpen': { run: () => openDialog({ kind: 'quick-open' }) },
    'help.shortcuts': { run: () => openDialog({ kind: 'shortcuts' }) },
    'help.about': { run: () => openDialog({ kind: 'about' }) },
    'help.log': { run: () => void tidemark.appOpenLog({}) },
    'app.settings': { run: () => openDialog({ kind: 'settings' }) },
  });
}
