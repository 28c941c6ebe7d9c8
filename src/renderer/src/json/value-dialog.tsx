import { useMemo, type ReactNode } from 'react';
import { copyText } from '../api/copy.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { size } from '../ui/format.ts';
import { visibleText } from '../ui/visible-text.tsx';
import { unescape } from './json-nodes.ts';
import { LongText } from './long-text.tsx';
import { joinedText } from './text-source.ts';
import styles from './value-dialog.module.css';

interface ValueDialogProps {
  readonly token: string;
  readonly pointer: string;
  readonly onClose: () => void;
}

/** One long value, whole: a string as it reads, anything else as it is stored. */
export function ValueDialog({ token, pointer, onClose }: ValueDialogProps): ReactNode {
  const value = useMemo(() => unescape(token), [token]);
  const joined = useMemo(() => joinedText([value]), [value]);
  return (
    <Dialog
      title="Value"
      width={760}
      description={<span className="mono">{visibleText(pointer.slice(0, 300))}</span>}
      note={size(value.length)}
      onClose={onClose}
      footer={
        <>
          <Button onClick={() => copyText(token)}>Copy as stored</Button>
          <Button onClick={() => copyText(value)}>Copy text</Button>
          <Button look="primary" onClick={onClose}>
            Close
          </Button>
        </>
      }
    >
      <div className={styles['value']}>
        <LongText text={joined} label="Value" pattern={null} target={null} />
      </div>
    </Dialog>
  );
}
