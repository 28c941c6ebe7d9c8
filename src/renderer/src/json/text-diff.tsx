import { json } from '@codemirror/lang-json';
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { goToNextChunk, goToPreviousChunk, unifiedMergeView } from '@codemirror/merge';
import { EditorState } from '@codemirror/state';
import { EditorView, highlightSpecialChars, keymap, lineNumbers } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useSettings } from '../api/settings.ts';
import { cspNonce } from '../ui/csp-nonce.ts';
import styles from './text-diff.module.css';
import { prettyJson } from './json-pretty.ts';
import { runSliced } from './sliced.ts';

/** Longer texts are compared in the list alone: an editor would hold the window. */
const MOST = 1024 * 1024;

interface TextDiffProps {
  /** Read out. */
  readonly label: string;
  readonly first: string;
  readonly second: string;
  readonly sorted: boolean;
}

/** Two JSON texts spread over lines, one inside the other; what is unchanged is folded. F7 and Shift+F7 go through the changes. */
export function TextDiff({ label, first, second, sorted }: TextDiffProps): ReactNode {
  const { dataFont } = useSettings();
  const host = useRef<HTMLDivElement>(null);
  const [texts, setTexts] = useState<readonly [string, string] | 'too large' | null>(null);

  useEffect(() => {
    const controller = new AbortController();
    const spread = async (text: string): Promise<string | null> => runSliced(prettyJson(text, MOST, sorted), controller.signal);
    const run = async (): Promise<void> => {
      const before = await spread(first);
      const after = before === null ? null : await spread(second);
      setTexts(before === null || after === null ? 'too large' : [before, after]);
    };
    run().catch(() => {
      // Two other texts are compared now.
    });
    return () => controller.abort();
  }, [first, second, sorted]);

  useEffect(() => {
    if (!host.current || texts === null || texts === 'too large') return undefined;
    const view = new EditorView({
      parent: host.current,
      doc: texts[1],
      extensions: [
        EditorView.cspNonce.of(cspNonce()),
        EditorState.readOnly.of(true),
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({ 'aria-label': label, 'aria-readonly': 'true', tabindex: '0' }),
        lineNumbers(),
        highlightSpecialChars({ addSpecialChars: INVISIBLE }),
        json(),
        syntaxHighlighting(COLOURS),
        keymap.of([
          { key: 'F7', run: goToNextChunk },
          { key: 'Shift-F7', run: goToPreviousChunk },
        ]),
        unifiedMergeView({
          original: texts[0],
          mergeControls: false,
          gutter: true,
          collapseUnchanged: { margin: 3, minSize: 4 },
          diffConfig: { scanLimit: 500, timeout: 200 },
        }),
        LOOK,
      ],
    });
    return () => view.destroy();
  }, [texts, label]);

  if (texts === 'too large') {
    return <p className={styles['message']}>These two are too large to be compared as text. The list of differences has no such limit.</p>;
  }
  return <div ref={host} className={styles['editor']} style={{ fontSize: dataFont }} />;
}

/** What the editor does not show by itself: joiners, marks and embeddings of direction, tags, variation selectors. */
const INVISIBLE =
  /\u034f|[\u115f\u1160\u17b4\u17b5\u180e\u3164\uffa0]|\u200c|\u200d|[\u202a-\u202c\u2060-\u2064\u2068\u206a-\u206f]|[\ufe00-\ufe0f]/;

const COLOURS = HighlightStyle.define([
  { tag: tags.propertyName, color: 'var(--json-key)' },
  { tag: tags.string, color: 'var(--json-string)' },
  { tag: tags.number, color: 'var(--json-number)' },
  { tag: [tags.bool, tags.null], color: 'var(--json-literal)' },
]);

const LOOK = EditorView.theme({
  '&': { height: '100%', backgroundColor: 'var(--bg)', color: 'var(--text)' },
  '&.cm-focused': { outline: '2px solid var(--accent)', outlineOffset: '-2px' },
  '.cm-scroller': { fontFamily: 'var(--mono)', lineHeight: '1.5' },
  '.cm-gutters': { backgroundColor: 'var(--surface)', color: 'var(--text-2)', border: 'none' },
  '.cm-changedLine, .cm-insertedLine': { backgroundColor: 'var(--diff-add) !important' },
  '.cm-deletedChunk': { backgroundColor: 'var(--diff-remove) !important' },
  '.cm-changedText': { background: 'none !important', textDecoration: 'underline', textDecorationThickness: '2px' },
  '.cm-deletedChunk .cm-deletedText': { background: 'none !important', textDecoration: 'line-through' },
  '.cm-changedLineGutter': { backgroundColor: 'var(--ok)' },
  '.cm-deletedLineGutter': { backgroundColor: 'var(--danger)' },
  '.cm-collapsedLines': { backgroundColor: 'var(--surface)', backgroundImage: 'none', color: 'var(--text-2)', padding: '4px 8px' },
  '.cm-specialChar': { color: 'var(--warn)' },
});
