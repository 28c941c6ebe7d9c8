import { ArrowDown, ArrowUp, Copy, Search, X } from 'lucide-react';
import { useEffect, useRef, type ReactNode } from 'react';
import { errorFacts } from '../../../../shared/model/errors.ts';
import { encodeEvent } from '../../../../shared/model/event.ts';
import type { EventDetail } from '../../../../shared/ipc/contract/events.ts';
import { copyText, MOST_COPIED, TOO_LARGE_TO_COPY } from '../../api/copy.ts';
import { nearestOfType } from '../../api/neighbours.ts';
import type { GridTopic } from '../../api/queries.ts';
import { useSettings } from '../../api/settings.ts';
import type { WholeEvent } from '../../api/whole-event.ts';
import { CommandButton } from '../../commands/command-button.tsx';
import { runCommand, useCommands, useCommandState } from '../../commands/command-table.ts';
import { MenuButton, type MenuChoice } from '../../commands/menu-button.tsx';
import { usePlace } from '../../state/place.ts';
import { IconButton } from '../../ui/button.tsx';
import { count, exactTime, hueOf, shorten, size, timeText } from '../../ui/format.ts';
import { showToast } from '../../ui/toasts.tsx';
import { useNow } from '../../ui/use-now.ts';
import { visibleText } from '../../ui/visible-text.tsx';
import styles from './event-detail.module.css';

interface EventHeadProps {
  readonly topic: GridTopic;
  readonly event: EventDetail;
  /** Null until it is loaded. */
  readonly whole: WholeEvent | null;
  readonly onFind: () => void;
  readonly onClose: () => void;
}

/** What an event is, and the ways on from it. */
export function EventHead({ topic, event, whole, onFind, onClose }: EventHeadProps): ReactNode {
  useNeighbours(topic, event, whole?.type ?? null);
  return (
    <div className={styles['head']}>
      <h2 className={styles['title']}>
        <span className={styles['tick']} style={{ background: `var(--hue-${hueOf(event.type)})` }} aria-hidden />
        {event.type === '' ? <em>no type</em> : visibleText(event.type.slice(0, 300))}
      </h2>
      <div className={styles['tools']} role="toolbar" aria-label="This event">
        <CommandButton id="events.previous" icon={<ArrowUp size={14} strokeWidth={1.75} aria-hidden />} />
        <CommandButton id="events.next" icon={<ArrowDown size={14} strokeWidth={1.75} aria-hidden />} />
        <IconButton label="Find in this event (Ctrl+F)" onClick={onFind}>
          <Search size={14} strokeWidth={1.75} aria-hidden />
        </IconButton>
        <IconButton label="Close the event" onClick={onClose}>
          <X size={14} strokeWidth={1.75} aria-hidden />
        </IconButton>
      </div>
      <Facts event={event} whole={whole} />
      <div className={styles['actions']}>
        <CopyMenu topic={topic} event={event} whole={whole} />
        <GoMenu />
      </div>
    </div>
  );
}

/** The versions beside this one, and the nearest events of its type. */
function useNeighbours({ name, latestVersion }: GridTopic, event: EventDetail, wholeType: string | null): void {
  const select = usePlace((place) => place.select);
  const search = useRef<AbortController | null>(null);
  // What was looked for from an event is of no use at another one.
  useEffect(() => () => search.current?.abort(), [name, event.version]);
  const { version } = event;
  const type = event.typeTotal > event.type.length ? wholeType : event.type;
  const goToType = async (direction: 'backward' | 'forward'): Promise<void> => {
    search.current?.abort();
    const controller = new AbortController();
    search.current = controller;
    try {
      const found = await nearestOfType(name, version, type ?? '', direction, controller.signal);
      if (controller.signal.aborted) return;
      if (found) select(found.version);
      else showToast({ title: direction === 'backward' ? 'This is the first event of its type' : 'This is the latest event of its type' });
    } catch (error) {
      if (!controller.signal.aborted) showToast({ title: 'The search has failed', description: errorFacts(error).message });
    }
  };
  const tooLong = type === null ? 'Open the event whole first: its type is long, and only a part of it is loaded.' : null;
  useCommands({
    'events.previous': { run: () => select(version - 1), refusal: version <= 1 ? 'This is the first version.' : null },
    'events.next': { run: () => select(version + 1), refusal: version >= latestVersion ? 'This is the latest version.' : null },
    'events.previousOfType': { run: () => void goToType('backward'), refusal: tooLong },
    'events.nextOfType': { run: () => void goToType('forward'), refusal: tooLong },
  });
}

function Facts({ event, whole }: { readonly event: EventDetail; readonly whole: WholeEvent | null }): ReactNode {
  const { times } = useSettings();
  const now = useNow();
  const zone = times === 'utc' ? ' UTC' : times === 'local' ? ' local' : '';
  return (
    <dl className={styles['facts']}>
      <dt>Version</dt>
      <dd>
        <span className="mono">{count(event.version)}</span>
      </dd>
      <dt>Time</dt>
      <dd>
        <span className="mono" title={exactTime(event.timestamp)}>
          {timeText(event.timestamp, times, now)}
          {zone}
        </span>
        <IconButton label="Copy the exact time" onClick={() => copyText(exactTime(event.timestamp))}>
          <Copy size={14} strokeWidth={1.75} aria-hidden />
        </IconButton>
      </dd>
      <dt>Id</dt>
      <dd>
        <span className="mono" title={event.id.slice(0, 1000)}>
          {visibleText(shorten(event.id, 60))}
        </span>
        <IconButton label="Copy the id" onClick={() => copyText((whole ?? event).id)}>
          <Copy size={14} strokeWidth={1.75} aria-hidden />
        </IconButton>
      </dd>
      <dt>Size</dt>
      <dd>
        <span className="mono" title={`${count(event.dataTotal)} characters of data, ${count(event.metadataTotal)} of metadata`}>
          {size(event.dataTotal)} data, {size(event.metadataTotal)} metadata
        </span>
      </dd>
    </dl>
  );
}

/** Where an event is in its store, as lists of events copy it too. */
const eventLink = (topic: string, version: number): string => `${topic}#${version}`;

function CopyMenu({ topic, event, whole }: Pick<EventHeadProps, 'topic' | 'event' | 'whole'>): ReactNode {
  const refusalOf = (length: number): string | null => {
    if (length > MOST_COPIED) return TOO_LARGE_TO_COPY;
    return whole ? null : 'Open the event whole first: only a part of it is loaded.';
  };
  const stored = useCommandState('node.copy').refusal;
  const text = useCommandState('node.copyText').refusal;
  const pointer = useCommandState('node.copyPointer').refusal;
  const key = useCommandState('node.copyKey').refusal;
  const node = (
    label: string,
    id: 'node.copy' | 'node.copyText' | 'node.copyPointer' | 'node.copyPath' | 'node.copyKey',
    refusal: string | null,
  ): MenuChoice => ({
    label,
    run: () => runCommand(id),
    refusal: refusal ?? null,
  });
  return (
    <MenuButton
      label="Copy"
      choices={[
        {
          label: 'As JSON, the stored line',
          run: () => whole && copyText(encodeEvent(whole)),
          refusal: refusalOf(event.dataTotal + event.metadataTotal),
        },
        { label: 'Data', run: () => whole && copyText(whole.data), refusal: refusalOf(event.dataTotal) },
        { label: 'Metadata', run: () => whole && copyText(whole.metadata), refusal: refusalOf(event.metadataTotal) },
        '-',
        node('Value of the node, as stored', 'node.copy', stored),
        node('Text of the node', 'node.copyText', text),
        node('Key of the node', 'node.copyKey', key),
        node('JSON Pointer of the node', 'node.copyPointer', pointer),
        node('JavaScript path of the node', 'node.copyPath', pointer),
        '-',
        { label: 'Id', run: () => copyText((whole ?? event).id) },
        { label: 'Link', run: () => copyText(eventLink(topic.name, event.version)) },
      ]}
    />
  );
}

/** Ways from this event to others. */
function GoMenu(): ReactNode {
  const previous = useCommandState('events.previousOfType').refusal;
  const next = useCommandState('events.nextOfType').refusal;
  const marked = useCommandState('events.diffMarked').refusal;
  const choice = (
    label: string,
    id:
      | 'events.previousOfType'
      | 'events.nextOfType'
      | 'events.diffPrevious'
      | 'events.mark'
      | 'events.diffMarked'
      | 'events.related'
      | 'events.appendLike',
    refusal: string | null,
  ): MenuChoice => ({ label, run: () => void runCommand(id), refusal });
  const like = useCommandState('events.appendLike').refusal;
  return (
    <MenuButton
      label="Go"
      choices={[
        choice('Previous of this type', 'events.previousOfType', previous),
        choice('Next of this type', 'events.nextOfType', next),
        '-',
        choice('Compare with previous of its type', 'events.diffPrevious', null),
        choice('Mark for comparison', 'events.mark', null),
        choice('Compare with marked', 'events.diffMarked', marked),
        '-',
        choice('Show causation', 'events.related', null),
        choice('Append like this…', 'events.appendLike', like),
      ]}
    />
  );
}
