import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { diskWrites } from '../../../src/main/adapters/filesystem/disk.ts';
import { createFindings } from '../../../src/main/adapters/filesystem/findings.ts';
import type { Folder } from '../../../src/main/adapters/filesystem/folder.ts';
import { encodeIntent, intentFileName } from '../../../src/main/adapters/filesystem/intent-file.ts';
import { folderLayout } from '../../../src/main/adapters/filesystem/layout.ts';
import { createOpenIntents } from '../../../src/main/adapters/filesystem/open-intents.ts';
import { createTopicViews } from '../../../src/main/adapters/filesystem/topic-views.ts';
import { encodeEvent } from '../../../src/shared/model/event.ts';
import { JSON_NULL } from '../../../src/shared/model/json-text.ts';
import { openTempFolder, type TempFolder } from '../../support/temp-folder.ts';

let root: TempFolder;
let folder: Folder;

const text = (version: number): string =>
  encodeEvent({ id: `e${version}`, topic: 't', type: 'E', data: JSON_NULL, metadata: JSON_NULL, timestamp: 1n, version });
const file = (version: number): string => join(folder.layout.events, 't', `v${String(version).padStart(10, '0')}.json`);
const intent = (): string => join(folder.layout.intents, intentFileName('t', 3, 5));

/** Versions 1 and 2 at rest, and a batch 3 to 5 of another process of which one file is made. */
beforeEach(() => {
  root = openTempFolder('stable-view');
  folder = { layout: folderLayout(root.path), findings: createFindings(), connection: '.', writes: diskWrites, mayBeMade: false };
  mkdirSync(join(folder.layout.events, 't'), { recursive: true });
  mkdirSync(folder.layout.intents);
  writeFileSync(intent(), encodeIntent({ topic: 't', first: 3, last: 5, events: [3, 4, 5].map(text) }));
  for (const version of [1, 2, 3]) writeFileSync(file(version), text(version));
});
afterEach(() => root.close());

/** What a reader sees when the other process does `meanwhile` after its first look at the files. */
function latestSeen(meanwhile: () => void): { latest: number; ids: (string | undefined)[] } {
  const intents = createOpenIntents(folder);
  let asked = 0;
  const views = createTopicViews(folder, {
    ...intents,
    of(topic) {
      if (++asked === 1) meanwhile();
      return intents.of(topic);
    },
  });
  const view = views.look('t');
  if (!view) return { latest: -1, ids: [] };
  return { latest: view.latest, ids: Array.from({ length: view.latest }, (_, index) => views.read(view, index + 1)?.event?.id) };
}

const whole = { latest: 5, ids: ['e1', 'e2', 'e3', 'e4', 'e5'] };

describe('a view of a topic while another process writes', () => {
  it('reads a batch that is on its way from its intent', () => {
    expect(latestSeen(() => {})).toEqual(whole);
  });

  it('is taken anew when the batch was finished and settled between the look at files and the look at intents', () => {
    const finish = (): void => {
      for (const version of [4, 5]) writeFileSync(file(version), text(version));
      rmSync(intent());
    };
    expect(latestSeen(finish)).toEqual(whole);
  });

  it('is taken anew when the batch was taken back in between', () => {
    const takeBack = (): void => {
      rmSync(file(3));
      rmSync(intent());
    };
    expect(latestSeen(takeBack)).toEqual({ latest: 2, ids: ['e1', 'e2'] });
  });

  it('reads the files when the intent is settled after the view was taken', () => {
    const views = createTopicViews(folder, createOpenIntents(folder));
    const view = views.look('t');
    for (const version of [4, 5]) writeFileSync(file(version), text(version));
    rmSync(intent());
    expect(view && [3, 4, 5].map((version) => views.read(view, version)?.event?.id)).toEqual(['e3', 'e4', 'e5']);
  });
});
