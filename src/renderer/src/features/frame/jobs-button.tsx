import { Popover } from '@base-ui/react/popover';
import { LoaderCircle, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { overallProgress, useJobs, type Job } from '../../state/jobs.ts';
import { IconButton } from '../../ui/button.tsx';
import { plural } from '../../ui/format.ts';
import { visibleText } from '../../ui/visible-text.tsx';
import styles from './status-bar.module.css';

/** What takes a while now: in a word in the status bar, and each of it, with the way to stop it, when that is clicked. */
export function JobsButton(): ReactNode {
  const running = useJobs((jobs) => jobs.running);
  const overall = overallProgress(running);
  const [first] = running;
  if (!first) return null;
  const what = running.length === 1 ? first.title : plural(running.length, 'job');
  return (
    <Popover.Root>
      <Popover.Trigger className={`${styles['button']} ${styles['late']}`}>
        <LoaderCircle size={12} strokeWidth={2} aria-hidden className={styles['turning']} />
        <span className={styles['what']}>{visibleText(what.slice(0, 80))}</span>
        {typeof overall === 'number' ? <span className={styles['number']}>{percent(overall)}</span> : null}
        {running.length === 1 && first.rate !== null ? <span className={styles['number']}>{first.rate}</span> : null}
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner side="top" align="end" sideOffset={6} className={styles['positioner']}>
          <Popover.Popup className={styles['popup']} data-aside>
            <Popover.Title className={styles['popupTitle']}>Jobs</Popover.Title>
            <ul>
              {running.map((job) => (
                <JobRow key={job.id} job={job} />
              ))}
            </ul>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}

function JobRow({ job: { title, progress, rate, cancel } }: { readonly job: Job }): ReactNode {
  const said = [progress === null ? 'under way' : percent(progress), ...(rate === null ? [] : [rate])].join(' · ');
  return (
    <li className={styles['job']}>
      <span className={styles['jobTitle']}>{visibleText(title.slice(0, 200))}</span>
      <span className={styles['jobSaid']}>{said}</span>
      {cancel === null ? (
        <span />
      ) : (
        <IconButton label={`Stop ${title.slice(0, 80)}`} onClick={cancel}>
          <X size={14} strokeWidth={1.75} aria-hidden />
        </IconButton>
      )}
      <progress
        className={styles['progress']}
        aria-label={title.slice(0, 80)}
        {...(progress === null ? {} : { value: progress })}
        max={1}
      />
    </li>
  );
}

const percent = (progress: number): string => `${Math.floor(progress * 100)}%`;
