import { useId, useImperativeHandle, useMemo, useRef, useState, type DragEvent, type ReactNode, type Ref } from 'react';
import { CodeEditor, type CodeEditorHandle } from '../../ui/code-editor.tsx';
import { jsonLinesLanguage } from '../../ui/json-language.ts';
import styles from './append-view.module.css';
import type { Finding } from './check-draft.ts';
import type { FormHandle } from './form-handle.ts';
import { EditorHead } from './one-event-form.tsx';

interface BatchFormProps {
  readonly handle: Ref<FormHandle>;
  readonly text: string;
  readonly findings: readonly Finding[];
  readonly onChange: (text: string) => void;
  /** A file was dropped on the editor. */
  readonly onDrop: (file: File) => void;
}

/** Many events in one text. */
export function BatchForm({ handle, text, findings, onChange, onDrop }: BatchFormProps): ReactNode {
  const id = useId();
  const editor = useRef<CodeEditorHandle>(null);
  const [isOver, setOver] = useState(false);
  const mine = useMemo(() => findings.filter(({ field }) => field === 'batch'), [findings]);
  useImperativeHandle(handle, () => ({
    focus: () => editor.current?.focus(),
    focusFinding: ({ from, to }) => editor.current?.focusAt(from, to),
    flush: () => editor.current?.flush(),
  }));

  const holdsFile = (event: DragEvent): boolean => event.dataTransfer.types.includes('Files');
  const onDropped = (event: DragEvent): void => {
    if (!holdsFile(event)) return;
    // The window itself takes files for stores.
    event.preventDefault();
    event.stopPropagation();
    setOver(false);
    const [file] = event.dataTransfer.files;
    if (file) onDrop(file);
  };

  return (
    <div
      className={`${styles['batch']} ${isOver ? styles['over'] : ''}`}
      onDragOverCapture={(event) => {
        if (!holdsFile(event)) return;
        event.preventDefault();
        event.stopPropagation();
        event.dataTransfer.dropEffect = 'copy';
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDropCapture={onDropped}
    >
      <EditorHead label="Events" findings={mine} id={`${id}-events`} />
      <CodeEditor
        label="Events"
        describedBy={`${id}-events`}
        handle={editor}
        language={jsonLinesLanguage}
        value={text}
        findings={mine}
        placeholder={
          '{"type":"OrderPlaced","data":{"total":129.90},"metadata":{}}\nOne event a line, or a JSON array. Type, paste, or drop a file here.'
        }
        onChange={onChange}
      />
    </div>
  );
}
