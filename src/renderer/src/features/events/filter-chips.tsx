import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useSettings } from '../../api/settings.ts';
import { isFiltering, usePlaceParts } from '../../state/place.ts';
import { CommandButton } from '../../commands/command-button.tsx';
import { count } from '../../ui/format.ts';
import { visibleText } from '../../ui/visible-text.tsx';
import styles from './filter.module.css';
import { momentText } from '../../ui/moment.ts';
import { toggledType } from './type-choice.ts';

const MOST_CHIPS = 3;

/** What is filtered by, each with the way to take it away. */
export function FilterChips(): ReactNode {
  const { filter, setFilter } = usePlaceParts('filter', 'setFilter');
  const { times } = useSettings();
  if (!isFiltering(filter)) return null;
  const zone = times === 'utc' ? 'utc' : 'local';
  const types = filter.types ?? [];
  const { from, to } = filter;
  return (
    <div className={styles['chips']} role="group" aria-label="Filter">
      {types.slice(0, MOST_CHIPS).map((type) => (
        <Chip key={type} name={type || 'no type'} onRemove={() => setFilter({ ...filter, types: toggledType(types, type) })} />
      ))}
      {types.length > MOST_CHIPS ? <span>+{count(types.length - MOST_CHIPS)} types</span> : null}
      {from === null ? null : <Chip name={`from ${momentText(from, zone)}`} onRemove={() => setFilter({ ...filter, from: null })} />}
      {to === null ? null : <Chip name={`before ${momentText(to, zone)}`} onRemove={() => setFilter({ ...filter, to: null })} />}
      <CommandButton id="events.clearFilter" look="quiet" />
    </div>
  );
}

function Chip({ name, onRemove }: { readonly name: string; readonly onRemove: () => void }): ReactNode {
  return (
    <span className={styles['chip']} title={name.slice(0, 1000)}>
      <span className={styles['chipName']}>{visibleText(name.slice(0, 60))}</span>
      <button type="button" className={styles['remove']} aria-label={`Remove ${name.slice(0, 200)}`} onClick={onRemove}>
        <X size={12} strokeWidth={2} aria-hidden />
      </button>
    </span>
  );
}
