import type { Checked, DraftEvent } from './check-draft.ts';
import { isBlank, NO_EVENT, type Draft, type DraftChange, type Mode, type OneEvent } from './draft.ts';
import { formatJson, minifyJson } from './json-scan.ts';

export interface SwitchPlan {
  readonly change: DraftChange;
  /** What cannot be kept, in a sentence; null where everything is. */
  readonly loses: string | null;
}

/** How a draft goes on in the other mode. `checked` is about the draft as it is. */
export function planSwitch(draft: Draft, checked: Checked): SwitchPlan {
  const mode: Mode = draft.mode === 'one' ? 'batch' : 'one';
  const change = (rest: { readonly one?: OneEvent; readonly batch?: string } = {}): DraftChange => ({ kind: 'switched', mode, ...rest });
  if (isBlank(draft)) return { change: change(), loses: null };
  if (draft.mode === 'one') {
    if (draft.one.type !== '' && checked.errors > 0) {
      return { change: change(), loses: 'This event has faults, so it cannot be written as a line of a batch. Switching throws it away.' };
    }
    const isWhole = checked.errors === 0 || onlyTypeIsMissing(draft, checked);
    return isWhole
      ? { change: change({ batch: `${eventLine(draft.one)}\n` }), loses: null }
      : { change: change(), loses: 'This event has faults, so it cannot be written as a line of a batch. Switching throws it away.' };
  }
  const [first] = checked.events;
  if (checked.errors > 0 || !first) {
    return { change: change(), loses: 'This batch has faults, so no single event can be taken from it. Switching throws it away.' };
  }
  const others = checked.events.length - 1;
  return {
    change: change({ one: eventAsTyped(first) }),
    loses:
      others === 0 ? null : `Only the first event is kept; ${others === 1 ? 'the other one is' : `the ${others} others are`} thrown away.`,
  };
}

const onlyTypeIsMissing = ({ one }: Draft, { errors }: Checked): boolean => one.type === '' && errors === 1;

/** One event as a line of a batch, every token as it was typed. Its JSON must be in order. */
function eventLine({ type, data, metadata, id, timestamp }: OneEvent): string {
  const members = [
    `"type":${JSON.stringify(type)}`,
    ...(data.trim() === '' ? [] : [`"data":${minifyJson(data)}`]),
    ...(metadata.trim() === '' ? [] : [`"metadata":${minifyJson(metadata)}`]),
    ...(id === '' ? [] : [`"id":${JSON.stringify(id)}`]),
    ...(timestamp.trim() === '' ? [] : [`"timestamp":${timestamp.trim()}`]),
  ];
  return `{${members.join(',')}}`;
}

/** An event in the fields of the form, its JSON laid out in lines. */
function eventAsTyped({ type, data, metadata, id, timestamp }: DraftEvent): OneEvent {
  return {
    ...NO_EVENT,
    type,
    data: data === undefined ? '' : formatJson(data),
    metadata: metadata === undefined ? '' : formatJson(metadata),
    id: id ?? '',
    timestamp: timestamp?.toString() ?? '',
  };
}

/** A stored event as the beginning of a new one: its data and metadata to the token, a new id, and the time of the append. */
export function eventLike({ type, data, metadata }: { readonly type: string; readonly data: string; readonly metadata: string }): OneEvent {
  return { ...NO_EVENT, type, data: formatJson(data), metadata: metadata === 'null' ? '' : formatJson(metadata) };
}
