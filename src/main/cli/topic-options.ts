import { topicOptions, type Topic, type TopicOptions } from '../../shared/model/topic-config.ts';
import { UsageError, type CommandArguments } from './command.ts';

/** The `--option KEY=VALUE` pairs, later ones winning; undefined where none was given. @throws UsageError */
export function givenOptions(args: CommandArguments): TopicOptions | undefined {
  const given = args.texts('option');
  if (given.length === 0) return undefined;
  return topicOptions(
    given.map((pair) => {
      const at = pair.indexOf('=');
      if (at < 1) throw new UsageError(`--option takes KEY=VALUE, not "${pair}".`);
      return [pair.slice(0, at), pair.slice(at + 1)] as const;
    }),
  );
}

/** A topic as every command prints it. */
export function shownTopic({ name, adapter, connection, options }: Omit<Topic, 'incarnation'>): Omit<Topic, 'incarnation'> {
  return { name, adapter, connection, options };
}
