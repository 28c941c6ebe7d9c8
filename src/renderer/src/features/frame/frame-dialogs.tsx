import type { ReactNode } from 'react';
import type { StoreInfo } from '../../../../shared/ipc/contract/stores.ts';
import { usePlaceParts } from '../../state/place.ts';
import { AboutDialog } from './about-dialog.tsx';
import { Finder } from './finder.tsx';
import { SettingsDialog } from './settings-dialog.tsx';
import { ShortcutSheet } from './shortcut-sheet.tsx';

/** The dialogs that every screen has; null while none of them is open. */
export function FrameDialogs({ store }: { readonly store: StoreInfo | null }): ReactNode {
  const { dialog, openDialog } = usePlaceParts('dialog', 'openDialog');
  const close = (): void => openDialog(null);
  switch (dialog?.kind) {
    case 'palette':
    case 'quick-open':
      return <Finder kind={dialog.kind} store={store} />;
    case 'shortcuts':
      return <ShortcutSheet onClose={close} />;
    case 'settings':
      return <SettingsDialog onClose={close} />;
    case 'about':
      return <AboutDialog onClose={close} />;
    default:
      return null;
  }
}
