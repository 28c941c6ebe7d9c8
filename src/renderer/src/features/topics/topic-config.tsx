import type { ReactNode } from 'react';
import type { TopicRow } from '../../../../shared/ipc/contract/topics.ts';
import { visibleText } from '../../ui/visible-text.tsx';
import styles from './topic-config.module.css';

/** What the configuration history says a topic is. */
export function TopicConfigView({ topic }: { readonly topic: TopicRow }): ReactNode {
  const facts: readonly (readonly [string, string])[] = [
    ['Name', topic.name],
    ['Adapter', topic.adapter],
    ['Connection', topic.connection],
    ...(topic.reserved ? [] : ([['Created by', `configuration version ${topic.incarnation}`]] as const)),
  ];
  const options = Object.entries(topic.options);
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a long text must scroll by keyboard
    <section className={styles['config']} aria-label={`Configuration of ${topic.name}`} tabIndex={0}>
      <dl>
        {facts.map(([name, value]) => (
          <Fact key={name} name={name} value={value} />
        ))}
      </dl>
      <h2 style={{ fontSize: 15 }}>Options ({options.length})</h2>
      {options.length === 0 ? <p>This topic has no options.</p> : null}
      <dl>
        {options.map(([name, value]) => (
          <Fact key={name} name={name} value={value} />
        ))}
      </dl>
    </section>
  );
}

function Fact({ name, value }: { readonly name: string; readonly value: string }): ReactNode {
  return (
    <>
      <dt>{visibleText(name.slice(0, 1000))}</dt>
      <dd className="mono">{value === '' ? '(empty)' : visibleText(value.slice(0, 10_000))}</dd>
    </>
  );
}
