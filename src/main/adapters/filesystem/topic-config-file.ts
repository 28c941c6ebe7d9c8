import { topicOptions, type TopicConfig } from '../../../shared/model/topic-config.ts';
import { goString } from '../../../shared/model/go-string.ts';
import { readPlainFile, writeDurably } from './disk.ts';
import { ensureFolder, hasConfigFile, type Folder } from './folder.ts';

/** Byte for byte what the Go original writes: four members, options sorted by bytes, no end of line. */
function encodeTopicConfig({ name, adapter, connection, options }: TopicConfig): string {
  const members = Object.entries(options)
    .sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
    .map(([key, value]) => `${goString(key)}:${goString(value)}`);
  return `{"name":${goString(name)},"adapter":${goString(adapter)},"connection":${goString(connection)},"options":{${members.join(',')}}}`;
}

/** A config file's content under the name its file has; a sentence where it is none. */
export function parseTopicConfig(text: string, name: string): TopicConfig | string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return `it is not valid JSON (${error instanceof Error ? error.message : String(error)})`;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'it holds no object';
  const members = new Map<string, unknown>(Object.entries(value));
  const adapter = members.get('adapter');
  const connection = members.get('connection') ?? '';
  if (typeof members.get('name') !== 'string') return 'it has no name';
  if (typeof adapter !== 'string' || adapter === '') return 'it has no adapter';
  if (typeof connection !== 'string') return 'its connection is not text';
  const options = members.get('options') ?? {};
  if (typeof options !== 'object' || Array.isArray(options)) return 'its options are no object';
  const entries = Object.entries(options);
  const wrong = entries.find(([, option]) => typeof option !== 'string');
  if (wrong) return `its option ${JSON.stringify(wrong[0])} is not text`;
  return { name, adapter, connection, options: topicOptions(entries as [string, string][]) };
}

const MOST_BYTES = 4 * 1024 * 1024;

/** The repository's own copy of a topic's config. Null where it is missing or unreadable; then a finding says which. */
export function readTopicConfig(folder: Folder, name: string): TopicConfig | null {
  const { layout, findings } = folder;
  const file = layout.configFile(name);
  const path = layout.inside(file);
  const topic = name;
  if (!hasConfigFile(folder, name)) {
    findings.replace(
      ['config', name],
      [{ code: 'missing-config', reason: 'Its config file is missing; its events are readable.', topic, path }],
    );
    return null;
  }
  const read = readText(file);
  const config = typeof read === 'string' ? parseTopicConfig(read, name) : read.fault;
  if (typeof config === 'string') {
    findings.replace(['config', name], [{ code: 'broken-config', reason: `Its config file cannot be used: ${config}.`, topic, path }]);
    return null;
  }
  const inside = (JSON.parse(read as string) as { name: string }).name;
  const differs = inside !== name;
  const reason = `The config file calls its topic ${JSON.stringify(inside)}; the file's name counts.`;
  findings.replace(['config', name], differs ? [{ code: 'config-name-mismatch', reason, topic, path }] : []);
  return config;
}

function readText(path: string): string | { readonly fault: string } {
  try {
    const bytes = readPlainFile(path, MOST_BYTES);
    if (!bytes) return { fault: `it is larger than ${MOST_BYTES} bytes` };
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    return {
      fault:
        error instanceof TypeError
          ? 'it is not UTF-8 text'
          : `it cannot be read (${error instanceof Error ? error.message : String(error)})`,
    };
  }
}

export function writeConfigFile(folder: Folder, config: TopicConfig): void {
  const { layout, writes, findings } = folder;
  ensureFolder(folder, layout.configs, layout.root);
  writeDurably(writes, layout.configFile(config.name), encodeTopicConfig(config));
  findings.replace(['config', config.name], []);
}
