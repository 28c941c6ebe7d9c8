import { describe, expect, it } from 'vitest';
import { appArguments } from '../../scripts/runtime/app-arguments.ts';

describe('the arguments of npm start', () => {
  it('mean the demo store when there are none', () => {
    expect(appArguments([], '/home/me')).toEqual(['--demo']);
  });

  it('take a path from the folder it was typed in', () => {
    expect(appArguments(['stores/a', '/b'], '/home/me')).toEqual(['/home/me/stores/a', '/b']);
  });

  it('leave options and their values as they are', () => {
    expect(appArguments(['--read-only', '--config-topic', 'config', 'a'], '/home/me')).toEqual([
      '--read-only',
      '--config-topic',
      'config',
      '/home/me/a',
    ]);
  });
});
