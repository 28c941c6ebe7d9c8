import { useQueryClient } from '@tanstack/react-query';
import { changeSettings, useSettings } from '../../api/settings.ts';
import { tidemark } from '../../api/tidemark.ts';
import { useCommands, type CommandHandler } from '../../commands/command-table.ts';
import { usePlaceParts } from '../../state/place.ts';
import type { SettingsChange } from '../../../../shared/ipc/settings.ts';
import { cyclePanes } from './panes.ts';

/** One step of zoom is a factor of 1.2^0.5, as browsers take. */
const ZOOM_STEP = 0.5;
const clamp = (value: number, low: number, high: number): number => Math.min(Math.max(value, low), high);

/** The commands that every screen has: settings, places, panes. */
export function useFrameCommands(): void {
  const { theme, times, rows, zoom, dataFont } = useSettings();
  const { past, future, back, forward, openDialog } = usePlaceParts('past', 'future', 'back', 'forward', 'openDialog');
  const client = useQueryClient();
  const choice = (change: SettingsChange, checked: boolean): CommandHandler => ({ run: () => changeSettings(change), checked });
  const zoomTo = (to: number): CommandHandler => ({ run: () => changeSettings({ zoom: clamp(to, -4, 6) }) });
  const fontTo = (to: number): CommandHandler => ({ run: () => changeSettings({ dataFont: clamp(to, 9, 24) }) });

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
    'zoom.in': zoomTo(zoom + ZOOM_STEP),
    'zoom.out': zoomTo(zoom - ZOOM_STEP),
    'zoom.reset': zoomTo(0),
    'data.larger': fontTo(dataFont + 1),
    'data.smaller': fontTo(dataFont - 1),
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
