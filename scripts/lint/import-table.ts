/**
 * Who may import whom (docs/architecture.md). A file belongs to the first room whose `of` it starts with; it may import what
 * lies in its own room and what `may` names: a path of the repository, a package, or `node:`.
 * What is in no room may import anything but must not exist under src/.
 */
interface Room {
  /** A path of the repository. `*` stands for one folder name and makes a room of each such folder. */
  readonly of: string;
  readonly may: readonly string[];
}

const MODEL = 'src/shared/model/';
const IPC_CONTRACT = 'src/shared/ipc/';
const PORTS = 'src/main/eventstore/ports/';
const BROWSER = [
  'react',
  'react-dom',
  '@tanstack/react-query',
  'zustand',
  'zod',
  '@base-ui/react',
  'lucide-react',
  'react-resizable-panels',
  '@codemirror',
  '@lezer/highlight',
  'uplot',
  '@fontsource-variable/inter',
  '@fontsource-variable/jetbrains-mono',
];
const STORE = 'src/main/eventstore/';
const PAGE = 'src/renderer/src/';

const ROOMS: readonly Room[] = [
  { of: MODEL, may: ['zod'] },
  { of: IPC_CONTRACT, may: [MODEL, 'zod'] },

  { of: STORE, may: [MODEL] },
  { of: 'src/main/adapters/sqlite/', may: [PORTS, MODEL, 'src/main/adapters/', 'node:', 'better-sqlite3'] },
  // Its writer's lock is an SQLite file: the one lock that every system releases when a process dies.
  { of: 'src/main/adapters/filesystem/', may: [PORTS, MODEL, 'src/main/adapters/', 'node:', 'better-sqlite3'] },
  { of: 'src/main/adapters/*/', may: [PORTS, MODEL, 'src/main/adapters/', 'node:'] },
  { of: 'src/main/adapters/', may: [PORTS, MODEL, 'node:'] },
  { of: 'src/main/threads/', may: [PORTS, MODEL, 'src/main/adapters/', 'src/main/adapters/*/', 'node:'] },
  { of: 'src/main/jobs/', may: [STORE, MODEL, IPC_CONTRACT] },
  // The person's own code runs in here, inside QuickJS.
  { of: 'src/main/folding/', may: [STORE, MODEL, 'node:', 'acorn', 'quickjs-emscripten-core', '@jitl/quickjs-wasmfile-release-sync'] },
  // It folds configuration events to tell a configuration topic from another, so it knows the domain.
  { of: 'src/main/discovery/', may: [STORE, MODEL, 'node:'] },
  { of: 'src/main/demo/', may: [STORE, MODEL, 'node:'] },
  { of: 'src/main/ipc/', may: [STORE, 'src/main/folding/', 'src/main/jobs/', MODEL, IPC_CONTRACT, 'zod'] },
  { of: 'src/main/shell/', may: [IPC_CONTRACT, MODEL, 'electron', 'electron-log', 'node:', 'zod'] },
  { of: 'src/main/cli/', may: ['src/main/compose.ts', STORE, 'src/main/folding/', MODEL, 'node:'] },
  {
    of: 'src/main/index.ts',
    may: [
      'src/main/serve-windows.ts',
      'src/main/ipc/early-calls.ts',
      'src/main/threads/start-storage-worker.ts',
      'src/main/shell/',
      'electron',
      'node:',
    ],
  },
  { of: 'src/main/serve-windows.ts', may: ['src/main/', 'src/main/ipc/', 'src/main/shell/', IPC_CONTRACT, MODEL, 'electron', 'node:'] },
  // compose.ts and the small modules beside it: they put the rooms together, in plain Node.
  {
    of: 'src/main/',
    may: [
      STORE,
      'src/main/adapters/',
      'src/main/adapters/*/',
      'src/main/threads/',
      'src/main/folding/',
      'src/main/jobs/',
      'src/main/discovery/',
      'src/main/demo/',
      'src/main/ipc/',
      MODEL,
      IPC_CONTRACT,
      'node:',
    ],
  },

  { of: 'src/preload/', may: ['src/shared/ipc/channels.ts', 'electron'] },

  { of: 'src/renderer/src/ui/', may: [MODEL, ...BROWSER] },
  { of: 'src/renderer/src/state/', may: [MODEL, IPC_CONTRACT, ...BROWSER] },
  { of: 'src/renderer/src/api/', may: ['src/renderer/src/state/', MODEL, IPC_CONTRACT, ...BROWSER] },
  { of: 'src/renderer/src/commands/', may: [`${PAGE}api/`, `${PAGE}state/`, `${PAGE}ui/`, MODEL, IPC_CONTRACT, ...BROWSER] },
  { of: 'src/renderer/src/json/', may: [`${PAGE}api/`, `${PAGE}state/`, `${PAGE}ui/`, `${PAGE}commands/`, MODEL, ...BROWSER] },
  {
    of: 'src/renderer/src/features/*/',
    may: [`${PAGE}api/`, `${PAGE}state/`, `${PAGE}ui/`, `${PAGE}commands/`, `${PAGE}json/`, MODEL, IPC_CONTRACT, ...BROWSER],
  },
  {
    of: PAGE,
    may: [`${PAGE}api/`, `${PAGE}state/`, `${PAGE}ui/`, `${PAGE}commands/`, `${PAGE}features/*/`, MODEL, IPC_CONTRACT, ...BROWSER],
  },
];

/** Imported by nobody: it starts the application. */
const NEVER_IMPORTED: readonly string[] = ['src/main/index.ts', 'src/preload/index.ts', 'src/renderer/src/main.tsx'];

/** The room of a path, with `*` filled in, or null outside of all rooms. */
function roomOf(file: string): { readonly of: string; readonly may: readonly string[] } | null {
  for (const room of ROOMS) {
    const [match] = patternOf(room.of).exec(file) ?? [];
    if (match !== undefined) return { of: match, may: room.may };
  }
  return null;
}

/**
 * Whether a file may import a target: a path of the repository (`src/…`), `node:…` or a package's specifier.
 * Both paths are relative to the repository and use `/`.
 */
export function mayImport(file: string, target: string): boolean {
  const from = roomOf(file);
  if (from === null) return true;
  if (NEVER_IMPORTED.includes(target)) return false;
  if (!isPath(target)) return from.may.some((allowed) => isPackageOf(target, allowed));

  const to = roomOf(target);
  if (to?.of === from.of) return true;
  return from.may.some((allowed) => {
    if (allowed.endsWith('/')) return to !== null && isWhole(allowed, to.of, target);
    return target === allowed;
  });
}

/** `allowed` names the target's room, or a folder inside of it: src/main/adapters/ does not stand for the adapters' own rooms. */
function isWhole(allowed: string, room: string, target: string): boolean {
  const [match] = patternOf(allowed).exec(target) ?? [];
  return match !== undefined && match.length >= room.length;
}

function patternOf(of: string): RegExp {
  const source = of.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '[^/]+');
  return new RegExp(of.endsWith('/') ? `^${source}` : `^${source}$`);
}

function isPath(target: string): boolean {
  return target === '..' || target.startsWith('src/') || target.startsWith('../') || /^(test|scripts|e2e|bench|examples)\//.test(target);
}

function isPackageOf(target: string, allowed: string): boolean {
  if (allowed === 'node:') return target.startsWith('node:');
  return target === allowed || target.startsWith(`${allowed}/`);
}
