import { Menu } from '@base-ui/react/menu';
import { ChevronDown } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '../ui/button.tsx';
import styles from './command-menu.module.css';

export interface MenuChoice {
  readonly label: string;
  readonly run: () => void;
  /** Why it cannot be done now, in a sentence; null or absent when it can. */
  readonly refusal?: string | null;
}

interface MenuButtonProps {
  readonly label: string;
  /** Choices, with '-' between sections. */
  readonly choices: readonly (MenuChoice | '-')[];
}

/** A button that offers several ways to do one thing. */
export function MenuButton({ label, choices }: MenuButtonProps): ReactNode {
  return (
    <Menu.Root>
      <Menu.Trigger
        render={
          <Button>
            {label} <ChevronDown size={14} strokeWidth={1.75} aria-hidden />
          </Button>
        }
      />
      <Menu.Portal>
        <Menu.Positioner className={styles['positioner']} align="start" sideOffset={2}>
          <Menu.Popup className={styles['popup']}>
            {choices.map((choice, index) =>
              choice === '-' ? (
                // The list never changes while it is open: a place is an identity.
                <Menu.Separator key={index} className={styles['separator']} />
              ) : (
                <Menu.Item
                  key={choice.label}
                  className={styles['item']}
                  disabled={(choice.refusal ?? null) !== null}
                  title={choice.refusal ?? undefined}
                  onClick={choice.run}
                >
                  {choice.label}
                </Menu.Item>
              ),
            )}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
