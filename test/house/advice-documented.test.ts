import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { adviceFor, ADVISED_CODES } from '../../src/renderer/src/features/health/advice.ts';

const document = readFileSync(join(import.meta.dirname, '../../docs/errors.md'), 'utf8');
const [, problems = ''] = document.split('\n# Problems\n');
const [tables = '', advice = ''] = problems.split('\n# What to do about them\n');

describe('what to do about a problem', () => {
  it('is said for every code that is documented, and for no other', () => {
    const cells = [...tables.matchAll(/^\| (`[^|]+`) +\|/gm)].flatMap(([, cell = '']) => [...cell.matchAll(/`([a-z0-9-]+)`/g)]);
    expect([...new Set(cells.map(([, code]) => code))].sort()).toEqual([...ADVISED_CODES].sort());
  });

  it('is in the document as the window says it', () => {
    const rows = [...advice.matchAll(/^\| `([a-z0-9-]+)` +\| (.+?) +\|$/gm)].map(([, code, text]) => [code, text]);
    expect(Object.fromEntries(rows)).toEqual(Object.fromEntries(ADVISED_CODES.map((code) => [code, adviceFor(code)])));
  });

  it('is something also for a code of a newer version, and for a name every object has', () => {
    expect(adviceFor('of-tomorrow')).toBe(adviceFor('constructor'));
  });
});
