import { useState, type ReactNode } from 'react';
import { Button } from '../../ui/button.tsx';
import { Keys } from '../../ui/badge.tsx';
import controls from '../../ui/controls.module.css';
import { Dialog } from '../../ui/dialog.tsx';
import { shortcutGroups } from './shortcut-list.ts';
import styles from './shortcut-sheet.module.css';

/** Every key of the window, to be searched by what it does or by the key. */
export function ShortcutSheet({ onClose }: { readonly onClose: () => void }): ReactNode {
  const [query, setQuery] = useState('');
  const groups = shortcutGroups(query);
  return (
    <Dialog title="Keyboard shortcuts" width={760} onClose={onClose} footer={<Button onClick={onClose}>Close</Button>}>
      <input
        className={controls['input']}
        type="search"
        aria-label="Search shortcuts"
        placeholder="Search by name or key"
        spellCheck={false}
        value={query}
        onChange={(event) => setQuery(event.target.value)}
      />
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, and keys reach it by the focus alone */}
      <div className={styles['groups']} role="region" aria-label="Shortcuts" tabIndex={0}>
        <div className={styles['columns']}>
          {groups.map(({ title, shortcuts }) => (
            <section key={title} className={styles['group']} aria-label={title}>
              <h3 className={styles['title']}>{title}</h3>
              <dl>
                {shortcuts.map((shortcut) => (
                  <div key={shortcut.title} className={styles['row']}>
                    <dt>{shortcut.title}</dt>
                    <dd>
                      {shortcut.keys.map((key) => (
                        <Keys key={key}>{key}</Keys>
                      ))}
                    </dd>
                  </div>
                ))}
              </dl>
            </section>
          ))}
        </div>
        {groups.length === 0 ? <p className={styles['none']}>No shortcut fits.</p> : null}
      </div>
    </Dialog>
  );
}
