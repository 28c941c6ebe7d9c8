import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { openTempFolder } from '../support/temp-folder.ts';
import { cliAnswer } from './command-line.ts';

/** A new store made by the command line, with a topic `orders`; removed when the test is over. */
export async function newStoreWithOrders(adapter: 'sqlite' | 'fs' = 'sqlite'): Promise<string> {
  const { path: folder, close } = openTempFolder('cli');
  onTestFinished(close);
  const path = join(folder, 'store');
  await cliAnswer(['new', path, '--adapter', adapter]);
  await cliAnswer(['create-topic', path, 'orders']);
  return path;
}
