import type { Push, Pushes } from '../../shared/ipc/pushes.ts';
import type { TextFile } from '../../shared/model/text-parts.ts';

/** What a workspace may ask of its window. The shell implements it with Electron, tests with plain objects. */
export interface WindowPort {
  /** Tells the page; a window that is gone hears nothing. */
  push<P extends Push>(name: P, payload: Pushes[P]): void;
  focus(): void;
  /** False while nobody can see the window: watching then slows down. */
  isVisible(): boolean;
  /** The store's name for the title; null without a store. */
  showStore(name: string | null): void;
  /** The topic on the screen, for the title. */
  showTopic(name: string | null): void;
  /** What the menu bar shows of this window's commands. */
  showCommands(states: { readonly enabled: readonly string[]; readonly checked: readonly string[] }): void;
  /** How far the window's work is, 0 to 1, on its icon where the system has that; null: none is under way. */
  showProgress(progress: number | 'unknown' | null): void;
  /** Tells a person who looks elsewhere; nothing while one of our windows has the focus. */
  notify(title: string, body: string): void;
  /** The person's choice in the system's own dialog, absolute; null when they turned away. */
  pickStore(kind: 'file' | 'folder'): Promise<string | null>;
  pickNewStore(adapter: 'sqlite' | 'fs'): Promise<string | null>;
  /**
   * The text of a file of events that the person chose; null when they turned away.
   * @throws EventStoreError INVALID_INPUT for a file that is too large, no file or no text; STORAGE_UNAVAILABLE.
   */
  pickBatch(): Promise<TextFile | null>;
  /** The text of a .js file that the person chose; null when they turned away. @throws EventStoreError as pickBatch. */
  pickFold(): Promise<TextFile | null>;
  /** Writes a fold where the person chose; answers where, null when they turned away. @throws EventStoreError STORAGE_* */
  saveFold(name: string, source: string): Promise<string | null>;
}
