import { describe, expect, it } from 'vitest';
import { parseArguments } from '../../src/main/shell/arguments.ts';

const nothing = { path: null, demo: false, configTopic: undefined, readOnly: undefined };
const parse = (argv: readonly string[], appPath: string | null = '/app') => parseArguments(argv, '/cwd', appPath);

describe('the command line', () => {
  it.each([
    [['electron', '/app'], nothing],
    [['electron', '.', 'store.db'], { ...nothing, path: '/cwd/store.db' }, '/cwd'],
    [['electron', '/app', '/data/store'], { ...nothing, path: '/data/store' }],
    [['electron', '/app', '--demo'], { ...nothing, demo: true }],
    [['electron', '--inspect=0', '--no-sandbox', '/app', '--remote-debugging-port=0', 'a', 'b'], { ...nothing, path: '/cwd/a' }],
    [
      ['electron', '/app', '--config-topic', 'config', '--read-only', 'x'],
      { path: '/cwd/x', demo: false, configTopic: 'config', readOnly: true },
    ],
    [['electron', '/app', '--read-write', 'x'], { ...nothing, path: '/cwd/x', readOnly: false }],
    [['electron', '/app', '--config-topic=config', 'x'], { ...nothing, path: '/cwd/x', configTopic: 'config' }],
    [['electron', '/app', '--', '--demo'], { ...nothing, path: '/cwd/--demo' }],
    [['electron', '/app', '/app'], { ...nothing, path: '/app' }],
    [['tidemark', 'store'], { ...nothing, path: '/cwd/store' }, null],
    [['tidemark', '--config-topic'], nothing, null],
    [['tidemark'], nothing, null],
  ] as const)('%j', (argv, expected, appPath: string | null = '/app') => {
    expect(parse(argv, appPath)).toEqual(expected);
  });
});
