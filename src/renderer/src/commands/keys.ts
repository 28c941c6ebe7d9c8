import { COMMANDS, type Command, type CommandId } from '../../../shared/ipc/commands.ts';

const MAC = navigator.userAgent.includes('Macintosh');

const NAMES: Readonly<Record<string, string>> = { ArrowLeft: 'Left', ArrowRight: 'Right', ArrowUp: 'Up', ArrowDown: 'Down', ' ': 'Space' };

/** `Mod+Shift+A`, as commands spell their keys. */
export function keysOf(event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>, mac = MAC): string {
  const mod = mac ? event.metaKey : event.ctrlKey;
  const key = NAMES[event.key] ?? (event.key.length === 1 ? event.key.toUpperCase() : event.key);
  return `${mod ? 'Mod+' : ''}${event.altKey ? 'Alt+' : ''}${event.shiftKey ? 'Shift+' : ''}${key}`;
}

const BY_KEYS = Map.groupBy(
  COMMANDS.flatMap(({ id, keys = [] }: Command) => keys.map((key) => ({ id, key }))),
  ({ key }) => key,
);

/**
 * More than one where they are never on the screen together. A sign typed with Shift says itself that Shift was held: `Mod++`
 * is `Mod+Shift++`.
 */
export function commandsOfKeys(keys: string): readonly CommandId[] {
  const found = BY_KEYS.get(keys) ?? (/[^\p{L}\p{N}]$/u.test(keys) ? BY_KEYS.get(keys.replace('Shift+', '')) : undefined);
  return (found ?? []).map(({ id }) => id);
}

/** Keys as they are printed on the keyboard: `Ctrl+Shift+A`, or `⇧⌘A` on macOS. */
export function shownKeys(keys: string, mac = MAC): string {
  if (!mac) return keys.replace('Mod', 'Ctrl').replace('Left', '←').replace('Right', '→');
  const parts = keys.split('+');
  const key = parts.at(-1) || '+';
  const signs = { Alt: '⌥', Shift: '⇧', Mod: '⌘' };
  return `${Object.entries(signs)
    .filter(([name]) => parts.slice(0, -1).includes(name))
    .map(([, sign]) => sign)
    .join('')}${key}`;
}

/** The keys of a command as they are shown, or null. */
export function keysOfCommand({ keys }: Command): string | null {
  const first = keys?.[0];
  return first === undefined ? null : shownKeys(first);
}
