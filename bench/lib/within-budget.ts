import { budgetOf } from './budget.ts';
import type { Report } from './report.ts';

const KB = 1000;

/** Adds a row of what bench/budget.json bounds. */
export function addWithinBudget({ add }: Pick<Report, 'add'>, what: string, name: string, bytes: number, more = ''): void {
  const most = budgetOf(name);
  const note = `${bytes.toLocaleString('en')} of ${most.toLocaleString('en')} bytes${more}`;
  add(`budget: ${what}`, [bytes / KB], { atMost: most / KB, unit: 'KB' }, note);
}
