import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { replyValue } from '../../../../shared/ipc/api.ts';
import type { TopicEntry } from '../../../../shared/ipc/contract/topics.ts';
import { isEventStoreError } from '../../../../shared/model/errors.ts';
import { sameOptions, type Topic } from '../../../../shared/model/topic-config.ts';
import { copyText } from '../../api/copy.ts';
import { tidemark } from '../../api/tidemark.ts';
import { optionPairs, sentTopic, useTopicCheck, useTopicRow } from '../../api/topics.ts';
import { usePlace } from '../../state/place.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { count, plural } from '../../ui/format.ts';
import { showToast } from '../../ui/toasts.tsx';
import { Changes, type ShownChange } from './changes.tsx';
import { EventPreview } from './event-preview.tsx';
import { optionChanges, optionRows, optionsOf, rebaseRows, rowFaults } from './option-rows.ts';
import { OptionsTable } from './options-table.tsx';
import { PlaceFields, type WantedPlace } from './place-fields.tsx';
import styles from './topic-dialogs.module.css';
import { quotedName } from './typed-name.ts';
import { useDelayed } from './use-delayed.ts';

interface EditTopicDialogProps {
  readonly path: string;
  /** The topic as it was when the form was opened. */
  readonly topic: TopicEntry;
  readonly topics: readonly TopicEntry[];
}

const plain = ({ name, adapter, connection, options, incarnation }: Topic): Topic => ({ name, adapter, connection, options, incarnation });

/** Changes a topic's options, and where an empty one is kept: staged, reviewed, then written as one event. */
export function EditTopicDialog({ path, topic, topics }: EditTopicDialogProps): ReactNode {
  const openDialog = usePlace((state) => state.openDialog);
  const client = useQueryClient();
  const [seen, setSeen] = useState<Topic>(plain(topic));
  const [rows, setRows] = useState(optionRows(topic.options));
  const [place, setPlace] = useState<WantedPlace>({ adapter: topic.adapter, connection: topic.connection });
  const [isReviewing, setReviewing] = useState(false);
  const now = topics.find(({ name }) => name === topic.name) ?? null;
  const latest = useTopicRow(path, now)?.latestVersion ?? null;

  const options = optionsOf(rows);
  const adapter = place.adapter ?? seen.adapter;
  const wanted = { name: topic.name, adapter, connection: place.connection, options, of: seen };
  const check = useTopicCheck(path, useDelayed(wanted, JSON.stringify([adapter, place.connection, optionPairs(options), sentTopic(seen)])));
  const changes = allChanges(seen, { ...seen, adapter, connection: place.connection, options });
  const isReady = changes.length > 0 && rowFaults(rows).size === 0;

  const save = useMutation({
    mutationFn: async () =>
      replyValue(
        await tidemark.topicsUpdate({ seen: sentTopic(seen), adapter, connection: place.connection, options: optionPairs(options) }),
      ),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['topics'] });
      openDialog(null);
      showToast({
        title: `Changed ${quotedName(topic.name)}`,
        description: `${plural(changes.length, 'change')}, one TopicUpdated event.`,
      });
    },
    // What the form was opened at is not what is stored any more: the list says what is.
    onError: () => client.invalidateQueries({ queryKey: ['topics'] }),
  });
  const isGone = now === null || now.incarnation !== seen.incarnation;
  const isStale = !isGone && allChanges(seen, now).length > 0;
  const redo = (): void => {
    if (!now) return;
    if (adapter === seen.adapter && place.connection === seen.connection) setPlace({ adapter: now.adapter, connection: now.connection });
    setRows(rebaseRows(rows, now.options));
    setSeen(plain(now));
    setReviewing(false);
    save.reset();
  };
  const startAnew = (): void => {
    if (!now) return;
    setRows(optionRows(now.options));
    setPlace({ adapter: now.adapter, connection: now.connection });
    setSeen(plain(now));
    setReviewing(false);
    save.reset();
  };

  const close = (): void => openDialog(null);
  const footer = isReviewing ? (
    <>
      <Button onClick={() => setReviewing(false)}>Back</Button>
      <Button look="primary" autoFocus disabled={!isReady || isGone || isStale || save.isPending} onClick={() => save.mutate()}>
        Save
      </Button>
    </>
  ) : (
    <>
      <Button onClick={close}>Cancel</Button>
      <Button look="primary" disabled={!isReady || isGone || isStale} onClick={() => setReviewing(true)}>
        Review
      </Button>
    </>
  );
  return (
    <Dialog
      title={`Edit ${quotedName(topic.name)}`}
      description={
        isReviewing
          ? 'Saving appends one TopicUpdated event to the configuration. Its options replace all that the topic has.'
          : 'Nothing is written before you have reviewed it.'
      }
      width={680}
      onClose={close}
      note={changes.length === 0 ? 'No changes' : plural(changes.length, 'change')}
      footer={footer}
    >
      {isGone ? <Gone isBack={now !== null} /> : null}
      {isStale ? (
        <div role="alert" className={styles['notice']}>
          <p className={styles['title']}>The configuration of this topic was changed meanwhile</p>
          <Changes label="Changed meanwhile" changes={allChanges(seen, now)} />
          <div className={styles['actions']}>
            <Button onClick={redo}>Keep my changes on top</Button>
            <Button onClick={startAnew}>Discard mine</Button>
          </div>
        </div>
      ) : null}
      {isReviewing ? (
        <>
          <Changes label="Changes to be saved" changes={changes} />
          <EventPreview event={check.data?.event ?? null} open />
        </>
      ) : (
        <>
          <OptionsTable rows={rows} onChange={setRows} staged />
          <PlaceFields place={place} onChange={setPlace} own={null} check={check.data ?? null} refusal={placeRefusal(latest)} />
        </>
      )}
      {save.error && !isEventStoreError(save.error, 'VERSION_CONFLICT') && !isGone ? (
        <ErrorPanel error={save.error} onCopy={copyText} />
      ) : null}
    </Dialog>
  );
}

function placeRefusal(latest: number | null): string | null {
  if (latest === null) return 'Its repository cannot be read, so it stays where it is.';
  if (latest === 0) return null;
  return `It holds events up to version ${count(latest)}; changing its place would leave them behind (TOPIC_NOT_EMPTY).`;
}

function allChanges(before: Topic, after: Topic): readonly ShownChange[] {
  if (before.adapter === after.adapter && before.connection === after.connection && sameOptions(before.options, after.options)) return [];
  const fields = (['adapter', 'connection'] as const)
    .filter((field) => before[field] !== after[field])
    .map((field) => ({ name: `the ${field}`, before: before[field], after: after[field] }));
  return [...fields, ...optionChanges(before.options, after.options)];
}

function Gone({ isBack }: { readonly isBack: boolean }): ReactNode {
  return (
    <p role="alert" className={styles['notice']}>
      {isBack
        ? 'This topic was deleted and made again since the form was opened: what is here was meant for the old one. Close it and open it again.'
        : 'This topic was deleted since the form was opened, so nothing can be saved.'}
    </p>
  );
}
