import { useId, useImperativeHandle, useMemo, useRef, type ReactNode, type Ref } from 'react';
import { CodeEditor, type CodeEditorHandle } from '../../ui/code-editor.tsx';
import { TextField } from '../../ui/field.tsx';
import { exactTime } from '../../ui/format.ts';
import { jsonLanguage } from '../../ui/json-language.ts';
import styles from './append-view.module.css';
import type { DraftField, Finding } from './check-draft.ts';
import type { OneEvent } from './draft.ts';
import type { FormHandle } from './form-handle.ts';
import { fieldCompletion } from './suggestions.ts';

interface OneEventFormProps {
  readonly handle: Ref<FormHandle>;
  readonly event: OneEvent;
  /** Types to suggest. */
  readonly types: readonly string[];
  /** Names to suggest in the data. */
  readonly fields: readonly string[];
  readonly findings: readonly Finding[];
  readonly onChange: (change: Partial<OneEvent>) => void;
}

/** One event, field by field. */
export function OneEventForm({ handle, event, types, fields, findings, onChange }: OneEventFormProps): ReactNode {
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  const data = useRef<CodeEditorHandle>(null);
  const metadata = useRef<CodeEditorHandle>(null);
  const complete = useMemo(() => fieldCompletion(fields), [fields]);
  const of = (field: DraftField): readonly Finding[] => findings.filter((finding) => finding.field === field);
  // An empty field is in fault, and nobody is told so before they are done.
  const faultOf = (field: 'type' | 'id' | 'timestamp'): string | null => (event[field] === '' ? null : (of(field)[0]?.message ?? null));
  const dataFindings = useMemo(() => findings.filter(({ field }) => field === 'data'), [findings]);
  const metadataFindings = useMemo(() => findings.filter(({ field }) => field === 'metadata'), [findings]);

  const focusInput = (name: string): void => box.current?.querySelector<HTMLElement>(`[name=${name}]`)?.focus();
  useImperativeHandle(handle, () => ({
    focus: () => (event.type === '' ? focusInput('type') : data.current?.focus()),
    focusFinding: ({ field, from, to }) => {
      if (field === 'data') data.current?.focusAt(from, to);
      else if (field === 'metadata') metadata.current?.focusAt(from, to);
      else focusInput(field);
    },
    flush: () => {
      data.current?.flush();
      metadata.current?.flush();
    },
  }));

  return (
    <div ref={box} className={styles['one']}>
      <div className={styles['short']}>
        <TextField
          label="Type"
          name="type"
          hint="What happened, in the past tense: OrderPlaced"
          fault={faultOf('type')}
          value={event.type}
          list={`${id}-types`}
          autoComplete="off"
          onChange={({ target }) => onChange({ type: target.value })}
        />
        <datalist id={`${id}-types`}>
          {types.map((type) => (
            <option key={type} value={type} />
          ))}
        </datalist>
        <TextField
          label="Id (optional)"
          name="id"
          hint="Empty: a new one (UUID v7)"
          fault={faultOf('id')}
          value={event.id}
          onChange={({ target }) => onChange({ id: target.value })}
        />
        <TextField
          label="Timestamp (optional)"
          name="timestamp"
          hint={timeHint(event.timestamp)}
          fault={faultOf('timestamp')}
          value={event.timestamp}
          inputMode="numeric"
          onChange={({ target }) => onChange({ timestamp: target.value })}
        />
      </div>
      <div className={styles['editor']}>
        <EditorHead label="Data" findings={dataFindings} id={`${id}-data`} />
        <CodeEditor
          label="Data"
          describedBy={`${id}-data`}
          handle={data}
          language={jsonLanguage}
          value={event.data}
          findings={dataFindings}
          complete={complete}
          onChange={(text) => onChange({ data: text })}
        />
      </div>
      <div className={styles['editor']}>
        <EditorHead label="Metadata" findings={metadataFindings} id={`${id}-metadata`} />
        <CodeEditor
          label="Metadata"
          describedBy={`${id}-metadata`}
          handle={metadata}
          language={jsonLanguage}
          value={event.metadata}
          findings={metadataFindings}
          onChange={(text) => onChange({ metadata: text })}
        />
      </div>
    </div>
  );
}

function timeHint(timestamp: string): string {
  const digits = timestamp.trim();
  if (!/^-?\d{1,19}$/.test(digits) || /^-?0+$/.test(digits)) return 'Nanoseconds since 1970; empty: when appended';
  return exactTime(BigInt(digits)).replace(/ \(.*/, '');
}

interface EditorHeadProps {
  readonly label: string;
  readonly findings: readonly Finding[];
  readonly id: string;
}

/** The name of an editor and what is wrong in it, next to it. */
export function EditorHead({ label, findings, id }: EditorHeadProps): ReactNode {
  const first = findings.find(({ severity }) => severity === 'error') ?? findings[0];
  return (
    <div className={styles['editorHead']}>
      <span className={styles['editorLabel']} aria-hidden>
        {label}
      </span>
      <span id={id} className={first ? styles[first.severity] : styles['hint']}>
        {first
          ? `Line ${first.line}, column ${first.column}: ${first.message}`
          : 'Any JSON value; empty is null. Tab leaves, Ctrl+M lets it indent'}
      </span>
    </div>
  );
}
