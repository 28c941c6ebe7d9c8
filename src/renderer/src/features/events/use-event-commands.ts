import type { RefObject } from 'react';
import { replyValue } from '../../../../shared/ipc/api.ts';
import type { CopyFormat } from '../../../../shared/ipc/contract/events.ts';
import { errorFacts } from '../../../../shared/model/errors.ts';
import type { GridTopic } from '../../api/queries.ts';
import { tidemark } from '../../api/tidemark.ts';
import { useCommands } from '../../commands/command-table.ts';
import { isFiltering, NO_FILTER, usePlaceParts } from '../../state/place.ts';
import { showToast } from '../../ui/toasts.tsx';
import type { GridHandle } from './event-grid.tsx';
import { selectedRanges, type Selection } from './selection.ts';
import type { EventCopying } from './use-copy-events.ts';

/** UTF-16 units; `events.get` cuts what is longer. */
const MOST_NAME = 1000;

interface EventCommandsOptions {
  readonly topic: GridTopic;
  readonly grid: RefObject<GridHandle | null>;
  readonly jump: RefObject<HTMLInputElement | null>;
  readonly selection: Selection;
  readonly copying: EventCopying;
  /** Why nothing can be appended; null when it can. */
  readonly refusal: string | null;
  /** Opens what filters by type. */
  readonly onFind: () => void;
}

/** The commands of the grid. */
export function useEventCommands({ topic, grid, jump, selection, copying, refusal, onFind }: EventCommandsOptions): void {
  const { order, setOrder, version, marked, mark, following, follow, filter, setFilter, openDialog, go } = usePlaceParts(
    'order',
    'setOrder',
    'version',
    'marked',
    'mark',
    'following',
    'follow',
    'filter',
    'setFilter',
    'openDialog',
    'go',
  );
  const none = topic.latestVersion === 0 ? 'This topic has no events yet.' : null;
  const noCursor = none ?? (version === null ? 'Choose an event first.' : null);
  const ranges = selectedRanges(selection, version);
  const copy = (format: CopyFormat) => ({
    run: () => copying.copy(ranges, format),
    refusal: none ?? (ranges.length === 0 ? 'Select events first.' : null),
  });
  const isMarked = marked?.topic === topic.name && marked.incarnation === topic.incarnation && marked.version === version;
  const filterByType = async (): Promise<void> => {
    if (version === null) return;
    try {
      const event = replyValue(await tidemark.eventsGet({ topic: topic.name, version }));
      // A name that is cut is not the name.
      if (event.type.length > MOST_NAME)
        showToast({ title: 'This type is too long to filter by', description: 'Search for it under Types.' });
      else setFilter({ ...filter, types: [event.type] });
    } catch (error) {
      showToast({ title: 'The type of this event is not known', description: errorFacts(error).message });
    }
  };
  useCommands({
    'edit.find': { run: onFind, refusal: none },
    'events.filterType': { run: () => void filterByType(), refusal: noCursor },
    'events.jump': {
      run: () => {
        jump.current?.focus();
        jump.current?.select();
      },
      refusal: none,
    },
    'events.newest': { run: () => setOrder('newest'), checked: order === 'newest' },
    'events.oldest': { run: () => setOrder('oldest'), checked: order === 'oldest' },
    'events.tail': {
      run: () => {
        if (!following) grid.current?.showNewest();
        follow(!following);
      },
      checked: following,
    },
    'events.clearFilter': { run: () => setFilter(NO_FILTER), refusal: isFiltering(filter) ? null : 'There is no filter.' },
    'events.columns': { run: () => openDialog({ kind: 'columns' }), refusal: none },
    'events.copy': copy('ndjson'),
    'events.copyNdjson': copy('ndjson'),
    'events.copyCsv': copy('csv'),
    'events.copyCsvSafe': copy('csv-safe'),
    'events.copyId': copy('ids'),
    'events.copyVersion': copy('versions'),
    'events.copyLink': copy('links'),
    'events.mark': {
      run: () => (version === null ? undefined : mark(isMarked ? null : { topic: topic.name, incarnation: topic.incarnation, version })),
      refusal: noCursor,
    },
    'events.appendLike': { run: () => go({ view: 'append', template: version }), refusal: refusal ?? noCursor },
  });
}
