import { useState, type ReactNode } from 'react';
import type { StoreInfo } from '../../../../shared/ipc/contract/stores.ts';
import type { TopicRow } from '../../../../shared/ipc/contract/topics.ts';
import { copyText } from '../../api/copy.ts';
import { useDraftPlaces } from '../../api/drafts.ts';
import { Button } from '../../ui/button.tsx';
import { visibleText } from '../../ui/visible-text.tsx';
import styles from './append-view.module.css';
import type { Draft } from './draft.ts';
import { takeDraft, type DraftDesk, type OpenDraft } from './open-drafts.ts';

interface NoticesProps {
  readonly open: OpenDraft;
  readonly store: StoreInfo;
  readonly topic: TopicRow;
  readonly isGone: boolean;
  readonly isOther: boolean;
  readonly blank: boolean;
  readonly desk: DraftDesk;
  readonly onTakeOver: () => Promise<void>;
}

/** What happened to the draft or its topic that the person did not do. */
export function DraftNotices({ open, store, topic, isGone, isOther, blank, desk, onTakeOver }: NoticesProps): ReactNode {
  const [isNoteRead, setNoteRead] = useState(false);
  const others = useDraftPlaces(store.path).filter((place) => place.topic === topic.name && place.incarnation !== topic.incarnation);
  const earlier = !isOther && !isGone && blank ? others[0] : undefined;
  return (
    <div className={styles['notices']}>
      {open.note !== null && !isNoteRead ? (
        <div role="alert" className={styles['notice']}>
          <span>{visibleText(open.note)}</span>
          <Button onClick={() => setNoteRead(true)}>Understood</Button>
        </div>
      ) : null}
      {open.trouble === null ? null : (
        <div role="alert" className={styles['notice']}>
          <span>{visibleText(open.trouble)}</span>
        </div>
      )}
      {isGone ? (
        <div role="alert" className={styles['notice']}>
          <span>
            <span className="mono">TOPIC_NOT_FOUND</span> This topic was deleted. The draft is kept; it can go on if the topic is made
            again.
          </span>
          <Button onClick={() => copyText(draftAsText(desk.draft()))}>Copy the draft</Button>
        </div>
      ) : null}
      {isOther && !isGone ? (
        <div role="alert" className={styles['notice']}>
          <span>
            <span className="mono">TOPIC_NOT_FOUND</span> This topic was deleted and made again since the draft began. The new one is at
            version {topic.latestVersion ?? 0}.
          </span>
          <Button onClick={() => void onTakeOver()}>Take the draft to the new topic</Button>
        </div>
      ) : null}
      {earlier ? (
        <div role="status" className={styles['notice']}>
          <span>A draft for an earlier topic of this name is kept.</span>
          <Button
            onClick={() =>
              void takeDraft({ store: store.path, ...earlier }).then((draft) => {
                if (draft) desk.replace({ ...draft, expected: topic.latestVersion ?? 0, ids: null });
              })
            }
          >
            Take it over
          </Button>
        </div>
      ) : null}
    </div>
  );
}

const draftAsText = ({ mode, one, batch }: Draft): string => (mode === 'batch' ? batch : JSON.stringify(one, null, 2));
