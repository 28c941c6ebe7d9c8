import { Plus, Undo2, X } from 'lucide-react';
import { useRef, type ClipboardEvent, type KeyboardEvent, type ReactNode } from 'react';
import { Button, IconButton } from '../../ui/button.tsx';
import controls from '../../ui/controls.module.css';
import { visibleText } from '../../ui/visible-text.tsx';
import { addRows, parseOptionLines, rowFaults, rowState, type OptionRow, type RowState } from './option-rows.ts';
import styles from './options-table.module.css';

interface OptionsTableProps {
  readonly rows: readonly OptionRow[];
  readonly onChange: (rows: readonly OptionRow[]) => void;
  /** Marks what differs from what is stored; a new topic has nothing stored. */
  readonly staged: boolean;
}

const MARKS: Readonly<Record<RowState, readonly [string, string]>> = {
  same: ['', 'as stored'],
  added: ['+', 'added'],
  changed: ['~', 'changed'],
  renamed: ['~', 'renamed'],
  removed: ['-', 'removed'],
};

/** Options to be edited: names and values, each change marked until it is saved. Lines of `name=value` can be pasted. */
export function OptionsTable({ rows, onChange, staged }: OptionsTableProps): ReactNode {
  const body = useRef<HTMLTableSectionElement>(null);
  const faults = rowFaults(rows);
  const change = (id: number, to: Partial<OptionRow>): void => onChange(rows.map((row) => (row.id === id ? { ...row, ...to } : row)));
  const remove = (row: OptionRow): void => {
    if (row.was) change(row.id, { removed: true });
    else onChange(rows.filter((other) => other.id !== row.id));
    // What was under the focus is gone.
    requestAnimationFrame(() => body.current?.closest('fieldset')?.querySelector<HTMLElement>('[data-add]')?.focus());
  };
  const focusRow = (index: number): void => {
    requestAnimationFrame(() => body.current?.rows.item(index)?.querySelector<HTMLElement>('input')?.focus());
  };
  const add = (): void => {
    onChange(addRows(rows, [['', '']]));
    focusRow(rows.length);
  };
  const paste = (event: ClipboardEvent, row: OptionRow): void => {
    const pairs = parseOptionLines(event.clipboardData.getData('text/plain'));
    if (!pairs) return;
    event.preventDefault();
    const isBlank = row.was === null && row.name === '' && row.text === '';
    onChange(addRows(isBlank ? rows.filter((other) => other.id !== row.id) : rows, pairs));
  };
  const onKeyDown = (event: KeyboardEvent, index: number): void => {
    if (event.key !== 'Enter' || event.shiftKey || event.ctrlKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    if (index === rows.length - 1) add();
    else focusRow(index + 1);
  };

  return (
    <fieldset className={styles['options']}>
      <legend className={controls['label']}>Options</legend>
      {rows.length === 0 ? null : (
        <table className={styles['table']}>
          <thead>
            <tr>
              {staged ? (
                <th scope="col">
                  <span className="visually-hidden">State</span>
                </th>
              ) : null}
              <th scope="col">Name</th>
              <th scope="col">Value</th>
              <th scope="col">
                <span className="visually-hidden">Remove</span>
              </th>
            </tr>
          </thead>
          <tbody ref={body}>
            {rows.map((row, index) => {
              const state = rowState(row);
              const [sign, word] = MARKS[state];
              const fault = faults.get(row.id);
              return (
                <tr key={row.id} className={staged ? styles[state] : ''}>
                  {staged ? (
                    <td className={styles['state']} title={word}>
                      <span aria-hidden className="mono">
                        {sign}
                      </span>
                      <span className={state === 'same' ? 'visually-hidden' : styles['word']}>{word}</span>
                    </td>
                  ) : null}
                  <td>
                    {row.removed ? (
                      <span className={`${styles['gone']} mono`}>{visibleText(row.name.slice(0, 200))}</span>
                    ) : (
                      <input
                        className={`${controls['input']} mono`}
                        aria-label={`Name of option ${index + 1}`}
                        aria-invalid={fault !== undefined}
                        value={row.name}
                        spellCheck={false}
                        onChange={(event) => change(row.id, { name: event.target.value })}
                        onPaste={(event) => paste(event, row)}
                        onKeyDown={(event) => onKeyDown(event, index)}
                      />
                    )}
                    {fault === undefined || row.removed ? null : (
                      <p role="alert" className={controls['fault']}>
                        {fault}
                      </p>
                    )}
                  </td>
                  <td>
                    {row.removed ? (
                      <span className={`${styles['gone']} mono`}>{visibleText(row.text.slice(0, 200))}</span>
                    ) : (
                      <textarea
                        className={`${controls['input']} ${styles['value']}`}
                        aria-label={`Value of option ${index + 1}`}
                        rows={1}
                        value={row.text}
                        spellCheck={false}
                        onChange={(event) => change(row.id, { text: event.target.value })}
                        onKeyDown={(event) => onKeyDown(event, index)}
                      />
                    )}
                  </td>
                  <td className={styles['act']}>
                    {row.removed ? (
                      <IconButton label={`Put option ${index + 1} back`} onClick={() => change(row.id, { removed: false })}>
                        <Undo2 size={14} strokeWidth={1.75} aria-hidden />
                      </IconButton>
                    ) : (
                      <IconButton label={`Remove option ${index + 1}`} onClick={() => remove(row)}>
                        <X size={14} strokeWidth={1.75} aria-hidden />
                      </IconButton>
                    )}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
      <div className={styles['under']}>
        <Button data-add onClick={add}>
          <Plus size={14} strokeWidth={1.75} aria-hidden /> Add option
        </Button>
        <span className={controls['hint']}>
          {rows.length === 0
            ? 'Free text by name; none is needed.'
            : 'Enter: next. Shift+Enter: a line break. Lines of name=value can be pasted.'}
        </span>
      </div>
    </fieldset>
  );
}
