import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { EventStoreError } from '../../shared/model/errors.ts';
import type { FoldedState, FoldFault } from '../../shared/model/fold.ts';
import { openFold } from '../compose.ts';
import { foldFailed } from '../folding/fold-failed.ts';
import type { FoldSession } from '../folding/fold-session.ts';
import { STORE_OPTIONS, type Command } from './command.ts';
import { withStore } from './open-store.ts';
import type { Output } from './output.ts';
import { printJson } from './print-json.ts';

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
        const each = args.flag('each') ? (states: readonly FoldedState[]) => printStates(out, states, stopAtFault) : undefined;
        const { status, folded } = await session.fold({ stopAtFault, each });
        if (status === 'halted' && stopAtFault) throw await firstFailure(session, true);
        if (!each) await printState(out, session, folded);
        if (session.progress().failing > 0) throw await firstFailure(session, each !== undefined);
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

async function printState(out: Output, session: FoldSession, version: number): Promise<void> {
  const { state, fault } = await session.stateAt(version);
  if (state === null && fault) throw foldFailed(fault, session.unshownSince(version) ?? version);
  await out.line(stateLine(version, state ?? 'null', null));
}

/** The state is JSON text already, with numbers of any length. */
function stateLine(version: number, state: string, fault: FoldFault | null): string {
  const failed = fault && { kind: fault.kind, line: fault.line, column: fault.column, reason: fault.reason };
  return `{"version":${version},"state":${state}${failed ? `,"failed":${printJson(failed)}` : ''}}`;
}

/**
 * FOLD_FAILED for the first event that the fold could not take, or (if asked) the first state that cannot be shown; else
 * DAMAGED_EVENT for the versions that cannot be read.
 */
async function firstFailure(session: FoldSession, areStatesAsked: boolean): Promise<EventStoreError> {
  const versions = session.failing(0, MOST_NAMED);
  const { failing } = session.progress();
  const rest = failing > versions.length ? { count: failing } : {};
  for (const version of versions) {
    const { event, after, fault } = await session.around(version);
    if (event && fault && (after !== null || areStatesAsked)) {
      const { code, message, details } = foldFailed(fault, version);
      return failing === 1
        ? new EventStoreError(code, message, details)
        : new EventStoreError(code, message, { ...details, versions, ...rest });
    }
  }
  const message = `${failing} ${failing === 1 ? 'version' : 'versions'} of topic "${session.history.topic}" cannot be read; all others were folded.`;
  return new EventStoreError('DAMAGED_EVENT', message, { topic: session.history.topic, versions, ...rest });
}
