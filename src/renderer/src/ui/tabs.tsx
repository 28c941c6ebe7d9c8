import type { ReactNode } from 'react';
import styles from './tabs.module.css';

interface TabsProps<Name extends string> {
  /** What the tabs are of, read out. */
  readonly label: string;
  readonly tabs: readonly { readonly name: Name; readonly content: ReactNode }[];
  /** May be none of them. */
  readonly current: string;
  readonly onShow: (name: Name) => void;
}

export function Tabs<Name extends string>({ label, tabs, current, onShow }: TabsProps<Name>): ReactNode {
  return (
    <div role="tablist" aria-label={label} className={styles['tabs']}>
      {tabs.map(({ name, content }) => (
        <button key={name} type="button" role="tab" className={styles['tab']} aria-selected={current === name} onClick={() => onShow(name)}>
          {content}
        </button>
      ))}
    </div>
  );
}
