import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { METHODS } from '../../src/shared/ipc/channels.ts';

const bench = join(import.meta.dirname, '../../bench');

/** Electron does them, and a bench without a person would open windows. */
const ELECTRON = ['app.newWindow', 'app.openLog', 'app.notify'];

it('measures how long every call holds main', () => {
  const text = ['rows', 'lib']
    .flatMap((folder) => readdirSync(join(bench, folder)).map((file) => readFileSync(join(bench, folder, file), 'utf8')))
    .join('\n');
  const called = METHODS.filter((method) => text.includes(`('${method}'`) || text.includes(`, '${method}'`));
  expect(METHODS.filter((method) => !called.includes(method))).toEqual(ELECTRON);
});
