import { join } from 'node:path';
import { EventStoreError } from '../../../shared/model/errors.ts';
import type { Problem } from '../../../shared/model/problem.ts';
import type { TopicConfig } from '../../../shared/model/topic-config.ts';
import type { Leftover, RepositoryTopic } from '../../eventstore/ports/event-repository.ts';
import { entryFacts, folderEntries } from './disk.ts';
import { ensureFolder, hasConfigFile, hasEventsFolder, topicNotFound, type Folder } from './folder.ts';
import { isContainedName } from './layout.ts';
import { readTopicConfig, writeConfigFile } from './topic-config-file.ts';

/** Every topic by name, in code unit order: a folder under `events`, or a file under `configs`. */
export function topicNames(folder: Folder): readonly string[] {
  const { layout } = folder;
  const names = new Set<string>();
  for (const entry of folderEntries(layout.events)) {
    if (entry.isDirectory() && isContainedName(entry.name) && isReal(layout.events, entry.name)) names.add(entry.name);
  }
  for (const entry of folderEntries(layout.configs)) {
    const name = configTopic(entry.name);
    if (entry.isFile() && name !== null && isReal(layout.configs, entry.name)) names.add(name);
  }
  return [...names].sort((a, b) => (a < b ? -1 : 1));
}

function configTopic(fileName: string): string | null {
  const name = fileName.endsWith('.json') ? fileName.slice(0, -'.json'.length) : '';
  return isContainedName(name) ? name : null;
}

// Names that are not UTF-8 come back from the system with U+FFFD in them and cannot be opened by that name.
function isReal(parent: string, name: string): boolean {
  return !name.includes('\ufffd') || entryFacts(join(parent, name)) !== null;
}

export function describeTopic(folder: Folder, name: string): RepositoryTopic | null {
  const hasData = hasEventsFolder(folder, name);
  if (!hasData && !hasConfigFile(folder, name)) return null;
  return { name, config: readTopicConfig(folder, name), hasData };
}

/** What the names directly under the repository's folders say. Topics' own folders and configs are told when they are looked at. */
export function lookOverNames(folder: Folder, names: readonly string[]): void {
  const { layout, findings } = folder;
  const problems: Problem[] = [];
  const tell = (code: string, path: string, reason: string, topic?: string): void => {
    problems.push({ code, reason, path: layout.inside(path), ...(topic === undefined ? {} : { topic }) });
  };
  for (const parent of [layout.configs, layout.events]) {
    for (const entry of folderEntries(parent)) {
      const path = join(parent, entry.name);
      const isConfigs = parent === layout.configs;
      if (entry.isSymbolicLink()) tell('link-instead-of-file', path, 'A link. Links are not followed.');
      else if (!isReal(parent, entry.name)) tell('unreadable-name', path, 'Its name is not UTF-8 text, so it cannot be opened.');
      else if (isConfigs && entry.name.endsWith('.tmp')) tell('leftover-temp-file', path, 'A temporary file that a crash left behind.');
      else if (isConfigs ? !(entry.isFile() && configTopic(entry.name) !== null) : !entry.isDirectory()) {
        tell('stray-file', path, `It is no ${isConfigs ? "topic's config" : "topic's folder"}.`);
      }
    }
  }
  for (const name of names) {
    if (hasEventsFolder(folder, name)) continue;
    tell('missing-folder', layout.topicFolder(name), 'Its config is here, the folder of its events is gone.', name);
  }
  for (const entry of folderEntries(layout.quarantine)) {
    tell('quarantined-batch', join(layout.quarantine, entry.name), 'A batch that met another program and was put aside.');
  }
  findings.replace(['folder', 'names'], problems);
}

/** Makes an empty topic: its folder first, so that a config always has a place for events. Only under the writer's lock. */
export async function createTopicFolder(
  folder: Folder,
  config: TopicConfig,
  leftover: Leftover,
  moveToTrash: () => Promise<unknown>,
): Promise<void> {
  const { layout } = folder;
  const hasData = hasEventsFolder(folder, config.name);
  const hasConfig = hasConfigFile(folder, config.name);
  if ((hasData || hasConfig) && leftover === 'refuse') throw leftoverData(config.name, hasData, hasConfig);
  if ((hasData || hasConfig) && leftover === 'trash') await moveToTrash();
  ensureFolder(folder, layout.events, layout.root);
  ensureFolder(folder, layout.topicFolder(config.name), layout.events);
  writeConfigFile(folder, config);
}

export function leftoverData(topic: string, hasData: boolean, hasConfig: boolean): EventStoreError {
  const what = hasData && hasConfig ? 'events and a config' : hasData ? 'a folder of events' : 'a config';
  return new EventStoreError(
    'LEFTOVER_DATA',
    `This repository already holds ${what} of a topic "${topic}". Adopt it, move it to the trash, or choose another name.`,
    { topic, hasData, hasConfig },
  );
}

export function rewriteTopicConfig(folder: Folder, config: TopicConfig): void {
  if (!hasEventsFolder(folder, config.name) && !hasConfigFile(folder, config.name)) throw topicNotFound(config.name);
  writeConfigFile(folder, config);
}
