import { readFileSync } from 'node:fs';
import path from 'node:path';

const budget = JSON.parse(readFileSync(path.resolve(import.meta.dirname, '../budget.json'), 'utf8')) as Readonly<Record<string, number>>;

/** The bytes that bench/budget.json allows; the end-to-end tests hold the application to them. */
export function budgetOf(name: string): number {
  const most = budget[name];
  if (most === undefined) throw new Error(`bench/budget.json has no ${name}.`);
  return most;
}
