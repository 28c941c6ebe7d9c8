import { AlertDialog as Base } from '@base-ui/react/alert-dialog';
import { useRef, type CSSProperties, type ReactNode } from 'react';
import { Button } from './button.tsx';
import styles from './dialog.module.css';

interface AlertDialogProps {
  readonly title: string;
  readonly description: ReactNode;
  readonly width?: number;
  readonly onCancel: () => void;
  /** What does it, beside Cancel. */
  readonly action: ReactNode;
  readonly children?: ReactNode;
}

/** Asks before something that a person may regret. Cancel has the focus, Esc cancels, a click beside it does nothing. */
export function AlertDialog({ title, description, width = 480, onCancel, action, children }: AlertDialogProps): ReactNode {
  const cancel = useRef<HTMLButtonElement>(null);
  return (
    <Base.Root open onOpenChange={(open) => (open ? undefined : onCancel())}>
      <Base.Portal>
        <Base.Backdrop className={styles['backdrop']} />
        <Base.Popup className={styles['popup']} style={{ '--dialog-width': `${width}px` } as CSSProperties} initialFocus={cancel}>
          <Base.Title className={styles['title']}>{title}</Base.Title>
          <Base.Description className={styles['description']}>{description}</Base.Description>
          {children ? <div className={styles['body']}>{children}</div> : <div style={{ height: 14 }} />}
          <div className={styles['footer']}>
            <Button ref={cancel} onClick={onCancel}>
              Cancel
            </Button>
            {action}
          </div>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
