import { useEffect, useRef, useState } from 'react';
import { replyValue } from '../../../../shared/ipc/api.ts';
import type { CopyFormat, CopyProgress } from '../../../../shared/ipc/contract/events.ts';
import { errorFacts } from '../../../../shared/model/errors.ts';
import type { GridTopic } from '../../api/queries.ts';
import { tidemark } from '../../api/tidemark.ts';
import { isFiltering, type EventFilter } from '../../state/place.ts';
import { plural, size } from '../../ui/format.ts';
import { showToast } from '../../ui/toasts.tsx';
import type { VersionRanges } from './version-ranges.ts';

export interface EventCopying {
  /** What is being copied now, 0 to 1; null: nothing. */
  readonly progress: number | null;
  readonly copy: (ranges: VersionRanges, format: CopyFormat) => void;
  readonly stop: () => void;
}

const NAMES: Readonly<Record<CopyFormat, string>> = {
  ndjson: 'as NDJSON',
  csv: 'as CSV',
  'csv-safe': 'as CSV without formulas',
  ids: '(their ids)',
  versions: '(their versions)',
  links: '(links)',
};

/** Copies events through main, which reads them itself; a copy that takes long shows how far it is and can be stopped. */
export function useCopyEvents({ name, incarnation }: GridTopic, filter: EventFilter): EventCopying {
  const [progress, setProgress] = useState<number | null>(null);
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);

  const run = async (ranges: VersionRanges, format: CopyFormat, signal: AbortSignal): Promise<CopyProgress> => {
    const input = {
      job: crypto.randomUUID(),
      topic: name,
      incarnation,
      ranges: [...ranges],
      filter: isFiltering(filter) ? { ...filter, types: filter.types === null ? null : [...filter.types] } : null,
      format,
    };
    for (;;) {
      const answer = replyValue(await tidemark.eventsCopy(input, { signal }));
      if (answer.done) return answer;
      if (!signal.aborted) setProgress(answer.scanned / Math.max(1, answer.total));
    }
  };

  const copy = async (ranges: VersionRanges, format: CopyFormat): Promise<void> => {
    running.current?.abort();
    const controller = new AbortController();
    running.current = controller;
    try {
      showToast(saysDone(await run(ranges, format, controller.signal), format));
    } catch (error) {
      if (controller.signal.aborted) showToast({ title: 'Copying was stopped', description: 'The clipboard is what it was.' });
      else showToast({ title: 'Nothing was copied', description: errorFacts(error).message, stays: 12_000 });
    } finally {
      if (running.current === controller) {
        running.current = null;
        setProgress(null);
      }
    }
  };

  return {
    progress,
    stop: () => running.current?.abort(),
    copy: (ranges, format) => (ranges.length === 0 ? undefined : void copy(ranges, format)),
  };
}

function saysDone({ events, bytes, damaged }: CopyProgress, format: CopyFormat): { title: string; description: string } {
  const what = events === 1 && format === 'ndjson' ? '1 event copied as JSON' : `${plural(events, 'event')} copied ${NAMES[format]}`;
  const left = damaged > 0 ? ` ${plural(damaged, 'damaged version')} left out.` : '';
  return { title: what, description: `${size(bytes)} on the clipboard.${left}` };
}
