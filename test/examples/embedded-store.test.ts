import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startChild } from '../support/child-process.ts';
import { openTempFolder } from '../support/temp-folder.ts';
import { cli } from '../cli/command-line.ts';

test('the embedded example runs, says what it does, and leaves a store that the command line opens', async () => {
  const folder = openTempFolder('example');
  onTestFinished(folder.close);
  const path = join(folder.path, 'store.db');
  const child = startChild(join(import.meta.dirname, '../../examples/embedded-store.ts'), [path]);
  const { code, stderr } = await child.ended;
  expect([code, stderr]).toEqual([0, '']);
  const heard = child.lines.filter((line) => line.startsWith('heard of'));
  expect(child.lines.filter((line) => !line.startsWith('heard of'))).toEqual([
    'appended up to version 1',
    'conflict: the topic is at version 1',
    '1 OrderPlaced {"orderId":"o-1","total":12.5}',
    '2 OrderConfirmed {"orderId":"o-1"}',
  ]);
  expect(heard).toEqual(['heard of OrderConfirmed at version 2', 'heard of OrderShipped at version 3']);
  expect((await cli(['events', path, 'orders'])).lines).toHaveLength(3);
});
