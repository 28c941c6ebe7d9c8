import { Dialog as Base } from '@base-ui/react/dialog';
import type { CSSProperties, ReactNode } from 'react';
import styles from './dialog.module.css';

interface DialogProps {
  readonly title: string;
  readonly description?: ReactNode;
  readonly width?: number;
  readonly onClose: () => void;
  readonly footer: ReactNode;
  /** Beside the buttons. */
  readonly note?: ReactNode;
  readonly children: ReactNode;
}

/** A form in front of the window. Esc closes it and gives the focus back. */
export function Dialog({ title, description, width = 520, onClose, footer, note, children }: DialogProps): ReactNode {
  return (
    <Base.Root open onOpenChange={(open) => (open ? undefined : onClose())}>
      <Base.Portal>
        <Base.Backdrop className={styles['backdrop']} />
        <Base.Popup className={styles['popup']} style={{ '--dialog-width': `${width}px` } as CSSProperties}>
          <Base.Title className={styles['title']}>{title}</Base.Title>
          {description ? <Base.Description className={styles['description']}>{description}</Base.Description> : null}
          <div className={styles['body']}>{children}</div>
          <div className={styles['footer']}>
            <span className={styles['footerNote']}>{note}</span>
            {footer}
          </div>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
