import { Toast } from '@base-ui/react/toast';
import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { IconButton } from './button.tsx';
import styles from './toasts.module.css';

interface ToastMessage {
  readonly title: string;
  readonly description?: string;
  /** What takes back what was done. */
  readonly action?: { readonly label: string; readonly run: () => void };
  /** Milliseconds it stays; 0: until it is closed. */
  readonly stays?: number;
}

const manager = Toast.createToastManager();

/** Says at the window's edge what has happened. Something that can be undone brings the way to undo it. */
export function showToast({ title, description, action, stays = action ? 12_000 : 6_000 }: ToastMessage): void {
  const id: string = manager.add({
    title,
    description,
    timeout: stays,
    actionProps: action
      ? {
          children: action.label,
          onClick: () => {
            manager.close(id);
            action.run();
          },
        }
      : undefined,
  });
}

/** Where toasts appear; once in a window. F6 goes through them as through every pane. */
export function Toasts(): ReactNode {
  return (
    <Toast.Provider toastManager={manager} limit={3}>
      <Toast.Portal>
        <Toast.Viewport className={styles['viewport']} aria-label="Messages" data-pane data-aside>
          <List />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  );
}

function List(): ReactNode {
  const { toasts } = Toast.useToastManager();
  return toasts.map((toast) => (
    <Toast.Root key={toast.id} toast={toast} className={styles['toast']}>
      <Toast.Content className={styles['content']}>
        <div className={styles['text']}>
          <Toast.Title className={styles['title']} />
          <Toast.Description className={styles['description']} />
        </div>
        <Toast.Action className={styles['action']} />
        <Toast.Close
          render={
            <IconButton label="Close this message">
              <X size={14} strokeWidth={1.75} aria-hidden />
            </IconButton>
          }
        />
      </Toast.Content>
    </Toast.Root>
  ));
}
