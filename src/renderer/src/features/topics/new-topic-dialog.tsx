import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent, type ReactNode } from 'react';
import { replyValue } from '../../../../shared/ipc/api.ts';
import type { TopicCheckAnswer, TopicEntry } from '../../../../shared/ipc/contract/topics.ts';
import { isEventStoreError } from '../../../../shared/model/errors.ts';
import { copyText } from '../../api/copy.ts';
import { tidemark } from '../../api/tidemark.ts';
import { optionPairs, useTopicCheck } from '../../api/topics.ts';
import { usePlaceParts } from '../../state/place.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { TextField } from '../../ui/field.tsx';
import { EventPreview } from './event-preview.tsx';
import { nameFault } from './name-fault.ts';
import { optionsOf, rowFaults, type OptionRow } from './option-rows.ts';
import { OptionsTable } from './options-table.tsx';
import { PlaceFields, type WantedPlace } from './place-fields.tsx';
import styles from './topic-dialogs.module.css';
import { quotedName } from './typed-name.ts';
import { useDelayed } from './use-delayed.ts';

interface NewTopicDialogProps {
  readonly path: string;
  readonly topics: readonly TopicEntry[];
}

/** Makes a topic where the configuration topic is, or elsewhere. */
export function NewTopicDialog({ path, topics }: NewTopicDialogProps): ReactNode {
  const { openDialog, go } = usePlaceParts('openDialog', 'go');
  const client = useQueryClient();
  const [name, setName] = useState('');
  const [place, setPlace] = useState<WantedPlace>({ adapter: null, connection: '' });
  const [rows, setRows] = useState<readonly OptionRow[]>([]);
  const wanted = {
    name,
    options: optionsOf(rows),
    of: null,
    ...(place.adapter === null ? {} : { adapter: place.adapter, connection: place.connection }),
  };
  const said = JSON.stringify([name, place, Object.entries(wanted.options)]);
  const rested = useDelayed(wanted, said);
  const check = useTopicCheck(path, rested);
  const answer = check.data ?? null;
  const create = useMutation({
    mutationFn: async (leftover: 'refuse' | 'adopt' | 'trash') => {
      const { of: _none, ...topic } = wanted;
      return replyValue(await tidemark.topicsCreate({ ...topic, options: optionPairs(wanted.options), leftover }));
    },
    onSuccess: async (topic) => {
      await client.invalidateQueries({ queryKey: ['topics'] });
      openDialog(null);
      go({ view: 'events', topic: topic.name });
    },
  });
  const fault = nameFault(name, topics) ?? (rested.name === name && name !== '' ? faultOf(answer, 'name') : null);
  const isReady =
    name !== '' &&
    fault === null &&
    rowFaults(rows).size === 0 &&
    (place.adapter === null || place.adapter === 'memory' || place.connection !== '');
  const own = topics.find(({ reserved }) => reserved) ?? null;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (isReady) create.mutate('refuse');
  };
  const isLeftover = isEventStoreError(create.error, 'LEFTOVER_DATA');
  return (
    <Dialog
      title="New topic"
      description="A topic is an append-only sequence of events."
      width={600}
      onClose={() => openDialog(null)}
      footer={
        <>
          <Button onClick={() => openDialog(null)}>Cancel</Button>
          <Button look="primary" type="submit" form="new-topic" disabled={!isReady || create.isPending || isLeftover}>
            Create topic
          </Button>
        </>
      }
    >
      <form
        id="new-topic"
        onSubmit={submit}
        style={{ display: 'grid', gap: 12 }}
        onChange={() => {
          if (create.error) create.reset();
        }}
      >
        <TextField
          label="Name"
          hint={leftoverHint(answer) ?? 'Letters, digits, dot, underscore, hyphen and inner spaces'}
          fault={fault}
          value={name}
          autoFocus
          autoComplete="off"
          onChange={(event) => setName(event.target.value)}
        />
        <PlaceFields place={place} onChange={setPlace} own={own} check={answer} refusal={null} />
        <OptionsTable rows={rows} onChange={setRows} staged={false} />
        {faultOf(answer, 'options') === null ? null : <p className={styles['notice']}>{faultOf(answer, 'options')}</p>}
        {fault === null && name !== '' ? <EventPreview event={answer?.event ?? null} /> : null}
      </form>
      {isLeftover ? (
        <div role="alert" className={styles['notice']}>
          <p className={styles['title']}>Data called {quotedName(name)} lies there already</p>
          <p>
            {leftoverWords(answer)} No configuration event knows it, so it belongs to no topic. Adopt it as the new topic’s events, or move
            it to the trash and begin empty. Nothing has been done yet.
          </p>
          <div className={styles['actions']}>
            <Button disabled={create.isPending} onClick={() => create.mutate('adopt')}>
              Adopt it
            </Button>
            <Button disabled={create.isPending} onClick={() => create.mutate('trash')}>
              Move it to the trash
            </Button>
            <Button look="quiet" onClick={() => create.reset()}>
              Choose another name
            </Button>
          </div>
        </div>
      ) : create.error ? (
        <ErrorPanel error={create.error} onCopy={copyText} />
      ) : null}
    </Dialog>
  );
}

function faultOf(answer: TopicCheckAnswer | null, field: TopicCheckAnswer['faults'][number]['field']): string | null {
  return answer?.faults.find((fault) => fault.field === field)?.message ?? null;
}

function leftoverHint(answer: TopicCheckAnswer | null): string | null {
  return answer?.leftover ? `${leftoverWords(answer)} You will be asked what to do with it.` : null;
}

function leftoverWords(answer: TopicCheckAnswer | null): string {
  if (!answer?.leftover) return '';
  const { hasData, latestVersion } = answer.leftover;
  if (!hasData) return 'A config without events lies there.';
  return latestVersion === 0 ? 'An empty topic lies there.' : `Events up to version ${latestVersion} lie there.`;
}
