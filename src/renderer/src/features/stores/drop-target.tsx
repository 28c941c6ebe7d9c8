import { AppWindow, FolderInput, Files } from 'lucide-react';
import { useEffect, useLayoutEffect, useRef, useState, type ReactNode } from 'react';
import { tidemark } from '../../api/tidemark.ts';
import { plural } from '../../ui/format.ts';
import { showToast } from '../../ui/toasts.tsx';
import styles from './drop-target.module.css';
import { dropKind, type DropKind } from './drop-kind.ts';
import type { Opening } from './use-store-commands.ts';

/** What is held over the window now. */
interface Aim {
  readonly kind: DropKind;
  readonly newWindow: boolean;
}

/** While no drag event comes for so long, whatever was held is gone: some leave without a word. */
const GONE_MS = 400;

/** The whole window takes a store that is dropped on it; in its right half, where a store is open, for a window of its own. */
export function DropTarget({ opening, hasStore }: { readonly opening: Opening; readonly hasStore: boolean }): ReactNode {
  const [aim, setAim] = useState<Aim | null>(null);
  const latest = useRef({ opening, hasStore });
  useLayoutEffect(() => {
    latest.current = { opening, hasStore };
  });

  useEffect(() => {
    let timer: number | undefined;
    const aimAt = (next: Aim | null): void => {
      window.clearTimeout(timer);
      if (next) timer = window.setTimeout(() => setAim(null), GONE_MS);
      setAim((old) => (old?.kind === next?.kind && old?.newWindow === next?.newWindow ? old : next));
    };
    const isBeside = ({ clientX }: DragEvent): boolean => latest.current.hasStore && clientX > window.innerWidth / 2;

    // What is dragged from one place of the page to another is the page's own business.
    let isOwn = false;
    const onDragStart = (): void => {
      isOwn = true;
    };
    const onDragEnd = (): void => {
      isOwn = false;
    };

    const onDragOver = (event: DragEvent): void => {
      const kind = isOwn ? null : dropKind(event);
      if (kind === null) return aimAt(null);
      event.preventDefault();
      // Also what will be refused is taken, so that it can be refused in words.
      if (event.dataTransfer) event.dataTransfer.dropEffect = 'copy';
      // No cover over the page for a text on its way.
      aimAt(kind === 'text' ? null : { kind, newWindow: isBeside(event) });
    };
    const onDrop = (event: DragEvent): void => {
      aimAt(null);
      const kind = isOwn ? null : dropKind(event);
      if (kind === null) return;
      event.preventDefault();
      const files = [...(event.dataTransfer?.files ?? [])];
      const [file] = files;
      if (kind === 'text' || !file) return refuseText();
      if (files.length > 1) return refuseMany(files.length);
      const newWindow = isBeside(event);
      latest.current.opening.mutate(() => tidemark.storesOpenDropped({ file, newWindow }));
    };
    const onLeave = (event: DragEvent): void => {
      if (event.relatedTarget === null) aimAt(null);
    };
    window.addEventListener('dragstart', onDragStart);
    window.addEventListener('dragend', onDragEnd);
    window.addEventListener('dragover', onDragOver);
    window.addEventListener('drop', onDrop);
    window.addEventListener('dragleave', onLeave);
    return () => {
      window.clearTimeout(timer);
      window.removeEventListener('dragstart', onDragStart);
      window.removeEventListener('dragend', onDragEnd);
      window.removeEventListener('dragover', onDragOver);
      window.removeEventListener('drop', onDrop);
      window.removeEventListener('dragleave', onLeave);
    };
  }, []);

  if (aim === null) return null;
  if (aim.kind !== 'one') {
    return (
      <div className={styles['cover']} role="status">
        <div className={styles['zone']}>
          <Files size={28} strokeWidth={1.5} aria-hidden />
          <strong>One store at a time</strong>
          Drop the folder or the file of one store.
        </div>
      </div>
    );
  }
  return (
    <div className={styles['cover']} role="status">
      <div className={`${styles['zone']} ${aim.newWindow ? '' : styles['aimed']}`}>
        <FolderInput size={28} strokeWidth={1.5} aria-hidden />
        <strong>{hasStore ? 'Open here' : 'Drop to open'}</strong>
        {hasStore ? 'Closes the store of this window' : 'A folder or a SQLite file that holds an event store'}
      </div>
      {hasStore ? (
        <div className={`${styles['zone']} ${aim.newWindow ? styles['aimed'] : ''}`}>
          <AppWindow size={28} strokeWidth={1.5} aria-hidden />
          <strong>Open in a new window</strong>
          Keeps the store of this one
        </div>
      ) : null}
    </div>
  );
}

function refuseMany(dropped: number): void {
  showToast({
    title: 'One store at a time',
    description: `${plural(dropped, 'thing was', 'things were')} dropped. Drop the folder or the file of one store.`,
  });
}

function refuseText(): void {
  showToast({
    title: 'Text is no store',
    description: 'Drop the folder or the file of a store. Events are pasted into Append Events (Ctrl+Shift+A).',
  });
}
