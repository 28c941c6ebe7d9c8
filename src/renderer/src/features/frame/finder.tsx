import { Dialog } from '@base-ui/react/dialog';
import { useId, useLayoutEffect, useMemo, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { z } from 'zod';
import type { CommandId } from '../../../../shared/ipc/commands.ts';
import type { StoreInfo } from '../../../../shared/ipc/contract/stores.ts';
import { useKnownTopics, useRecentStores } from '../../api/queries.ts';
import { useKnownLatest } from '../../api/topics.ts';
import { useRemembered } from '../../api/settings.ts';
import { runCommand, useCommandStates } from '../../commands/command-table.ts';
import { keysOf } from '../../commands/keys.ts';
import { usePlace, usePlaceParts } from '../../state/place.ts';
import { Keys } from '../../ui/badge.tsx';
import { plural } from '../../ui/format.ts';
import { MarkedText } from '../../ui/marked-text.tsx';
import { useScaledRows } from '../../ui/use-scaled-rows.ts';
import { visibleText } from '../../ui/visible-text.tsx';
import { commandChoices, placeChoices, storeChoices, type Choice } from './choices.ts';
import styles from './finder.module.css';
import { focusInside } from './panes.ts';
import { withRecent } from './recent-order.ts';
import { VIEW_PANEL } from './view-tabs.tsx';

const ROW = 28;
const MOST_ROWS = 14;
const MOST_RECENT = 20;
/** As much of a title as one line can show. */
const MOST_TITLE = 160;

const names = z.array(z.string().max(8192)).max(MOST_RECENT);
type Kind = 'palette' | 'quick-open';

interface FinderProps {
  readonly kind: Kind;
  /** Null: no store is open, so there are commands only. */
  readonly store: StoreInfo | null;
}

/**
 * The command palette and quick open: one line to type in, and what fits it. `>` at the beginning turns quick open into the
 * palette, Backspace in an empty palette turns it back.
 */
export function Finder({ kind, store }: FinderProps): ReactNode {
  const openDialog = usePlace((place) => place.openDialog);
  const [text, setText] = useState('');
  const hasGone = useRef(false);
  const close = (): void => openDialog(null);
  const goAway = (): void => {
    hasGone.current = true;
    close();
    // The view that comes takes the focus, as whoever goes somewhere wants to act there.
    setTimeout(() => focusInside(document.getElementById(VIEW_PANEL)));
  };
  const commands = useCommandFinder(kind === 'palette' ? text : null, close);
  const places = usePlaceFinder(kind === 'palette' ? null : text, store, { close, goAway });

  const turn = (to: Kind, typed = ''): void => {
    setText(typed);
    openDialog({ kind: to });
  };
  const onType = (typed: string): void => {
    if (kind === 'quick-open' && typed.startsWith('>')) turn('palette', typed.slice(1).trimStart());
    else setText(typed);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const keys = keysOf(event.nativeEvent);
    if (keys === 'Mod+P' || keys === 'Mod+K') turn('quick-open');
    else if (keys === 'Mod+Shift+P') turn('palette');
    else if (event.key === 'Backspace' && kind === 'palette' && text === '') turn('quick-open');
    else return;
    event.preventDefault();
  };

  return (
    <Dialog.Root open onOpenChange={(open) => (open ? undefined : close())}>
      <Dialog.Portal>
        <Dialog.Backdrop className={styles['backdrop']} />
        <Dialog.Popup className={styles['popup']} onKeyDown={onKeyDown} finalFocus={() => !hasGone.current}>
          <Dialog.Title className="visually-hidden">{kind === 'palette' ? 'Command palette' : 'Go to'}</Dialog.Title>
          <ChoiceList text={text} onType={onType} {...(kind === 'palette' ? commands : places)} />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

/** What one of the two finds, and what choosing it does. */
interface Finding {
  readonly label: string;
  readonly choices: readonly Choice[];
  readonly onChoose: (choice: Choice) => void;
  /** Said when nothing fits. */
  readonly none: string;
}

const NO_NAMES: string[] = [];

/** Commands that fit `query`; null: nobody is looking. */
function useCommandFinder(query: string | null, close: () => void): Finding {
  const [recent = [], keepRecent] = useRemembered('commands:recent', names, NO_NAMES);
  const states = useCommandStates();
  return {
    label: 'Search commands',
    choices: query === null ? [] : commandChoices(states, query, recent),
    onChoose: ({ id }) => {
      keepRecent([...withRecent(recent, id, MOST_RECENT)]);
      close();
      // After the dialog has given the focus back, so that the command finds it where the person left it.
      setTimeout(() => runCommand(id as CommandId));
    },
    none: 'No command fits.',
  };
}

interface Ways {
  readonly close: () => void;
  readonly goAway: () => void;
}

/** Topics of the open store and other stores that fit `query`; null: nobody is looking. */
function usePlaceFinder(query: string | null, store: StoreInfo | null, { close, goAway }: Ways): Finding {
  const path = store?.path ?? null;
  const entries = useKnownTopics(path);
  const latestOf = useKnownLatest(path);
  const topics = useMemo(() => entries.map((topic) => ({ ...topic, latestVersion: latestOf(topic) })), [entries, latestOf]);
  const stores = useRecentStores().data ?? [];
  const { topic: current, view, go } = usePlaceParts('topic', 'view', 'go');
  const [recent = [], keepRecent] = useRemembered(`topics:${path ?? ''}`, names, NO_NAMES);
  // Never behind what was typed: Enter takes what it shows. 10,000 names take less than a tenth of a second.
  const places = useMemo(() => (query === null ? [] : placeChoices(topics, { query, recent, current })), [topics, query, recent, current]);
  return {
    label: store ? 'Go to a topic, or to a version of it: topic#1234' : 'Go to a recent store',
    choices: query === null ? [] : [...places, ...storeChoices(stores, query, path)],
    onChoose: (choice) => {
      const place = places.find(({ id }) => id === choice.id);
      if (!place) {
        close();
        setTimeout(() => runCommand('store.openRecent', choice.id));
        return;
      }
      const { topic, version } = place;
      keepRecent([...withRecent(recent, topic, MOST_RECENT)]);
      goAway();
      const stays = version === null && (view === 'config' || view === 'charts');
      go({ topic, view: stays ? view : 'events', ...(version === null ? {} : { version }) });
    },
    none: store ? 'No topic fits. A version is #1234, a command begins with >.' : 'No recent store fits. A command begins with >.',
  };
}

interface ChoiceListProps extends Finding {
  readonly text: string;
  readonly onType: (text: string) => void;
}

/** A field and the rows under it: the focus stays in the field, arrows move the choice. */
function ChoiceList({ label, text, choices, onType, onChoose, none }: ChoiceListProps): ReactNode {
  const id = useId();
  const [active, setActive] = useState({ text, row: 0 });
  const row = active.text === text ? Math.min(active.row, choices.length - 1) : 0;
  const { scroller, onScroll, height, visible, pageRows, reveal } = useScaledRows(choices.length, ROW);
  useLayoutEffect(() => reveal(row), [row, choices.length, reveal]);
  const chosen = choices[row];
  const choose = (choice: Choice | undefined): void => (choice && choice.refusal === null ? onChoose(choice) : undefined);

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.nativeEvent.isComposing || choices.length === 0) return;
    const last = choices.length - 1;
    const moves: Readonly<Record<string, number>> = {
      ArrowDown: row === last ? 0 : row + 1,
      ArrowUp: row === 0 ? last : row - 1,
      PageDown: Math.min(last, row + pageRows),
      PageUp: Math.max(0, row - pageRows),
    };
    const to = moves[event.key];
    if (to !== undefined) setActive({ text, row: to });
    else if (event.key === 'Enter') choose(chosen);
    else return;
    event.preventDefault();
  };

  return (
    <>
      <input
        className={styles['input']}
        role="combobox"
        aria-expanded
        aria-autocomplete="list"
        aria-controls={`${id}-list`}
        aria-activedescendant={chosen ? `${id}-${row}` : undefined}
        aria-label={label}
        placeholder={label}
        spellCheck={false}
        maxLength={4096}
        value={text}
        onChange={(event) => onType(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <div
        ref={scroller}
        id={`${id}-list`}
        className={styles['scroller']}
        style={{ height: Math.min(Math.max(1, choices.length), MOST_ROWS) * ROW }}
        role="listbox"
        aria-label={label}
        tabIndex={-1}
        onScroll={onScroll}
        // The field keeps the focus.
        onMouseDown={(event) => event.preventDefault()}
      >
        <div role="presentation" style={{ height }} />
        <div role="presentation" className={styles['rows']} style={{ transform: `translateY(${visible.offset}px)` }}>
          {choices.slice(visible.first, visible.end).map((choice, index) => {
            const at = visible.first + index;
            return (
              <div
                key={choice.id}
                id={`${id}-${at}`}
                role="option"
                aria-selected={at === row}
                aria-disabled={choice.refusal !== null}
                aria-posinset={at + 1}
                aria-setsize={choices.length}
                className={`${styles['row']} ${at === row ? styles['active'] : ''} ${choice.refusal === null ? '' : styles['refused']}`}
                title={choice.refusal ?? choice.title.slice(0, 500)}
                onClick={() => choose(choice)}
              >
                <ChoiceRow
                  choice={choice}
                  isFirstOther={text === '' && !choice.isRecent && choices[at - 1]?.isRecent === true}
                  isFirst={at === 0 && text === ''}
                />
              </div>
            );
          })}
        </div>
        {choices.length === 0 ? <p className={styles['none']}>{none}</p> : null}
      </div>
      <p role="status" className="visually-hidden">
        {choices.length === 0 ? none : (chosen?.refusal ?? plural(choices.length, 'choice'))}
      </p>
    </>
  );
}

interface ChoiceRowProps {
  readonly choice: Choice;
  readonly isFirst: boolean;
  readonly isFirstOther: boolean;
}

function ChoiceRow({ choice, isFirst, isFirstOther }: ChoiceRowProps): ReactNode {
  const { title, at, note, keys, checked, isRecent } = choice;
  return (
    <>
      <span className={styles['title']}>
        {checked ? <span aria-hidden>✓ </span> : null}
        <MarkedText text={title.slice(0, MOST_TITLE)} at={at} />
        {checked ? <span className="visually-hidden"> (on)</span> : null}
      </span>
      <span className={styles['note']}>{note === null ? null : visibleText(note)}</span>
      {isFirst && isRecent ? <span className={styles['group']}>recently used</span> : null}
      {isFirstOther ? <span className={styles['group']}>others</span> : null}
      {keys === null ? null : <Keys>{keys}</Keys>}
    </>
  );
}
