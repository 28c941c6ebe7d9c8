import type { AppInfo } from '../../shared/ipc/contract/app.ts';
import type { SlowSpot } from '../../shared/ipc/contract/health.ts';
import type { StoreInfo, StoreStatus } from '../../shared/ipc/contract/stores.ts';
import type { RepositoryHealth, StoreHealth } from '../../shared/model/health.ts';
import type { Problem } from '../../shared/model/problem.ts';

export interface ReportFacts {
  readonly app: AppInfo;
  /** The person's home folder: shown as `~`. */
  readonly home: string;
  readonly info: StoreInfo | null;
  readonly status: StoreStatus;
  readonly health: StoreHealth;
  readonly problems: readonly Problem[];
  readonly slow: readonly SlowSpot[];
}

const MOST_PROBLEMS = 200;
const LONGEST = 300;

/**
 * A text for a bug report: versions, states, codes, names and places. What is stored never comes in: of a problem its code and
 * place, not its reason, which may quote the bytes it is about.
 */
export function healthReport({ app, home, info, status, health, problems, slow }: ReportFacts): string {
  const wording = createWording(home);
  const versions = Object.entries(app.versions).map(([name, version]) => `${name} ${version}`);
  const lines = [
    `Tidemark ${app.version} on ${app.platform}`,
    versions.join(', '),
    '',
    ...storeLines(info, status, health, wording),
    '',
    `Repositories (${Object.keys(health.repositories).length})`,
    ...Object.values(health.repositories).flatMap((repository) => repositoryLines(repository, wording)),
    '',
    `Problems (${problems.length})`,
    ...[...Map.groupBy(problems, ({ code }) => code)].map(([code, found]) => `  ${found.length} x ${code}`),
    ...problems.slice(0, MOST_PROBLEMS).map((problem) => problemLine(problem, wording)),
    ...(problems.length > MOST_PROBLEMS ? [`  and ${problems.length - MOST_PROBLEMS} more`] : []),
    '',
    'Slow calls (over 40 ms)',
    ...(slow.length === 0 ? ['  none'] : slow.map(({ method, times, worstMs }) => `  ${method}: ${times}, the worst ${worstMs} ms`)),
  ];
  return `${lines.join('\n')}\n`;
}

function storeLines(info: StoreInfo | null, status: StoreStatus, health: StoreHealth, { quoted, line }: Wording): string[] {
  const { atLeast, available } = status;
  const least = (value: number, isCut: boolean): string => (isCut ? `at least ${value}` : String(value));
  return [
    `Store ${quoted(info?.path ?? '')} (${info?.kind ?? 'closed'}): ${health.status}${health.reason === undefined ? '' : `, ${health.reason}`}`,
    `  configuration topic: ${info?.configTopic == null ? 'none' : quoted(info.configTopic)}`,
    `  mode: ${status.writable ? 'read and write' : `read-only, ${line(status.readOnlyReason ?? '')}`}`,
    `  reachable: ${available.ok ? 'yes' : `no, ${available.code}`}`,
    `  ${status.topics} topics, ${least(status.events, atLeast.events)} events, ${status.bytes === null ? 'size unknown' : `${least(status.bytes, atLeast.bytes)} bytes`}`,
  ];
}

function repositoryLines(repository: RepositoryHealth, { quoted, line }: Wording): string[] {
  const { adapter, connection, status, state, topicCount, readOnly, reason, checked } = repository;
  const facts = Object.entries(checked).map(([name, value]) => `${name} ${typeof value === 'string' ? quoted(value) : value}`);
  return [
    `  ${adapter}:${quoted(connection)}: ${status} (${state})${readOnly ? ', read-only' : ''}${topicCount === undefined ? '' : `, ${topicCount} topics`}`,
    ...(reason === undefined ? [] : [`    ${line(reason)}`]),
    ...(facts.length === 0 ? [] : [`    ${facts.join(', ')}`]),
  ];
}

function problemLine({ code, topic, version, path }: Problem, { quoted }: Wording): string {
  const parts = [
    code,
    ...(topic === undefined ? [] : [`topic ${quoted(topic)}`]),
    ...(version === undefined ? [] : [`version ${version}`]),
    ...(path === undefined ? [] : [`at ${quoted(path)}`]),
  ];
  return `  ${parts.join(' ')}`;
}

/** Text on one line, with nothing in it that cannot be seen, and the home folder as `~`. */
interface Wording {
  readonly quoted: (text: string) => string;
  readonly line: (text: string) => string;
}

function createWording(home: string): Wording {
  const line = (text: string): string =>
    withoutHome(text, home)
      .slice(0, LONGEST)
      .replaceAll(/[\p{C}\p{Zl}\p{Zp}]/gu, escaped);
  return { line, quoted: (text) => `"${line(text).replaceAll('"', '\\"')}"` };
}

function escaped(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}

/** The home folder itself and what lies in it; not `/home/annabel` for `/home/anna`. */
function withoutHome(text: string, home: string): string {
  if (home.length < 2) return text;
  const [first = '', ...rest] = text.split(home);
  return rest.reduce((before, part) => `${before}${/^($|[^\p{L}\p{N}._-])/u.test(part) ? '~' : home}${part}`, first);
}
