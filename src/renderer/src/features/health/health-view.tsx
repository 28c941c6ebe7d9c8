import { ClipboardList } from 'lucide-react';
import type { ReactNode } from 'react';
import type { SlowSpot } from '../../../../shared/ipc/contract/health.ts';
import { copyText } from '../../api/copy.ts';
import { useAppInfo, useHealth, useStoreStatus } from '../../api/queries.ts';
import { CommandButton } from '../../commands/command-button.tsx';
import { Badge } from '../../ui/badge.tsx';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { count, plural, size } from '../../ui/format.ts';
import { visibleText } from '../../ui/visible-text.tsx';
import styles from './health-view.module.css';
import { ProblemList } from './problem-list.tsx';
import { RepositoryCard } from './repository-card.tsx';
import { TONES } from './tones.ts';

/** Every repository's state with what was checked, and every problem in words with what to do. */
export function HealthView({ path }: { readonly path: string }): ReactNode {
  const query = useHealth(path);
  const status = useStoreStatus(path).data;
  if (query.error && !query.data) {
    return (
      <div className={styles['view']}>
        <ErrorPanel error={query.error} onRetry={() => void query.refetch()} onCopy={copyText} />
      </div>
    );
  }
  if (!query.data) return null;
  const { health, problems, slow } = query.data;
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a long text must scroll by keyboard
    <section className={styles['view']} aria-label="Health of the store" tabIndex={0}>
      <div>
        <div className={styles['top']}>
          <h2 className={styles['title']}>
            Health <Badge tone={TONES[health.status]}>{health.status}</Badge>
          </h2>
          <CommandButton id="view.refresh" />
          <CommandButton id="health.copy">
            <ClipboardList size={14} strokeWidth={1.75} aria-hidden /> Report for a Bug…
          </CommandButton>
        </div>
        <dl className={styles['numbers']}>
          <Fact name="Topics">{count(health.topicCount)}</Fact>
          {status ? (
            <>
              <Fact name="Events">{`${status.atLeast.events ? 'at least ' : ''}${count(status.events)}`}</Fact>
              <Fact name="Size">
                {status.bytes === null ? 'in memory' : `${status.atLeast.bytes ? 'at least ' : ''}${size(status.bytes)}`}
              </Fact>
            </>
          ) : null}
          <Fact name="Repositories">{count(health.repositoryStats.total)}</Fact>
          <Fact name="Configuration topic">{visibleText(health.configStream)}</Fact>
        </dl>
        {health.reason === undefined ? null : <p className={styles['quiet']}>{visibleText(health.reason)}</p>}
      </div>
      <ProblemList path={path} configTopic={health.configStream} problems={problems} />
      <div>
        <h2 className={styles['title']}>Repositories</h2>
        <div className={styles['cards']}>
          {Object.entries(health.repositories).map(([key, repository]) => (
            <RepositoryCard key={key} repository={repository} />
          ))}
        </div>
      </div>
      <SlowSpots slow={slow} />
      <Versions />
    </section>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }): ReactNode {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function SlowSpots({ slow }: { readonly slow: readonly SlowSpot[] }): ReactNode {
  return (
    <div>
      <h2 className={styles['title']}>Slow spots</h2>
      {slow.length === 0 ? (
        <p className={styles['quiet']}>No read has taken longer than 40 ms since Tidemark was started.</p>
      ) : (
        <table className={styles['table']}>
          <thead>
            <tr>
              <th scope="col">Call</th>
              <th scope="col">Times</th>
              <th scope="col">Longest</th>
            </tr>
          </thead>
          <tbody>
            {slow.map(({ method, times, worstMs }) => (
              <tr key={method}>
                <td className="mono">{method}</td>
                <td>{plural(times, 'time')}</td>
                <td>{count(worstMs)} ms</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  );
}

function Versions(): ReactNode {
  const { data } = useAppInfo();
  if (!data) return null;
  const versions = { Tidemark: data.version, ...data.versions, system: data.platform };
  return (
    <div>
      <h2 className={styles['title']}>Versions</h2>
      <dl className={styles['facts']}>
        {Object.entries(versions).map(([name, version]) => (
          <div key={name}>
            <dt>{name}</dt> <dd>{version}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
