import {
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  closeCompletion,
  completionKeymap,
  completionStatus,
  type CompletionSource,
} from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { bracketMatching, indentUnit, syntaxHighlighting, type LanguageSupport, type StreamLanguage } from '@codemirror/language';
import { lintGutter, lintKeymap, setDiagnostics, type Diagnostic } from '@codemirror/lint';
import { Compartment, EditorState, Prec, type Extension } from '@codemirror/state';
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  highlightSpecialChars,
  keymap,
  lineNumbers,
  placeholder as placeholderOf,
} from '@codemirror/view';
import { useEffect, useImperativeHandle, useLayoutEffect, useRef, type ReactNode, type Ref } from 'react';
import styles from './code-editor.module.css';
import { editorColours, editorTheme } from './code-editor-theme.ts';
import { cspNonce } from './csp-nonce.ts';

/** Something to say about a range of the text, in UTF-16 units. */
export interface EditorFinding {
  readonly severity: 'error' | 'warning';
  readonly from: number;
  readonly to: number;
  readonly message: string;
}

export interface CodeEditorHandle {
  /** Puts the cursor there, in view, and the focus into the editor. */
  focusAt(from: number, to?: number): void;
  focus(): void;
  /** Tells what was typed and not told yet. */
  flush(): void;
}

interface CodeEditorProps {
  /** Read out by assistive tools. */
  readonly label: string;
  /** The id of an element that says more. */
  readonly describedBy?: string | undefined;
  /** A new text replaces the editor's, as one step that can be undone. */
  readonly value: string;
  /** Told at once for small texts, and when typing pauses for large ones. */
  readonly onChange: (value: string) => void;
  readonly language: LanguageSupport | StreamLanguage<unknown>;
  /** About `value` as it is now. */
  readonly findings?: readonly EditorFinding[];
  readonly complete?: CompletionSource;
  readonly placeholder?: string;
  readonly handle?: Ref<CodeEditorHandle>;
}

/** Making one string of a larger text at every key would be felt. */
const SMALL = 64 * 1024;
const PAUSE_MS = 250;

/** What cannot be seen, as `visibleText` has it. */
const INVISIBLE = /\p{Cf}|\p{Zl}|\p{Zp}|\u034f|[\u115f\u1160\u3164\uffa0]|[\u17b4\u17b5]|\p{Variation_Selector}/u;

/**
 * A text with line numbers, colours and a gutter of findings. Tab leaves it, as in any other field; Ctrl+M (Shift+Alt+M on
 * macOS) makes Tab indent until it is pressed again.
 */
export function CodeEditor(props: CodeEditorProps): ReactNode {
  const { label, describedBy, value, language, findings, placeholder, handle } = props;
  const host = useRef<HTMLDivElement>(null);
  const editor = useRef<Editor | null>(null);
  const latest = useRef(props);
  useLayoutEffect(() => {
    latest.current = props;
  });

  useLayoutEffect(() => {
    if (!host.current) return undefined;
    const made = openEditor(host.current, {
      text: latest.current.value,
      changed: (text) => latest.current.onChange(text),
      complete: (context) => latest.current.complete?.(context) ?? null,
    });
    editor.current = made;
    // Comes before pagehide, at which whoever keeps the text over the end of the page writes it.
    window.addEventListener('beforeunload', made.flush);
    return () => {
      window.removeEventListener('beforeunload', made.flush);
      made.flush();
      made.view.destroy();
      editor.current = null;
    };
  }, []);

  const isInvalid = findings?.some(({ severity }) => severity === 'error') ?? false;
  useLayoutEffect(
    () => editor.current?.describe({ label, describedBy, isInvalid, placeholder, language }),
    [label, describedBy, isInvalid, placeholder, language],
  );
  useLayoutEffect(() => editor.current?.show(value), [value]);
  useEffect(() => editor.current?.mark(value, findings ?? []), [value, findings]);
  useImperativeHandle(handle, () => ({
    focusAt: (from, to = from) => editor.current?.focusAt(from, to),
    focus: () => editor.current?.view.focus(),
    flush: () => editor.current?.flush(),
  }));

  return <div ref={host} className={styles['host']} />;
}

interface Description {
  readonly label: string;
  readonly describedBy: string | undefined;
  readonly isInvalid: boolean;
  readonly placeholder: string | undefined;
  readonly language: Extension;
}

interface Editor {
  readonly view: EditorView;
  describe(description: Description): void;
  show(text: string): void;
  mark(text: string, findings: readonly EditorFinding[]): void;
  focusAt(from: number, to: number): void;
  flush(): void;
}

interface EditorOptions {
  readonly text: string;
  readonly changed: (text: string) => void;
  readonly complete: CompletionSource;
}

function openEditor(parent: HTMLElement, { text, changed, complete }: EditorOptions): Editor {
  const described = new Compartment();
  /** The text as it was last told or given. */
  let known = text;
  let timer: number | undefined;

  function flush(): void {
    window.clearTimeout(timer);
    const now = view.state.doc.toString();
    if (now === known) return;
    known = now;
    changed(now);
  }

  const view = new EditorView({
    parent,
    state: EditorState.create({
      doc: text,
      extensions: [
        EditorView.cspNonce.of(cspNonce()),
        lintGutter(),
        lineNumbers(),
        highlightActiveLineGutter(),
        highlightActiveLine(),
        highlightSpecialChars({ addSpecialChars: INVISIBLE, render: specialChar }),
        history(),
        drawSelection(),
        bracketMatching(),
        closeBrackets(),
        indentUnit.of('  '),
        autocompletion({ override: [complete], icons: false, maxRenderedOptions: 50, defaultKeymap: false }),
        syntaxHighlighting(editorColours),
        editorTheme,
        described.of([]),
        // Heard before the keys below and left to the page: it goes on with what was typed so far.
        Prec.highest(
          keymap.of([
            { key: 'Mod-Enter', run: () => (flush(), false) },
            // A list that is only being looked for is none that Esc could close.
            { key: 'Escape', run: (of) => (completionStatus(of.state) === 'pending' && closeCompletion(of), false) },
            ...completionKeymap,
          ]),
        ),
        keymap.of([
          ...closeBracketsKeymap,
          ...defaultKeymap.filter(({ key }) => key !== 'Mod-Enter'),
          ...historyKeymap,
          ...lintKeymap,
          indentWithTab,
        ]),
        EditorView.updateListener.of((update) => {
          if (!update.docChanged) return;
          window.clearTimeout(timer);
          if (update.state.doc.length <= SMALL) flush();
          else timer = window.setTimeout(flush, PAUSE_MS);
        }),
        EditorView.domEventHandlers({ blur: () => flush() }),
      ],
    }),
  });
  view.setTabFocusMode(true);

  return {
    view,
    flush,
    describe: ({ label, describedBy, isInvalid, placeholder, language }) =>
      view.dispatch({
        effects: described.reconfigure([
          language,
          EditorView.contentAttributes.of({
            'aria-label': label,
            'aria-invalid': String(isInvalid),
            // It can be written in and so be reached anyway; said, the box that scrolls it can be told to be reachable.
            tabindex: '0',
            ...(describedBy === undefined ? {} : { 'aria-describedby': describedBy }),
          }),
          ...(placeholder === undefined ? [] : [placeholderOf(placeholder)]),
        ]),
      }),
    show: (wanted) => {
      if (wanted === known) return;
      known = wanted;
      view.dispatch({
        changes: { from: 0, to: view.state.doc.length, insert: wanted },
        selection: { anchor: 0 },
        userEvent: 'input.replace',
      });
    },
    mark: (about, findings) => {
      // What was typed since is looked at again soon; until then the marks move along with the text.
      if (about !== known || about.length !== view.state.doc.length) return;
      view.dispatch(setDiagnostics(view.state, findings.map(diagnostic)));
    },
    focusAt: (from, to) => {
      const end = view.state.doc.length;
      const anchor = Math.min(from, end);
      view.dispatch({
        selection: { anchor, head: Math.min(to, end) },
        effects: EditorView.scrollIntoView(anchor, { y: 'center', x: 'nearest' }),
      });
      view.focus();
    },
  };
}

function diagnostic({ from, to, severity, message }: EditorFinding): Diagnostic {
  return { from, to, severity, message };
}

/** As `visibleText` shows it: the code point in a frame. */
function specialChar(code: number): HTMLElement {
  const mark = document.createElement('span');
  const hex = code.toString(16).toUpperCase().padStart(4, '0');
  mark.className = styles['special'] ?? '';
  mark.textContent = hex;
  mark.title = `U+${hex}`;
  mark.setAttribute('aria-label', `U+${hex}`);
  mark.setAttribute('role', 'img');
  return mark;
}
