import { AlertDialog } from '@base-ui/react/alert-dialog';
import type { ReactNode } from 'react';
import { Button } from '../../ui/button.tsx';
import dialog from '../../ui/dialog.module.css';
import { visibleText } from '../../ui/visible-text.tsx';

export interface Question {
  readonly title: string;
  readonly text: string;
  /** What the button that goes on says. */
  readonly yes: string;
  readonly run: () => void;
}

/** Asks before something that was written is lost. Esc keeps it. */
export function AskBeforeLosing({ question, onClose }: { readonly question: Question; readonly onClose: () => void }): ReactNode {
  return (
    <AlertDialog.Root open onOpenChange={(open) => (open ? undefined : onClose())}>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className={dialog['backdrop']} />
        <AlertDialog.Popup className={dialog['popup']}>
          <AlertDialog.Title className={dialog['title']}>{question.title}</AlertDialog.Title>
          <AlertDialog.Description className={dialog['description']}>{visibleText(question.text)}</AlertDialog.Description>
          <div className={dialog['footer']} style={{ borderTop: 0 }}>
            <Button
              onClick={() => {
                onClose();
                question.run();
              }}
            >
              {question.yes}
            </Button>
            <AlertDialog.Close render={<Button look="primary">Keep the draft</Button>} />
          </div>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
