import { Popover } from '@base-ui/react/popover';
import { Check, ChevronDown } from 'lucide-react';
import { useRef, useState, type KeyboardEvent, type ReactNode, type RefObject } from 'react';
import type { TopicOverview } from '../../../../shared/ipc/contract/survey.ts';
import type { GridTopic } from '../../api/queries.ts';
import { useOverview } from '../../api/surveys.ts';
import { usePlaceParts } from '../../state/place.ts';
import button from '../../ui/controls.module.css';
import { count, hueOf, plural } from '../../ui/format.ts';
import { visibleText } from '../../ui/visible-text.tsx';
import styles from './filter.module.css';
import { listedTypes, MOST_CHOSEN, toggledType } from './type-choice.ts';

interface TypeFilterProps {
  readonly topic: GridTopic;
  readonly isOpen: boolean;
  readonly onOpen: (isOpen: boolean) => void;
}

/** Which types are shown: none chosen means all of them. */
export function TypeFilter({ topic, isOpen, onOpen }: TypeFilterProps): ReactNode {
  const { filter } = usePlaceParts('filter');
  const search = useRef<HTMLInputElement>(null);
  const chosen = filter.types?.length ?? 0;
  return (
    <Popover.Root open={isOpen} onOpenChange={onOpen}>
      <Popover.Trigger className={button['button']} title="Show only some types (Ctrl+F)" disabled={topic.latestVersion === 0}>
        {chosen === 0 ? 'Types' : plural(chosen, 'type')}
        <ChevronDown size={14} strokeWidth={1.75} aria-hidden />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner className={styles['positioner']} sideOffset={4} align="start">
          <Popover.Popup className={styles['popup']} initialFocus={search} aria-label="Filter by type">
            <TypeList topic={topic} search={search} />
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}

function TypeList({ topic, search }: { readonly topic: GridTopic; readonly search: RefObject<HTMLInputElement | null> }): ReactNode {
  const { filter, setFilter } = usePlaceParts('filter', 'setFilter');
  const [text, setText] = useState('');
  const list = useRef<HTMLUListElement>(null);
  const { data } = useOverview(topic, filter, { isWanted: true });
  const { shown, more } = listedTypes(data?.types ?? [], filter.types ?? [], text);
  const isFull = (filter.types?.length ?? 0) >= MOST_CHOSEN;

  const focusRow = (from: number, step: -1 | 1): void => {
    const boxes = [...(list.current?.querySelectorAll<HTMLElement>('[role=checkbox]') ?? [])];
    if (from + step < 0) search.current?.focus();
    else boxes[from + step]?.focus();
  };
  const onRowKey = (event: KeyboardEvent, index: number, type: string): void => {
    if (event.key === 'ArrowDown') focusRow(index, 1);
    else if (event.key === 'ArrowUp') focusRow(index, -1);
    else if (event.key === 'Enter') setFilter({ ...filter, types: [type] });
    else if (event.key === ' ') toggle(type);
    else return;
    event.preventDefault();
  };
  const toggle = (type: string): void => setFilter({ ...filter, types: toggledType(filter.types, type) });

  return (
    <>
      <input
        ref={search}
        className={button['input']}
        type="search"
        aria-label="Search types"
        placeholder="Search types"
        spellCheck={false}
        maxLength={1000}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'ArrowDown') focusRow(-1, 1);
          else if (event.key === 'Enter' && shown[0]) setFilter({ ...filter, types: [shown[0].type] });
          else return;
          event.preventDefault();
        }}
      />
      <ul ref={list} className={styles['types']} aria-label="Types">
        {shown.map(({ type, count: events }, index) => {
          const isChecked = filter.types?.includes(type) ?? false;
          return (
            <li key={type} className={styles['typeRow']}>
              <div
                role="checkbox"
                aria-checked={isChecked}
                aria-disabled={isFull && !isChecked}
                aria-label={`${type.slice(0, 200) || 'no type'}, ${plural(events, 'event')}`}
                tabIndex={index === 0 ? 0 : -1}
                className={styles['type']}
                title={type.slice(0, 1000)}
                onClick={() => (isFull && !isChecked ? undefined : toggle(type))}
                onKeyDown={(event) => onRowKey(event, index, type)}
              >
                <span className={styles['box']}>{isChecked ? <Check size={12} strokeWidth={3} aria-hidden /> : null}</span>
                <span className={styles['tick']} style={{ background: `var(--hue-${hueOf(type)})` }} aria-hidden />
                <span className={styles['typeName']}>{type === '' ? <em>no type</em> : visibleText(type.slice(0, 120))}</span>
                <span className={styles['typeCount']}>{count(events)}</span>
              </div>
              <button
                type="button"
                className={styles['only']}
                tabIndex={-1}
                aria-label={`Only ${type.slice(0, 200) || 'no type'}`}
                onClick={() => setFilter({ ...filter, types: [type] })}
              >
                only
              </button>
            </li>
          );
        })}
      </ul>
      <p className={styles['note']}>{data ? noteOf(data, shown.length, more) : 'Counting types…'}</p>
      <div className={styles['actions']}>
        <button
          type="button"
          className={button['button']}
          disabled={filter.types === null}
          onClick={() => {
            setFilter({ ...filter, types: null });
            search.current?.focus();
          }}
        >
          All types
        </button>
      </div>
    </>
  );
}

function noteOf({ progress, otherTypes, types }: TopicOverview, shown: number, more: number): string {
  const scanned = progress.done ? '' : `Scanned ${Math.floor((progress.scanned / Math.max(1, progress.total)) * 100)} %. `;
  if (more > 0) return `${scanned}${plural(more, 'more type')}: search to see them.`;
  if (otherTypes.types > 0) return `${scanned}${plural(otherTypes.types, 'rarer type')} not listed (${plural(otherTypes.count, 'event')}).`;
  if (shown === 0) return `${scanned}${types.length === 0 ? 'No types yet.' : 'No type matches.'}`;
  return `${scanned}Space chooses, Enter shows one alone.`;
}
