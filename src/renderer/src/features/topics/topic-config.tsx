import { Copy, Pencil, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import type { StoreInfo } from '../../../../shared/ipc/contract/stores.ts';
import type { TopicEntry } from '../../../../shared/ipc/contract/topics.ts';
import type { Problem } from '../../../../shared/model/problem.ts';
import { copyText } from '../../api/copy.ts';
import { useHealth } from '../../api/queries.ts';
import { CommandButton } from '../../commands/command-button.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { plural } from '../../ui/format.ts';
import { visibleText } from '../../ui/visible-text.tsx';
import { TopicHistoryList } from './topic-history-list.tsx';
import styles from './topic-config.module.css';

/** What the configuration history says a topic is, and how it came to be so. */
export function TopicConfigView({ store, topic }: { readonly store: StoreInfo; readonly topic: TopicEntry }): ReactNode {
  const problems = (useHealth(store.path).data?.problems ?? []).filter((problem) => problem.topic === topic.name);
  const facts: readonly (readonly [string, string])[] = [
    ['Name', topic.name],
    ['Adapter', topic.adapter],
    ['Connection', topic.connection],
    ...(topic.reserved || topic.incarnation === 0 ? [] : ([['Created by', `configuration version ${topic.incarnation}`]] as const)),
  ];
  const options = Object.entries(topic.options);
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a long text must scroll by keyboard
    <section className={styles['config']} aria-label={`Configuration of ${topic.name.slice(0, 200)}`} tabIndex={0}>
      {problems.length > 0 ? <Problems problems={problems} /> : null}
      <div className={styles['title']}>
        <h2>Configuration</h2>
        <CommandButton id="topic.edit">
          <Pencil size={14} strokeWidth={1.75} aria-hidden /> Edit…
        </CommandButton>
        <Button onClick={() => copyText(asText(topic))}>
          <Copy size={14} strokeWidth={1.75} aria-hidden /> Copy as JSON
        </Button>
      </div>
      {topic.reserved ? (
        <p>
          This is the configuration topic: every topic of the store is what its events say. It has no options of its own to change here.
        </p>
      ) : null}
      <dl>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd className="mono">{value === '' ? '(empty)' : visibleText(value.slice(0, 10_000))}</dd>
          </div>
        ))}
      </dl>
      <h2>Options ({options.length})</h2>
      {options.length === 0 ? <p>This topic has no options.</p> : null}
      {options.length === 0 ? null : (
        <table className={styles['options']} aria-label="Options">
          <thead>
            <tr>
              <th scope="col">Name</th>
              <th scope="col">Value</th>
              <th scope="col">
                <span className="visually-hidden">Copy</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {options.map(([name, value]) => (
              <tr key={name}>
                <th scope="row" className="mono">
                  {name === '' ? '(empty)' : visibleText(name.slice(0, 1000))}
                </th>
                <td className="mono">{value === '' ? '(empty)' : visibleText(value.length > 2000 ? `${value.slice(0, 2000)}…` : value)}</td>
                <td>
                  <IconButton label={`Copy the value of ${name.slice(0, 100)}`} onClick={() => copyText(value)}>
                    <Copy size={14} strokeWidth={1.75} aria-hidden />
                  </IconButton>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {topic.reserved || store.configTopic === null ? null : (
        <TopicHistoryList path={store.path} topic={topic} configTopic={store.configTopic} />
      )}
    </section>
  );
}

/** The four members by name; an option is written whatever it is called. */
function asText({ name, adapter, connection, options }: TopicEntry): string {
  const members = Object.entries(options).map(([key, value]) => `    ${JSON.stringify(key)}: ${JSON.stringify(value)}`);
  const held = members.length === 0 ? '{}' : `{\n${members.join(',\n')}\n  }`;
  return `{\n  "name": ${JSON.stringify(name)},\n  "adapter": ${JSON.stringify(adapter)},\n  "connection": ${JSON.stringify(connection)},\n  "options": ${held}\n}`;
}

function Problems({ problems }: { readonly problems: readonly Problem[] }): ReactNode {
  const isMissing = problems.some(({ code }) => code === 'data-missing');
  return (
    <div className={styles['problems']} role="group" aria-label="Problems of this topic">
      <p className={styles['problemsTitle']}>
        <TriangleAlert size={14} strokeWidth={1.75} aria-hidden /> {plural(problems.length, 'problem')}
      </p>
      <ul>
        {problems.slice(0, 20).map((problem) => (
          <li key={JSON.stringify(problem)}>
            <span className="mono">{problem.code}</span> {visibleText(problem.reason.slice(0, 500))}
          </li>
        ))}
      </ul>
      {isMissing ? (
        <p className={styles['missing']}>
          If the data is not coming back, the topic can begin empty. <CommandButton id="topic.startEmpty" />
        </p>
      ) : null}
    </div>
  );
}
