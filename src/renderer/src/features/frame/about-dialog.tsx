import type { ReactNode } from 'react';
import type { AppInfo } from '../../../../shared/ipc/contract/app.ts';
import { copyText } from '../../api/copy.ts';
import { useAppInfo } from '../../api/queries.ts';
import { CommandButton } from '../../commands/command-button.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import styles from './about-dialog.module.css';

/** What this is, for a person and for a bug report. */
export function AboutDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const { data } = useAppInfo();
  const facts = data ? factsOf(data) : [];
  return (
    <Dialog
      title="Tidemark"
      description="The desktop workbench for event stores"
      onClose={onClose}
      footer={
        <>
          <CommandButton id="help.log" />
          <Button disabled={!data} onClick={() => copyText(facts.map(([name, value]) => `${name}: ${value}`).join('\n'))}>
            Copy
          </Button>
          <Button look="primary" onClick={onClose}>
            Close
          </Button>
        </>
      }
    >
      <dl className={styles['facts']}>
        {facts.map(([name, value]) => (
          <div key={name} className={styles['fact']}>
            <dt>{name}</dt>
            <dd className="mono">{value}</dd>
          </div>
        ))}
      </dl>
      <p className={styles['licence']}>Free software under the MIT licence. Nothing that you open here leaves this machine.</p>
    </Dialog>
  );
}

function factsOf({ version, versions, platform, logFile }: AppInfo): readonly (readonly [string, string])[] {
  const names: Readonly<Record<string, string>> = { electron: 'Electron', chrome: 'Chromium', node: 'Node.js', v8: 'V8', sqlite: 'SQLite' };
  return [
    ['Version', version],
    ...Object.entries(versions).map(([name, value]) => [names[name] ?? name, value] as const),
    ['System', platform],
    ['Log file', logFile],
  ];
}
