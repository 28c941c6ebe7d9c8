import { useRef, type KeyboardEvent, type ReactNode } from 'react';
import styles from './tabs.module.css';

interface TabsProps<Name extends string> {
  /** What the tabs are of, read out. */
  readonly label: string;
  readonly tabs: readonly {
    readonly name: Name;
    readonly content: ReactNode;
    readonly title?: string;
    /** It cannot be shown now; `title` says why. */
    readonly disabled?: boolean;
  }[];
  /** May be none of them. */
  readonly current: string;
  /** Id of the panel that shows the current one, which is a `TabPanel`. */
  readonly panel?: string;
  readonly onShow: (name: Name) => void;
}

const tabId = (panel: string, name: string): string => `${panel}-tab-${name}`;

/** One of the tabs is in the way of Tab; arrows, Home and End show the others. */
export function Tabs<Name extends string>({ label, tabs, current, panel, onShow }: TabsProps<Name>): ReactNode {
  const list = useRef<HTMLDivElement>(null);
  const open = tabs.filter(({ disabled }) => !disabled);
  const stop = open.some(({ name }) => name === current) ? current : open[0]?.name;

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const at = open.findIndex(({ name }) => name === stop);
    const moves: Readonly<Record<string, number>> = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: open.length - 1 };
    const to = moves[event.key];
    if (to === undefined || open.length === 0) return;
    const next = open[(to + open.length) % open.length];
    if (!next) return;
    onShow(next.name);
    list.current?.querySelector<HTMLElement>(`[data-name="${next.name}"]`)?.focus();
    event.preventDefault();
  };

  return (
    <div ref={list} role="tablist" aria-label={label} className={styles['tabs']} onKeyDown={onKeyDown}>
      {tabs.map(({ name, content, title, disabled = false }) => (
        <button
          key={name}
          type="button"
          role="tab"
          data-name={name}
          className={styles['tab']}
          title={title}
          disabled={disabled}
          aria-selected={current === name}
          tabIndex={name === stop ? 0 : -1}
          {...(panel === undefined ? {} : { id: tabId(panel, name), ...(current === name ? { 'aria-controls': panel } : {}) })}
          onClick={() => onShow(name)}
        >
          {content}
        </button>
      ))}
    </div>
  );
}

interface TabPanelProps {
  readonly id: string;
  /** The tab that is shown; null: none of them, and `label` says what is. */
  readonly name: string | null;
  readonly label: string;
  readonly className?: string | undefined;
  readonly children: ReactNode;
}

export function TabPanel({ id, name, label, className, children }: TabPanelProps): ReactNode {
  return (
    <div
      id={id}
      role="tabpanel"
      tabIndex={-1}
      className={className}
      {...(name === null ? { 'aria-label': label } : { 'aria-labelledby': tabId(id, name) })}
    >
      {children}
    </div>
  );
}
