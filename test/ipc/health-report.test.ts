import { describe, expect, it } from 'vitest';
import { healthReport, type ReportFacts } from '../../src/main/ipc/health-report.ts';

const facts: ReportFacts = {
  app: { version: '1.2.3', versions: { electron: '33', sqlite: '3.50' }, platform: 'linux x64', logFile: '/home/anna/log' },
  home: '/home/anna',
  info: {
    path: '/home/anna/data/s.db',
    name: 's.db',
    kind: 'sqlite',
    configTopic: 'configuration',
    readOnly: null,
    canUnlock: false,
    wroteElsewhere: null,
  },
  status: {
    topics: 2,
    events: 7,
    bytes: 4096,
    atLeast: { events: true, bytes: false },
    writable: true,
    readOnlyReason: null,
    available: { ok: true },
  },
  health: {
    status: 'degraded',
    initialized: true,
    reason: '0 down, 1 degraded repository',
    configStream: 'configuration',
    topicCount: 2,
    repositories: {
      'sqlite:.': {
        status: 'degraded',
        state: 'ready',
        adapter: 'sqlite',
        connection: '.',
        readOnly: false,
        topicCount: 2,
        reason: 'Looking at /home/anna/data/s.db failed.',
        checked: { path: '/home/anna/data/s.db', lock: 'free', writing: true },
      },
    },
    repositoryStats: { total: 1, up: 0, degraded: 1, down: 0, unknown: 0 },
    adapterStats: { sqlite: 2 },
  },
  problems: [
    {
      code: 'invalid-json',
      reason: 'Unexpected token in {"card":"4111-payload"}',
      topic: 'orders',
      version: 3,
      path: 'events/orders/v3.json',
    },
    { code: 'gap', reason: 'Versions 3 to 4 are missing.', topic: 'orders' },
  ],
  slow: [{ method: 'topics.count', times: 2, worstMs: 912 }],
};

describe('the report for a bug', () => {
  const text = healthReport(facts);

  it('says versions, state, repositories, problems by code and place, and what was slow', () => {
    for (const line of [
      'Tidemark 1.2.3 on linux x64',
      'electron 33, sqlite 3.50',
      'Store "~/data/s.db" (sqlite): degraded, 0 down, 1 degraded repository',
      '  2 topics, at least 7 events, 4096 bytes',
      '    path "~/data/s.db", lock "free", writing true',
      '  1 x gap',
      '  invalid-json topic "orders" version 3 at "events/orders/v3.json"',
      '  topics.count: 2, the worst 912 ms',
    ]) {
      expect(text.split('\n')).toContain(line);
    }
  });

  it('holds nothing of what is stored, not even where a problem’s own words quote it, and no home folder', () => {
    expect(text).not.toContain('4111');
    expect(text).not.toContain('/home/anna');
  });

  it('leaves folders alone whose name only begins like the home folder', () => {
    const beside = healthReport({ ...facts, info: { ...facts.info!, path: '/home/annabel/s.db' } });
    expect(beside).toContain('"/home/annabel/s.db"');
  });

  it('keeps each fact on its line, whatever a name holds, and is bounded', () => {
    const hostile = Array.from({ length: 1000 }, () => ({ code: 'gap', reason: '', topic: `a\n\u202E\u2028"${'x'.repeat(10_000)}` }));
    const report = healthReport({ ...facts, problems: hostile });
    expect(report.split('\n').length).toBeLessThan(240);
    expect(report).toContain('topic "a\\u{a}\\u{202e}\\u{2028}\\"xxx');
    expect(report).toContain('and 800 more');
    expect(report.length).toBeLessThan(100_000);
  });
});
