import { useEffect, useLayoutEffect, useRef } from 'react';
import { create } from 'zustand';
import { COMMANDS, type Command, type CommandId } from '../../../shared/ipc/commands.ts';

/** How the part of the page that is on the screen does a command. */
export interface CommandHandler {
  readonly run: (argument: string | null) => void;
  /** Why it cannot be done now, in a sentence; null or absent when it can. */
  readonly refusal?: string | null | undefined;
  /** For commands that are on or off. */
  readonly checked?: boolean | undefined;
}

export type CommandHandlers = { readonly [Id in CommandId]?: CommandHandler };

/** The last part of the page that took a command has it. */
interface CommandTable {
  readonly layers: readonly { readonly key: symbol; readonly handlers: CommandHandlers }[];
  readonly put: (key: symbol, handlers: CommandHandlers | null) => void;
}

export const useCommandTable = create<CommandTable>()((set) => ({
  layers: [],
  put: (key, handlers) =>
    set(({ layers }) => {
      if (handlers === null) return { layers: layers.filter((layer) => layer.key !== key) };
      const layer = { key, handlers };
      return {
        layers: layers.some((other) => other.key === key) ? layers.map((other) => (other.key === key ? layer : other)) : [...layers, layer],
      };
    }),
}));

/**
 * Takes commands while this part of the page is on the screen. `handlers` may be new at every render: what changes for
 * others (refusal, checked, which commands) is told on, the rest is looked up when a command runs.
 */
export function useCommands(handlers: CommandHandlers): void {
  const latest = useRef(handlers);
  useLayoutEffect(() => {
    latest.current = handlers;
  });
  const key = useRef(Symbol('commands'));
  const says = JSON.stringify(Object.entries(handlers).map(([id, handler]) => [id, handler?.refusal ?? null, handler?.checked ?? null]));
  useEffect(() => {
    const entries = Object.entries(latest.current).map(([id, handler]) => [
      id,
      { ...handler, run: (argument: string | null) => latest.current[id as CommandId]?.run(argument) },
    ]);
    useCommandTable.getState().put(key.current, Object.fromEntries(entries) as CommandHandlers);
  }, [says]);
  useEffect(() => {
    const mine = key.current;
    return () => useCommandTable.getState().put(mine, null);
  }, []);
}

export interface CommandState {
  readonly command: Command;
  /** Null when it can be done. */
  readonly refusal: string | null;
  readonly checked: boolean;
}

const NOBODY = 'There is nothing on the screen that this could be done with.';

function handlerOf(layers: CommandTable['layers'], id: CommandId): CommandHandler | undefined {
  return layers.findLast(({ handlers }) => handlers[id] !== undefined)?.handlers[id];
}

/** A command as it is while these are the layers. */
export function stateOf(layers: CommandTable['layers'], command: Command): CommandState {
  const handler = handlerOf(layers, command.id);
  return { command, refusal: handler ? (handler.refusal ?? null) : NOBODY, checked: handler?.checked ?? false };
}

/** Every command in the order of the menus, as it is now. */
export function useCommandStates(): readonly CommandState[] {
  const layers = useCommandTable(({ layers: all }) => all);
  return COMMANDS.map((command) => stateOf(layers, command));
}

/** One command, for a button or a menu item of the page. */
export function useCommandState(id: CommandId): CommandState {
  const layers = useCommandTable(({ layers: all }) => all);
  return stateOf(layers, commandOf(id));
}

export function commandOf(id: CommandId): Command {
  const found = COMMANDS.find((command) => command.id === id);
  if (!found) throw new Error(`There is no command "${id}".`);
  return found;
}

/** Does a command if it can be done; answers whether it was. */
export function runCommand(id: CommandId, argument: string | null = null): boolean {
  const handler = handlerOf(useCommandTable.getState().layers, id);
  if (!handler || (handler.refusal ?? null) !== null) return false;
  handler.run(argument);
  return true;
}
