import type { ReactNode } from 'react';
import type { CommandId } from '../../../../shared/ipc/commands.ts';
import { runCommand, useCommandTable, commandOf, stateOf } from '../../commands/command-table.ts';
import { keysOfCommand } from '../../commands/keys.ts';
import type { View } from '../../state/place.ts';
import { Badge } from '../../ui/badge.tsx';
import { Tabs } from '../../ui/tabs.tsx';

/** The views that have a tab, each with the command that shows it. Their keys, Ctrl+1 to Ctrl+6, are the commands'. */
const VIEWS: readonly { readonly view: View; readonly title: string; readonly command: CommandId }[] = [
  { view: 'events', title: 'Events', command: 'view.events' },
  { view: 'replay', title: 'Replay', command: 'view.replay' },
  { view: 'charts', title: 'Charts', command: 'view.charts' },
  { view: 'fold', title: 'Fold', command: 'view.fold' },
  { view: 'health', title: 'Health', command: 'view.health' },
  { view: 'config', title: 'Config', command: 'view.config' },
];

/** Id of the panel that shows the view. */
export const VIEW_PANEL = 'view';

/** The tab of a view; null for those without one, which lie over another. */
export function tabOf(view: View): View | null {
  return VIEWS.some((tab) => tab.view === view) ? view : null;
}

interface ViewTabsProps {
  readonly current: View;
  /** How many problems the store has. */
  readonly problems: number;
}

export function ViewTabs({ current, problems }: ViewTabsProps): ReactNode {
  const layers = useCommandTable(({ layers: all }) => all);
  const tabs = VIEWS.map(({ view, title, command: id }) => {
    const command = commandOf(id);
    const { refusal } = stateOf(layers, command);
    return {
      name: view,
      title: refusal ?? `${title} (${keysOfCommand(command) ?? ''})`,
      disabled: refusal !== null,
      content: (
        <>
          {title}
          {view === 'health' && problems > 0 ? <Badge tone="warn">{problems}</Badge> : null}
        </>
      ),
    };
  });
  const show = (view: View): void => {
    const tab = VIEWS.find((one) => one.view === view);
    if (tab) runCommand(tab.command);
  };
  return <Tabs label="Views" tabs={tabs} current={current} panel={VIEW_PANEL} onShow={show} />;
}
