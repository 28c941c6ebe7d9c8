import type { ReactNode } from 'react';
import { useSearchById } from '../../api/causes.ts';
import { usePlace } from '../../state/place.ts';
import { Button } from '../../ui/button.tsx';
import { shorten } from '../../ui/format.ts';
import { visibleText } from '../../ui/visible-text.tsx';
import styles from './event-metadata.module.css';

/** The longest id that main can be asked for. */
const LONGEST = 65_536;

/** An event's id as a link to it, in whatever topic it is. */
export function CauseLink({ id }: { readonly id: string }): ReactNode {
  const go = usePlace((place) => place.go);
  const { progress, trouble, start, stop } = useSearchById();
  return (
    <>
      <button
        type="button"
        className={styles['link']}
        title={id.slice(0, 1000)}
        disabled={id.length > LONGEST}
        onClick={() => start(id, ({ topic, version }) => go({ view: 'events', topic, version }))}
      >
        {visibleText(shorten(id, 40))}
      </button>
      <span role="status" className={styles['quiet']}>
        {progress === null ? trouble : `searching… ${Math.round(progress * 100)} %`}
      </span>
      {progress === null ? null : <Button onClick={stop}>Stop</Button>}
    </>
  );
}
