import { useEffect } from 'react';
import { isCommandId, type CommandId } from '../../../shared/ipc/commands.ts';
import { tidemark } from '../api/tidemark.ts';
import { runCommand, useCommandStates } from './command-table.ts';
import { commandsOfKeys, keysOf } from './keys.ts';

/** Where the focus is a text being written, these are the text's own. */
const TEXT_KEYS = new Set(['Delete', 'Alt+Left', 'Alt+Right']);
/** What can be done while a dialog is open. */
const ANYWHERE: ReadonlySet<CommandId> = new Set(['zoom.in', 'zoom.out', 'zoom.reset', 'data.larger', 'data.smaller', 'window.new']);

/** Hears keys and menu items for the whole window, and tells the menu bar what can be done. */
export function useCommandKeys(): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.isComposing) return;
      const keys = keysOf(event);
      if (TEXT_KEYS.has(keys) && isWriting(event.target)) return;
      const wanted = commandsOfKeys(keys).filter(
        // Some keys are a list's own: elsewhere Del must not reach for a topic.
        (id) => isReachable(id) && (listOf(id) === null || isIn(event.target, `[data-keys~="${listOf(id)}"]`)),
      );
      if (!wanted.some((id) => runCommand(id))) return;
      event.preventDefault();
      // The key has been heard: F6 would also be taken by the messages at the edge, which are one of the panes it goes through.
      event.stopPropagation();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);

  useEffect(
    () =>
      tidemark.onPush((name, payload) => {
        if (name !== 'command.chosen') return;
        const { id, argument } = payload as { readonly id: string; readonly argument: string | null };
        if (isCommandId(id) && isReachable(id)) runCommand(id, argument);
      }),
    [],
  );

  const states = useCommandStates();
  const enabled = states.filter(({ refusal }) => refusal === null).map(({ command }) => command.id);
  const checked = states.filter((state) => state.checked).map(({ command }) => command.id);
  const says = JSON.stringify({ enabled, checked });
  useEffect(() => {
    void tidemark.appShowCommands(JSON.parse(says) as { enabled: string[]; checked: string[] });
  }, [says]);
}

/** In front of the window, unlike what only lies at its edge (messages, the list of jobs). */
const IN_FRONT = ':is([role=dialog], [role=alertdialog]):not([aria-modal=false], [data-aside], [data-aside] *)';

/** The list whose own keys a command's are. */
function listOf(id: CommandId): string | null {
  if (id === 'topic.delete') return 'topic';
  return id.startsWith('whatIf.') ? 'scratch' : null;
}

function isReachable(id: CommandId): boolean {
  return ANYWHERE.has(id) || document.querySelector(IN_FRONT) === null;
}

function isWriting(target: EventTarget | null): boolean {
  return isIn(target, 'input, textarea, [contenteditable=true]');
}

function isIn(target: EventTarget | null, selector: string): boolean {
  return target instanceof Element && target.closest(selector) !== null;
}
