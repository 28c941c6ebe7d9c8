import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { EventStoreError } from '../../shared/model/errors.ts';
import type { FoldedState, FoldFault, FoldProgress } from '../../shared/model/fold.ts';
import { openFold } from '../compose.ts';
import { foldFailed } from '../folding/fold-failed.ts';
import type { FoldSession } from '../folding/fold-session.ts';
import { STORE_OPTIONS, type Command } from './command.ts';
import { withStore } from './open-store.ts';
import type { Output } from './output.ts';
import { printJson } from './print-json.ts';

const IMPURE =
  'The fold keeps something outside of its state, so what it answers depends on which events it was given before. Keep everything in the state.';

/** How many versions an error names. */
const MOST_NAMED = 1000;

/** The state of a topic as a fold makes it: at the end, or after every version. */
export const fold: Command = {
  summary: 'print the state that a fold in JavaScript makes of a topic, as one JSON object { version, state }',
  positionals: ['PATH', 'TOPIC', 'FOLD.js'],
  options: {
    ...STORE_OPTIONS,
    at: { kind: 'text', value: 'N', help: 'the state after version N' },
    each: { kind: 'flag', help: 'one line for every version' },
    timeout: { kind: 'text', value: 'SECONDS', help: 'stop a call of the fold that takes longer; 2' },
    'keep-going': { kind: 'flag', help: 'go on past events that fail, each with the state before it, and report them at the end' },
  },
  run: async (context) => {
    const { args, out, folder } = context;
    const upTo = args.number('at', 0);
    const time = (args.number('timeout', 1) ?? 2) * 1000;
    const stopAtFault = !args.flag('keep-going');
    await withStore(context, async ({ store }) => {
      const source = await readFold(resolve(folder, args.argument('FOLD.js')));
      const session = await openFold(store, args.argument('TOPIC'), { source, time, upTo });
      try {
        const isEach = args.flag('each');
        const each = isEach ? (states: readonly FoldedState[]) => printStates(out, states, stopAtFault) : undefined;
        const progress = await session.fold({ stopAtFault, each });
        if (progress.isImpure) context.logger.warn(IMPURE, { topic: session.history.topic });
        const isHalted = progress.status === 'halted';
        if (isHalted && stopAtFault) throw await firstFailure(session, isEach || progress.failing === 0);
        if (!isEach) await printState(out, session, progress.folded, isHalted);
        if (isHalted) throw await gaveUp(session, progress);
        if (progress.failing > 0 || (isEach && progress.unshown > 0)) throw await firstFailure(session, isEach);
      } finally {
        await session.close();
      }
    });
  },
};

async function readFold(path: string): Promise<string> {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(await readFile(path));
  } catch (error) {
    const reason = error instanceof TypeError ? 'it is not valid UTF-8' : (error as Error).message;
    throw new EventStoreError('INVALID_INPUT', `The fold cannot be read from ${path}: ${reason}`, { path, reason });
  }
}

async function printStates(out: Output, states: readonly FoldedState[], stopAtFault: boolean): Promise<void> {
  for (const { version, state, fault } of states) {
    if (fault && stopAtFault) return;
    await out.line(stateLine(version, state ?? 'null', fault));
  }
}

/** `isOptional`: nothing is printed of a state that cannot be shown, where another error is told. */
async function printState(out: Output, session: FoldSession, version: number, isOptional: boolean): Promise<void> {
  const { state, fault } = await session.stateAt(version);
  if (state === null && isOptional) return;
  if (state === null && fault) throw foldFailed(fault, session.unshownSince(version) ?? version);
  await out.line(stateLine(version, state ?? 'null', null));
}

/** The state is JSON text already, with numbers of any length. */
function stateLine(version: number, state: string, fault: FoldFault | null): string {
  const failed = fault && { kind: fault.kind, line: fault.line, column: fault.column, reason: fault.reason };
  return `{"version":${version},"state":${state}${failed ? `,"failed":${printJson(failed)}` : ''}}`;
}

/** The pass ended before the topic did, though it was to go on past whatever fails. */
async function gaveUp(session: FoldSession, { folded, total }: FoldProgress): Promise<EventStoreError> {
  const last = session.previousFailing(folded + 1) ?? folded;
  const why = (await session.whyFailed(last))?.fault ?? session.whyUnshown(last);
  const { code, message, details } = why ? foldFailed(why, last) : await firstFailure(session, true);
  return new EventStoreError(code, `${message} The fold gave up at version ${folded} of ${total}: nothing after it was folded.`, {
    ...details,
    folded,
    total,
  });
}

/**
 * FOLD_FAILED for the first event that the fold could not take, or (if asked) the first state that cannot be shown; else
 * DAMAGED_EVENT for the versions that cannot be read.
 */
async function firstFailure(session: FoldSession, areStatesAsked: boolean): Promise<EventStoreError> {
  const { failing, unshown } = session.progress();
  const versions = areStatesAsked ? session.failing(0, MOST_NAMED) : session.failingEvents(0, MOST_NAMED);
  const count = versions.length < MOST_NAMED ? versions.length : failing + (areStatesAsked ? unshown : 0);
  const rest = count > versions.length ? { count } : {};
  for (const version of versions) {
    const failed = await session.whyFailed(version);
    const fault = failed === null ? session.whyUnshown(version) : failed.isRead ? failed.fault : null;
    if (fault) {
      const { code, message, details } = foldFailed(fault, version);
      return count === 1
        ? new EventStoreError(code, message, details)
        : new EventStoreError(code, message, { ...details, versions, ...rest });
    }
  }
  const message = `${failing} ${failing === 1 ? 'version' : 'versions'} of topic "${session.history.topic}" cannot be read; all others were folded.`;
  return new EventStoreError('DAMAGED_EVENT', message, { topic: session.history.topic, versions, ...rest });
}
