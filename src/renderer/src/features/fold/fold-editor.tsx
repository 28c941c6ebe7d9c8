import { javascript } from '@codemirror/lang-javascript';
import { useId, useMemo, type ReactNode, type Ref } from 'react';
import type { TopicRow } from '../../../../shared/ipc/contract/topics.ts';
import { useEventFields, useRecentTypes } from '../../api/topic-shape.ts';
import { CodeEditor, type CodeEditorHandle, type EditorFinding } from '../../ui/code-editor.tsx';
import { visibleText } from '../../ui/visible-text.tsx';
import { eventCompletion } from './event-completion.ts';
import styles from './fold-view.module.css';

const LANGUAGE = javascript();

interface FoldEditorProps {
  readonly handle: Ref<CodeEditorHandle>;
  readonly path: string;
  readonly topic: TopicRow;
  readonly source: string;
  readonly findings: readonly EditorFinding[];
  /** What is wrong with the text, in words; null: nothing that is known. */
  readonly trouble: string | null;
  readonly onChange: (source: string) => void;
}

/** The text of the fold, with what the topic's events look like at hand. */
export function FoldEditor({ handle, path, topic, source, findings, trouble, onChange }: FoldEditorProps): ReactNode {
  const id = useId();
  const types = useRecentTypes(path, topic);
  const { data, metadata } = useEventFields(path, topic);
  const complete = useMemo(() => eventCompletion({ types, data, metadata }), [types, data, metadata]);
  return (
    <div className={styles['editor']}>
      <CodeEditor
        label="Fold"
        describedBy={id}
        handle={handle}
        language={LANGUAGE}
        value={source}
        findings={findings}
        complete={complete}
        onChange={onChange}
      />
      <p id={id} className={trouble === null ? styles['hint'] : styles['trouble']} role={trouble === null ? undefined : 'alert'}>
        {trouble === null ? 'Ctrl+Space completes the event. Tab leaves, Ctrl+M lets it indent.' : visibleText(trouble.slice(0, 600))}
      </p>
    </div>
  );
}
