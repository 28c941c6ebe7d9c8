import { Minus, Plus } from 'lucide-react';
import { useId, useState, type ReactNode } from 'react';
import type { Settings } from '../../../../shared/ipc/settings.ts';
import { changeSettings, useSettings } from '../../api/settings.ts';
import { CommandButton } from '../../commands/command-button.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { exactTime, timeText, zoomText } from '../../ui/format.ts';
import styles from './settings-dialog.module.css';

const THEMES = [
  ['system', 'As the system'],
  ['light', 'Light'],
  ['dark', 'Dark'],
] as const;
const TIMES = [
  ['utc', 'UTC'],
  ['local', 'Local'],
  ['relative', 'Relative'],
] as const;
const ROWS = [
  ['compact', 'Compact'],
  ['roomy', 'Roomy'],
] as const;

/** What a person chooses for every window. All of it takes effect at once. */
export function SettingsDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const { theme, times, rows, dataFont, zoom } = useSettings();
  return (
    <Dialog
      title="Settings"
      description="They hold for every window and take effect at once."
      onClose={onClose}
      footer={
        <Button look="primary" onClick={onClose}>
          Close
        </Button>
      }
    >
      <Choice label="Theme" of={THEMES} chosen={theme} onChoose={(to) => changeSettings({ theme: to })} />
      <Choice label="Times" of={TIMES} chosen={times} onChoose={(to) => changeSettings({ times: to })}>
        <TimeExample times={times} />
      </Choice>
      <Choice label="Rows" of={ROWS} chosen={rows} onChoose={(to) => changeSettings({ rows: to })} />
      <Steps label="Data font" value={`${dataFont} px`} less="data.smaller" more="data.larger">
        <span className={`${styles['sample']} mono`}>{'{"id": "o-88131", "total": 129.90}'}</span>
      </Steps>
      <Steps label="Zoom" value={zoomText(zoom)} less="zoom.out" more="zoom.in">
        <CommandButton id="zoom.reset" />
      </Steps>
    </Dialog>
  );
}

interface ChoiceProps<Value extends string> {
  readonly label: string;
  readonly of: readonly (readonly [Value, string])[];
  readonly chosen: Value;
  readonly onChoose: (value: Value) => void;
  readonly children?: ReactNode;
}

function Choice<Value extends string>({ label, of, chosen, onChoose, children }: ChoiceProps<Value>): ReactNode {
  const name = useId();
  return (
    <div role="radiogroup" aria-labelledby={`${name}-label`} className={styles['setting']}>
      <span id={`${name}-label`} className={styles['label']}>
        {label}
      </span>
      <div className={styles['values']}>
        {of.map(([value, title]) => (
          <label key={value} className={styles['radio']}>
            <input type="radio" name={name} checked={value === chosen} onChange={() => onChoose(value)} />
            {title}
          </label>
        ))}
        {children}
      </div>
    </div>
  );
}

interface StepsProps {
  readonly label: string;
  readonly value: string;
  readonly less: 'data.smaller' | 'zoom.out';
  readonly more: 'data.larger' | 'zoom.in';
  readonly children: ReactNode;
}

function Steps({ label, value, less, more, children }: StepsProps): ReactNode {
  const id = useId();
  return (
    <div role="group" aria-labelledby={id} className={styles['setting']}>
      <span id={id} className={styles['label']}>
        {label}
      </span>
      <div className={styles['values']}>
        <div className={styles['steps']}>
          <CommandButton id={less} icon={<Minus size={14} strokeWidth={1.75} aria-hidden />} />
          <output className={styles['number']}>{value}</output>
          <CommandButton id={more} icon={<Plus size={14} strokeWidth={1.75} aria-hidden />} />
        </div>
        {children}
      </div>
    </div>
  );
}

/** The time at which the example was written, as the choice shows it. */
function TimeExample({ times }: { readonly times: Settings['times'] }): ReactNode {
  const example = 1_700_000_000_123_000_000n;
  const [now] = useState(Date.now);
  return (
    <span className={`${styles['sample']} mono`} title={exactTime(example)}>
      {timeText(example, times, now)}
    </span>
  );
}
