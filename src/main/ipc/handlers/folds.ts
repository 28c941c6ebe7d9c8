import { PART_CHARS } from '../../../shared/ipc/text-chars.ts';
import { EventStoreError, isEventStoreError } from '../../../shared/model/errors.ts';
import type { Input, Output } from '../../../shared/ipc/contract.ts';
import type { ScratchChange, ScratchEvent } from '../../../shared/model/fold.ts';
import { parseJsonText, type JsonText } from '../../../shared/model/json-text.ts';
import { textPart } from '../../../shared/model/text-part.ts';
import { rowOfEvent } from '../event-rows.ts';
import { comparedState, cutState, shortChanges, shortFault } from '../fold-answers.ts';
import type { RunningFold, RunningWhatIf } from '../fold-desk.ts';
import type { AreaHandlers, Call } from '../handlers.ts';

export const foldHandlers: AreaHandlers<'fold'> = {
  'fold.open': async (input, { workspace, signal }) => ({ id: await workspace.folds().open(input, signal) }),

  'fold.progress': async ({ id }, call) => foldOf(id, call).state(),

  'fold.stop': async ({ id }, call) => {
    foldOf(id, call).stop();
    return null;
  },

  'fold.resume': async ({ id }, call) => {
    foldOf(id, call).resume();
    return null;
  },

  'fold.close': async ({ id }, { workspace }) => {
    await workspace.folds().close(id);
    return null;
  },

  'fold.around': async ({ id, version }, call) => {
    const { session, around } = foldOf(id, call);
    if (version === 0) {
      const { state, fault } = await session.stateAt(0);
      return { version, event: null, before: null, after: cutState(state), fault: shortFault(fault), unshownSince: null, ...NO_CHANGES };
    }
    const { event, before, after, changes, isCut, fault } = await around(version);
    return {
      version,
      event: event && rowOfEvent(event),
      before: cutState(before),
      after: cutState(after),
      ...shortChanges({ changes, isCut }),
      fault: shortFault(fault),
      unshownSince: after === null ? session.unshownSince(version) : null,
    };
  },

  'fold.stateText': async ({ id, version, offset }, call) => {
    const text = (await foldOf(id, call).stateText(version)) ?? '';
    return { text: textPart(text, offset, PART_CHARS), total: text.length };
  },

  'fold.failing': async ({ id, parts }, call) => ({ marks: foldOf(id, call).session.failingParts(parts) }),
  'fold.nextFailing': async ({ id, after }, call) => ({ version: foldOf(id, call).session.nextFailing(after) }),
  'fold.previousFailing': async ({ id, before }, call) => ({ version: foldOf(id, call).session.previousFailing(before) }),

  'fold.bisect': async ({ id, condition, monotone }, call) => {
    const answer = await foldOf(id, call).session.bisect(condition, { monotone });
    return { ...answer, firstThrown: shortFault(answer.firstThrown) };
  },
};

export const whatIfHandlers: AreaHandlers<'whatIf'> = {
  'whatIf.open': async ({ fold, changes }, { workspace, signal }) => ({
    id: await workspace.folds().openWhatIf(fold, changes.map(scratchChange), signal),
  }),

  'whatIf.change': async ({ id, change }, call) => {
    const running = whatIfOf(id, call);
    await running.whatIf.change(scratchChange(change));
    running.forgetTexts();
    running.resume();
    return null;
  },

  'whatIf.rows': async ({ id, after, limit }, call) => {
    const { whatIf, session } = whatIfOf(id, call);
    const rows = await whatIf.rows(after, limit);
    return { rows: rows.map((row) => ({ ...row, event: row.event && rowOfEvent(row.event) })), total: await session.history.latest() };
  },

  'whatIf.compare': async ({ id, position, version }, call) => {
    const { whatIf } = whatIfOf(id, call);
    const { changes, isCut, scratch, topic, ...at } = await (position === null ? whatIf.compareEnds() : whatIf.compare(position, version));
    return {
      position: at.position,
      version: at.version,
      scratch: comparedState(scratch),
      topic: comparedState(topic),
      ...shortChanges({ changes, isCut }),
    };
  },

  'whatIf.added': async ({ id, offset }, call): Promise<Output<'whatIf.added'>> => {
    const added = whatIfOf(id, call).whatIf.added();
    const text = added
      .map(({ type, data, metadata }) => `{"type":${JSON.stringify(type)},"data":${data},"metadata":${metadata}}\n`)
      .join('');
    return { text: textPart(text, offset, PART_CHARS), total: text.length, events: added.length };
  },
};

const NO_CHANGES = { changes: [], isCut: false } as const;

const foldOf = (id: string, { workspace }: Call): RunningFold => workspace.folds().fold(id);
const whatIfOf = (id: string, { workspace }: Call): RunningWhatIf => workspace.folds().whatIf(id);

function scratchChange(change: Input<'whatIf.change'>['change']): ScratchChange {
  return change.kind === 'edit' || change.kind === 'insert' ? { ...change, event: scratchEvent(change.event) } : change;
}

function scratchEvent({ data, metadata, ...event }: Extract<Input<'whatIf.change'>['change'], { kind: 'edit' }>['event']): ScratchEvent {
  return { ...event, data: jsonOf(data, 'data'), metadata: jsonOf(metadata, 'metadata') };
}

/** @throws EventStoreError INVALID_EVENT naming the member. */
function jsonOf(text: string, field: 'data' | 'metadata'): JsonText {
  try {
    return parseJsonText(text);
  } catch (error) {
    if (!isEventStoreError(error)) throw error;
    throw new EventStoreError(error.code, `${field}: ${error.message}`, { ...error.details, field });
  }
}
