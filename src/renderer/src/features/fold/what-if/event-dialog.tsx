import { useId, useMemo, useState, type KeyboardEvent, type ReactNode } from 'react';
import type { ScratchEvent } from '../../../../../shared/model/fold.ts';
import { Button } from '../../../ui/button.tsx';
import { CodeEditor, type EditorFinding } from '../../../ui/code-editor.tsx';
import controls from '../../../ui/controls.module.css';
import { Dialog } from '../../../ui/dialog.tsx';
import { TextField } from '../../../ui/field.tsx';
import { exactTime } from '../../../ui/format.ts';
import { jsonLanguage } from '../../../ui/json-language.ts';
import { visibleText } from '../../../ui/visible-text.tsx';
import { faultPlace, readEvent, type EventTexts } from './scratch-event.ts';
import styles from './what-if.module.css';

interface EventDialogProps {
  readonly title: string;
  /** What the button says. */
  readonly action: string;
  readonly first: EventTexts;
  readonly onEvent: (event: ScratchEvent) => void;
  readonly onClose: () => void;
}

/** One event of a scratch history, as it is thought up; checked while it is typed. */
export function EventDialog({ title, action, first, onEvent, onClose }: EventDialogProps): ReactNode {
  const [texts, setTexts] = useState(first);
  const { event, faults } = useMemo(() => readEvent(texts), [texts]);
  const type = (part: Partial<EventTexts>): void => setTexts((now) => ({ ...now, ...part }));
  const done = (): void => {
    if (!event) return;
    onEvent(event);
    onClose();
  };
  const onKeyDown = (key: KeyboardEvent): void => {
    if (key.key !== 'Enter' || !(key.ctrlKey || key.metaKey)) return;
    key.preventDefault();
    done();
  };
  return (
    <Dialog
      title={title}
      width={680}
      note="Only in the scratch copy"
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" disabled={!event} onClick={done} title="Ctrl+Enter">
            {action}
          </Button>
        </>
      }
    >
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- only hears the keys of the fields in it */}
      <div className={styles['form']} onKeyDown={onKeyDown}>
        <div className={styles['short']}>
          <TextField
            label="Type"
            value={texts.type}
            // An empty field is in fault, and nobody is told so before they are done.
            fault={texts.type === '' ? null : faults.type}
            autoComplete="off"
            onChange={({ target }) => type({ type: target.value })}
          />
          <TextField
            label="Timestamp"
            value={texts.timestamp}
            hint={faults.timestamp === null ? exactTime(BigInt(texts.timestamp.trim())).replace(/ \(.*/, '') : undefined}
            fault={faults.timestamp}
            inputMode="numeric"
            onChange={({ target }) => type({ timestamp: target.value })}
          />
        </div>
        <JsonField label="Data" value={texts.data} fault={faults.data} height={150} onChange={(data) => type({ data })} />
        <JsonField
          label="Metadata"
          value={texts.metadata}
          fault={faults.metadata}
          height={76}
          onChange={(metadata) => type({ metadata })}
        />
      </div>
    </Dialog>
  );
}

interface JsonFieldProps {
  readonly label: 'Data' | 'Metadata';
  readonly value: string;
  readonly fault: string | null;
  /** In pixels. */
  readonly height: number;
  readonly onChange: (value: string) => void;
}

function JsonField({ label, value, fault, height, onChange }: JsonFieldProps): ReactNode {
  const id = useId();
  const findings = useMemo((): readonly EditorFinding[] => {
    const at = fault === null ? null : faultPlace(fault);
    return fault === null || at === null ? [] : [{ severity: 'error', from: at, to: at + 1, message: fault }];
  }, [fault]);
  return (
    <div className={styles['json']}>
      <span className={controls['label']}>{label}</span>
      <div style={{ height }}>
        <CodeEditor label={label} describedBy={id} language={jsonLanguage} value={value} findings={findings} onChange={onChange} />
      </div>
      <p id={id} role="status" className={fault === null ? controls['hint'] : controls['fault']}>
        {fault === null
          ? `JSON; numbers are kept as they are written${label === 'Metadata' ? '; empty: null' : ''}`
          : visibleText(fault.slice(0, 300))}
      </p>
    </div>
  );
}
