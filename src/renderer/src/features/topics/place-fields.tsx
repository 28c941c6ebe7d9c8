import type { ReactNode } from 'react';
import type { TopicCheckAnswer } from '../../../../shared/ipc/contract/topics.ts';
import { SelectField, TextField } from '../../ui/field.tsx';
import styles from './topic-dialogs.module.css';
import { placeName } from './topic-rows.ts';

/** Where a topic is kept. No adapter: where the configuration topic is. */
export interface WantedPlace {
  readonly adapter: string | null;
  readonly connection: string;
}

interface PlaceFieldsProps {
  readonly place: WantedPlace;
  readonly onChange: (place: WantedPlace) => void;
  /** The store's own, as the choice that needs no connection; null: there is none. */
  readonly own: { readonly adapter: string; readonly connection: string } | null;
  readonly check: TopicCheckAnswer | null;
  /** Why the place cannot be changed. */
  readonly refusal: string | null;
}

const WORDS: Readonly<Record<string, string>> = { sqlite: 'a SQLite file', fs: 'a folder', memory: 'gone when the store is closed' };

/** Adapter and connection, checked while they are written. */
export function PlaceFields({ place, onChange, own, check, refusal }: PlaceFieldsProps): ReactNode {
  const fault = (field: 'adapter' | 'connection'): string | null =>
    check?.faults.find(
      (found) => found.field === field && !(field === 'connection' && place.connection === '' && place.adapter !== 'memory'),
    )?.message ?? null;
  const adapters = check?.adapters ?? [];
  const isKnown = place.adapter === null || adapters.some(({ name }) => name === place.adapter);
  return (
    <div className={styles['pair']}>
      <SelectField
        label="Adapter"
        value={place.adapter ?? ''}
        disabled={refusal !== null}
        hint={refusal ?? (place.adapter === null ? 'Beside the configuration.' : undefined)}
        fault={fault('adapter')}
        onChange={(event) => onChange({ adapter: event.target.value === '' ? null : event.target.value, connection: '' })}
      >
        {own ? (
          <option value="">
            The store’s own ({own.adapter}, {placeName(own.adapter, own.connection).slice(0, 60)})
          </option>
        ) : null}
        {isKnown || place.adapter === null ? null : <option value={place.adapter}>{place.adapter.slice(0, 64)}</option>}
        {adapters.map(({ name, refusal: why }) => (
          <option key={name} value={name} disabled={why !== null}>
            {name}
            {why === null ? (WORDS[name] === undefined ? '' : `: ${WORDS[name]}`) : ` (${why.replace(/\.$/, '').toLowerCase()})`}
          </option>
        ))}
      </SelectField>
      {place.adapter === null ? (
        <span />
      ) : (
        <TextField
          label="Connection"
          value={place.connection}
          disabled={refusal !== null}
          fault={fault('connection')}
          hint={connectionHint(place, check)}
          onChange={(event) => onChange({ ...place, connection: event.target.value })}
        />
      )}
    </div>
  );
}

function connectionHint({ adapter, connection }: WantedPlace, check: TopicCheckAnswer | null): string {
  if (adapter === 'memory') return 'A label; topics of one label lie together.';
  if (connection === '') return adapter === 'fs' ? 'A folder, relative to the store’s.' : 'A file, relative to the store’s folder.';
  if (!check?.place) return ' ';
  const { path, missing } = check.place;
  return missing ? `${path} is not there yet and will be made.` : path;
}
