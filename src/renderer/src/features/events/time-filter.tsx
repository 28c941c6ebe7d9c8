import { Popover } from '@base-ui/react/popover';
import { ChevronDown } from 'lucide-react';
import { useRef, useState, type FormEvent, type ReactNode, type RefObject } from 'react';
import { useSettings } from '../../api/settings.ts';
import { usePlaceParts } from '../../state/place.ts';
import { Button } from '../../ui/button.tsx';
import button from '../../ui/controls.module.css';
import { TextField } from '../../ui/field.tsx';
import styles from './filter.module.css';
import { momentText, parseMoment, type Zone } from '../../ui/moment.ts';

const RECENT = [
  ['Last hour', 'now-1h'],
  ['Last 24 hours', 'now-24h'],
  ['Last 7 days', 'now-7d'],
] as const;

/** From when to when events are shown. */
export function TimeFilter({ isDisabled }: { readonly isDisabled: boolean }): ReactNode {
  const [isOpen, setOpen] = useState(false);
  const first = useRef<HTMLInputElement>(null);
  return (
    <Popover.Root open={isOpen} onOpenChange={setOpen}>
      <Popover.Trigger className={button['button']} title="Show only events of a time" disabled={isDisabled}>
        Time
        <ChevronDown size={14} strokeWidth={1.75} aria-hidden />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner className={styles['positioner']} sideOffset={4} align="start">
          <Popover.Popup className={styles['popup']} initialFocus={first} aria-label="Filter by time">
            <TimeForm first={first} onDone={() => setOpen(false)} />
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}

interface Bound {
  readonly at: bigint | null;
  readonly fault: string | null;
}

function boundOf(text: string, zone: Zone, now: number): Bound {
  if (text.trim() === '') return { at: null, fault: null };
  const moment = parseMoment(text, zone, now);
  if (moment === null) return { at: null, fault: 'Type a time as 2026-03-04, 2026-03-04 10:20:30 or now-1h.' };
  return 'fault' in moment ? { at: null, fault: moment.fault } : { at: moment.at, fault: null };
}

function TimeForm({ first, onDone }: { readonly first: RefObject<HTMLInputElement | null>; readonly onDone: () => void }): ReactNode {
  const { filter, setFilter } = usePlaceParts('filter', 'setFilter');
  const { times } = useSettings();
  const zone: Zone = times === 'utc' ? 'utc' : 'local';
  const written = (at: bigint | null): string => (at === null ? '' : momentText(at, zone).replace(' local time', ''));
  const [texts, setTexts] = useState({ from: written(filter.from), to: written(filter.to) });
  const [now, setNow] = useState(() => Date.now());
  const from = boundOf(texts.from, zone, now);
  const to = boundOf(texts.to, zone, now);
  const isBackwards = from.at !== null && to.at !== null && to.at <= from.at;
  const toFault = to.fault ?? (isBackwards ? 'This is not after the beginning.' : null);
  const isWrong = from.fault !== null || toFault !== null;
  const hint = zone === 'utc' ? 'UTC' : 'local time';
  const type = (change: Partial<typeof texts>): void => {
    setTexts({ ...texts, ...change });
    setNow(Date.now());
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (isWrong) return;
    setFilter({ ...filter, from: from.at, to: to.at });
    onDone();
  };
  return (
    <form className={styles['times']} onSubmit={submit}>
      <TextField
        ref={first}
        label="From"
        hint={from.at === null ? `Empty: from the first event (${hint})` : momentText(from.at, zone)}
        fault={from.fault}
        value={texts.from}
        maxLength={100}
        onChange={(event) => type({ from: event.target.value })}
      />
      <TextField
        label="Before"
        hint={to.at === null ? `Empty: to the last event (${hint})` : momentText(to.at, zone)}
        fault={toFault}
        value={texts.to}
        maxLength={100}
        onChange={(event) => type({ to: event.target.value })}
      />
      <div className={styles['recent']}>
        {RECENT.map(([name, text]) => (
          <Button key={text} look="quiet" onClick={() => type({ from: text, to: '' })}>
            {name}
          </Button>
        ))}
      </div>
      <div className={styles['actions']}>
        <Button
          disabled={filter.from === null && filter.to === null}
          onClick={() => {
            setFilter({ ...filter, from: null, to: null });
            onDone();
          }}
        >
          Any time
        </Button>
        <Button look="primary" type="submit" disabled={isWrong}>
          Show
        </Button>
      </div>
    </form>
  );
}
