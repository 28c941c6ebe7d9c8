import { useEffect, useMemo, useRef, type ReactNode } from 'react';
import { Group, Panel } from 'react-resizable-panels';
import { replyValue } from '../../../../shared/ipc/api.ts';
import { MAX_FOLD_CHARS } from '../../../../shared/ipc/contract/folds.ts';
import type { TopicRow } from '../../../../shared/ipc/contract/topics.ts';
import { errorFacts } from '../../../../shared/model/errors.ts';
import { copyText } from '../../api/copy.ts';
import { resumeFold, runFold, stopFold, useFoldRuns, type FoldRun } from '../../api/fold-run.ts';
import { useLatest } from '../../api/queries.ts';
import { useRememberedPanes } from '../../api/remembered-panes.ts';
import { useFoldText } from '../../api/saved-folds.ts';
import { tidemark } from '../../api/tidemark.ts';
import { useCommands } from '../../commands/command-table.ts';
import { usePlace } from '../../state/place.ts';
import type { CodeEditorHandle } from '../../ui/code-editor.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { count } from '../../ui/format.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import { Splitter } from '../../ui/splitter.tsx';
import { showToast } from '../../ui/toasts.tsx';
import { EXAMPLES } from './examples.ts';
import { FoldBar } from './fold-bar.tsx';
import { FoldEditor } from './fold-editor.tsx';
import { FoldResult } from './fold-result.tsx';
import styles from './fold-view.module.css';
import { NameDialog } from './name-dialog.tsx';
import { findingAt, placedText } from './source-places.ts';
import { useFoldFiles } from './use-fold-files.ts';
import { useFoldPlace } from './use-fold-place.ts';
import { scratchKey, showScratch, useScratches } from './what-if/scratches.ts';
import { WhatIf } from './what-if/what-if.tsx';

interface FoldViewProps {
  readonly path: string;
  readonly topic: TopicRow;
  /** Why nothing can be appended to the topic; null when it can. */
  readonly refusal: string | null;
}

/** A fold over a topic: its text, and at every version the event, the states before and after it, and what changed. */
export function FoldView({ path, topic, refusal }: FoldViewProps): ReactNode {
  const panes = useRememberedPanes('fold');
  const desk = useFoldText(path, EXAMPLES[0].source);
  const { text, write } = desk;
  const files = useFoldFiles(path, desk);
  const run = useFoldRuns((folds) => (folds.run !== null && isOf(folds.run, path, topic) ? folds.run : null));
  const place = useFoldPlace(run);
  const editor = useRef<CodeEditorHandle>(null);
  const condition = useRef<HTMLInputElement>(null);
  const key = scratchKey({ path, name: topic.name, incarnation: topic.incarnation });
  const isWhatIf = useScratches(({ shown }) => shown.has(key));
  useGrowth(run, useLatest(path, topic));
  const isOwnText = run !== null && run.source === text?.source;
  const fault = place.isFolded ? (place.around?.fault ?? null) : null;
  const finding = useMemo(() => {
    if (!run || !isOwnText) return null;
    const found = run.error === null ? fault : faultOf(run.error);
    return found && found.line !== null ? findingAt(run.source, found.line, found.column, found.reason) : null;
  }, [run, isOwnText, fault]);
  const findings = useMemo(() => (finding ? [finding] : []), [finding]);

  const isBusy = run !== null && run.error === null && (run.id === null || run.state?.status === 'folding');
  const failing = run?.state ? run.state.failing + run.state.unshown : 0;
  const noFailing = failing === 0 ? 'No event fails.' : null;
  const goToFailing = async (which: 'next' | 'previous'): Promise<void> => {
    if (!run?.id) return;
    const { id } = run;
    const next = async (after: number) => replyValue(await tidemark.foldNextFailing({ id, after })).version;
    const previous = async (before: number) => replyValue(await tidemark.foldPreviousFailing({ id, before: Math.max(1, before) })).version;
    const found = await (which === 'next' ? next(place.at) : previous(place.at));
    // At the end it begins again from the other one.
    const version = found ?? (await (which === 'next' ? next(0) : previous(place.last + 1)));
    if (version !== null) place.move(version);
    if (found !== null || version === null) return;
    showToast({ title: which === 'next' ? 'That was the last one: on from the first' : 'That was the first one: on from the last' });
  };
  const seek = (which: 'next' | 'previous'): void => {
    goToFailing(which).catch((error: unknown) => showToast({ title: errorFacts(error).message }));
  };
  useCommands({
    'fold.run': {
      run: () => {
        if (text) void runFold({ store: path, topic: topic.name, incarnation: topic.incarnation, source: text.source });
      },
      refusal: text && text.source.length > MAX_FOLD_CHARS ? `A fold may be ${count(MAX_FOLD_CHARS)} characters long here.` : null,
    },
    'fold.stop': { run: stopFold, refusal: isBusy ? null : 'Nothing is being folded.' },
    'fold.nextFailing': { run: () => seek('next'), refusal: noFailing },
    'fold.previousFailing': { run: () => seek('previous'), refusal: noFailing },
    'fold.whatIf': {
      run: () => showScratch(key, true),
      refusal: run?.id ? (isBusy ? 'The fold is still going on.' : null) : 'Run the fold first.',
    },
    'fold.bisect': { run: () => condition.current?.focus(), refusal: run?.id ? null : 'Run the fold first.' },
  });

  if (panes === null || text === undefined) return <Skeleton label="The fold is being read" />;
  if (isWhatIf && run?.id) {
    return (
      <WhatIf
        topic={{ path, name: topic.name, incarnation: topic.incarnation }}
        run={{ ...run, id: run.id }}
        version={place.at}
        refusal={refusal}
        onClose={() => showScratch(key, false)}
      />
    );
  }
  const loadFault = run && isOwnText && run.error !== null ? faultOf(run.error) : null;
  return (
    <section className={styles['view']} aria-label={`Fold of ${topic.name}`}>
      <FoldBar text={text} files={files} run={run} />
      <Group orientation="horizontal" id="fold" className={styles['panes'] ?? ''} {...panes}>
        <Panel id="text" defaultSize="40" minSize={220}>
          <FoldEditor
            handle={editor}
            path={path}
            topic={topic}
            source={text.source}
            findings={findings}
            trouble={loadFault ? placedText(loadFault) : null}
            onChange={write}
          />
        </Panel>
        <Splitter label="Width of the fold’s text" />
        <Panel id="result" minSize={320}>
          {content()}
        </Panel>
      </Group>
      {files.asking === null ? null : (
        <NameDialog
          title={files.asking === 'save' ? 'Save the Fold' : 'Rename the Fold'}
          action={files.asking === 'save' ? 'Save' : 'Rename'}
          first={text.name ?? ''}
          taken={files.names}
          onName={files.named}
          onClose={files.notNamed}
        />
      )}
    </section>
  );

  function content(): ReactNode {
    if (run === null) {
      return (
        <EmptyState title="Nothing is folded yet">
          <p>Run calls fold for every event, and shows the state before and after each of them. Nothing is written to the store.</p>
        </EmptyState>
      );
    }
    if (run.error !== null) {
      return faultOf(run.error) && isOwnText ? (
        <EmptyState title="This is no fold yet">
          <p>The editor says what is wrong, and where.</p>
        </EmptyState>
      ) : (
        <ErrorPanel error={run.error} onCopy={copyText} />
      );
    }
    return (
      <FoldResult
        run={run}
        place={place}
        condition={condition}
        onShowFault={finding ? () => editor.current?.focusAt(finding.from, finding.to) : null}
        onOpenEvent={(version) => usePlace.getState().go({ view: 'events', version })}
      />
    );
  }
}

function isOf(run: FoldRun, path: string, { name, incarnation }: TopicRow): boolean {
  return run.store === path && run.topic === name && run.incarnation === incarnation;
}

interface PlacedFault {
  readonly line: number | null;
  readonly column: number | null;
  readonly reason: string;
}

/** Where a text is no fold; null for other errors. */
function faultOf(error: unknown): PlacedFault | null {
  const { code, message, details } = errorFacts(error);
  if (code !== 'FOLD_FAILED') return null;
  const number = (value: unknown): number | null => (typeof value === 'number' ? value : null);
  const reason = typeof details['reason'] === 'string' ? details['reason'] : message;
  return { line: number(details['line']), column: number(details['column']), reason };
}

/** Folds on when the topic has grown; nobody is moved by it. */
function useGrowth(run: FoldRun | null, latest: number | null): void {
  const isBehind = run?.state?.status === 'done' && run.state.failure === null && latest !== null && latest > run.state.total;
  useEffect(() => {
    if (isBehind) void resumeFold();
  }, [isBehind, latest]);
}
