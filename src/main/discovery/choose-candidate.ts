import { EventStoreError } from '../../shared/model/errors.ts';
import type { EventStreamConfig } from '../../shared/model/event-stream-config.ts';
import type { Place } from '../eventstore/topic-catalogue.ts';
import type { TopicEvidence } from './config-candidates.ts';

/** A topic that is the configuration, or could be if the person says so (`empty`). */
export interface Candidate {
  readonly stream: EventStreamConfig;
  /** Of its repository, relative to the picked folder. */
  readonly connection: string;
  readonly is: Exclude<TopicEvidence['is'], 'other'>;
  /** Where its events say topics are stored. */
  readonly places: readonly Place[];
}

/**
 * The configuration topic: the only one with configuration events; else the only empty one known by its name. `wanted`
 * chooses, also among empty topics of other names. Null where there is none.
 * @throws EventStoreError INVALID_INPUT { candidates } for several, or for a `wanted` that is none.
 */
export function chooseCandidate(path: string, candidates: readonly Candidate[], wanted: string | undefined): Candidate | null {
  const withEvents = candidates.filter(({ is }) => is === 'events');
  const likely = withEvents.length > 0 ? withEvents : candidates.filter(({ is }) => is === 'empty-known');
  const matching = wanted === undefined ? likely : candidates.filter((candidate) => isCalled(candidate, wanted));
  if (matching.length > 1) throw ambiguous(path, matching);
  const [chosen = null] = matching;
  if (!chosen && wanted !== undefined) throw notACandidate(path, likely, wanted);
  return chosen;
}

const isCalled = ({ stream, connection }: Candidate, wanted: string): boolean =>
  wanted === stream.name || wanted === `${connection}/${stream.name}`;

/** How each candidate is called on the command line: its name where that is enough. */
function calledBy(candidates: readonly Candidate[]): string[] {
  return candidates.map(({ stream, connection }) => {
    const unique = candidates.filter((other) => other.stream.name === stream.name).length === 1;
    return unique ? stream.name : `${connection}/${stream.name}`;
  });
}

function ambiguous(path: string, candidates: readonly Candidate[]): EventStoreError {
  const names = calledBy(candidates);
  return new EventStoreError(
    'INVALID_INPUT',
    `Several topics of ${path} could be its configuration: ${names.join(', ')}. Say which one (--config-topic NAME).`,
    { field: 'configTopic', candidates: names },
  );
}

function notACandidate(path: string, candidates: readonly Candidate[], wanted: string): EventStoreError {
  const names = calledBy(candidates);
  const instead =
    names.length > 0 ? `These can: ${names.join(', ')}.` : 'No topic of it can; leave the name out to read its topics as they are.';
  return new EventStoreError(
    'INVALID_INPUT',
    `"${wanted}" cannot be the configuration topic of ${path}: no such topic is there, or it holds other events. ${instead}`,
    { field: 'configTopic', configTopic: wanted, candidates: names },
  );
}
