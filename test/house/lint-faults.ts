export interface Fault {
  readonly rule: string;
  /** Where the fault is planted. */
  readonly file: string;
  readonly text: string;
}

const imports = (file: string, target: string): Fault => ({ rule: 'tidemark(imports)', file, text: `export * from '${target}';\n` });
const markup = (name: string, text: string): Fault => ({ rule: 'tidemark(markup)', file: `src/renderer/src/ui/${name}.tsx`, text });

/** One fault for every rule of the house, and for every kind of thing that a rule looks for. */
export const FAULTS: readonly Fault[] = [
  imports('src/shared/model/a.ts', 'node:fs'),
  imports('src/shared/model/b.ts', '../ipc/contract.ts'),
  imports('src/shared/model/c.ts', 'react'),
  imports('src/shared/ipc/d.ts', '../../main/compose.ts'),
  imports('src/main/eventstore/a.ts', 'node:fs'),
  imports('src/main/eventstore/b.ts', 'electron'),
  imports('src/main/eventstore/c.ts', 'better-sqlite3'),
  imports('src/main/eventstore/d.ts', '../adapters/memory/memory-adapter.ts'),
  imports('src/main/eventstore/e.ts', '../../shared/ipc/contract.ts'),
  imports('src/main/eventstore/f.ts', 'fs'),
  imports('src/main/adapters/memory/a.ts', '../sqlite/sqlite-adapter.ts'),
  imports('src/main/adapters/memory/b.ts', 'better-sqlite3'),
  imports('src/main/adapters/sqlite/migrations/c.ts', '../../memory/memory-adapter.ts'),
  imports('src/main/adapters/sqlite/d.ts', '../../eventstore/event-store.ts'),
  imports('src/main/adapters/filesystem/e.ts', 'electron'),
  imports('src/main/threads/a.ts', '../eventstore/event-store.ts'),
  imports('src/main/threads/b.ts', '../compose.ts'),
  imports('src/main/jobs/a.ts', '../adapters/memory/memory-adapter.ts'),
  imports('src/main/discovery/a.ts', '../adapters/memory/memory-adapter.ts'),
  imports('src/main/discovery/b.ts', '../compose.ts'),
  imports('src/main/demo/a.ts', 'electron'),
  imports('src/main/ipc/a.ts', 'electron'),
  imports('src/main/ipc/b.ts', '../adapters/memory/memory-adapter.ts'),
  imports('src/main/ipc/c.ts', '../shell/window.ts'),
  imports('src/main/ipc/d.ts', 'node:fs'),
  imports('src/main/shell/a.ts', '../eventstore/event-store.ts'),
  imports('src/main/shell/b.ts', '../compose.ts'),
  imports('src/main/cli/a.ts', 'electron'),
  imports('src/main/cli/b.ts', '../adapters/memory/memory-adapter.ts'),
  imports('src/main/cli/c.ts', '../index.ts'),
  imports('src/main/compose.ts', 'electron'),
  imports('src/main/other.ts', './index.ts'),
  imports('src/main/beside.ts', '../renderer/src/app.tsx'),
  imports('src/main/index.ts', './eventstore/event-store.ts'),
  imports('src/preload/a.ts', 'node:fs'),
  imports('src/preload/b.ts', '../shared/ipc/contract.ts'),
  imports('src/preload/c.ts', '../main/compose.ts'),
  imports('src/renderer/src/app.tsx', '../../main/compose.ts'),
  imports('src/renderer/src/b.ts', 'electron'),
  imports('src/renderer/src/c.ts', 'node:fs'),
  imports('src/renderer/src/d.ts', '../../preload/bridge.ts'),
  imports('src/renderer/src/e.ts', '../../../test/support/temp.ts'),
  imports('src/renderer/src/api/a.ts', '../ui/button.tsx'),
  imports('src/renderer/src/state/a.ts', '../api/topics.ts'),
  imports('src/renderer/src/ui/a.ts', '../features/topics/list.tsx'),
  imports('src/renderer/src/features/events/a.ts', '../topics/list.tsx'),
  imports('src/renderer/src/features/events/b.ts', '../../app.tsx'),
  { rule: 'tidemark(imports)', file: 'src/main/eventstore/type.ts', text: `export const a: import('node:fs').Stats | null = null;\n` },
  { rule: 'tidemark(imports)', file: 'src/main/eventstore/lazy.ts', text: `export const a = () => import('node:fs');\n` },
  {
    rule: 'tidemark(imports)',
    file: 'src/main/eventstore/named.ts',
    text: `import type { Stats } from 'node:fs';\nexport type A = Stats;\n`,
  },

  { rule: 'tidemark(one-place)', file: 'src/main/shell/ipc.ts', text: `import { ipcMain } from 'electron';\nexport const a = ipcMain;\n` },
  { rule: 'tidemark(one-place)', file: 'src/main/shell/all.ts', text: `import * as e from 'electron';\nexport const a = e.app;\n` },
  {
    rule: 'tidemark(one-place)',
    file: 'src/main/shell/second-window.ts',
    text: `import { BrowserWindow } from 'electron';\nexport const a = new BrowserWindow();\n`,
  },

  markup('danger', `export const A = () => <p dangerouslySetInnerHTML={{ __html: 'a' }} />;\n`),
  markup('spread', `export const a = { dangerouslySetInnerHTML: { __html: 'a' } };\n`),
  markup('frame', `export const A = () => <iframe title="a" srcDoc="a" />;\n`),
  markup('inner', `export const a = (e: HTMLElement) => { e.innerHTML = 'a'; };\n`),
  markup('index', `export const a = (e: HTMLElement) => { e['innerHTML'] = 'a'; };\n`),
  markup('outer', `export const a = (e: HTMLElement) => { e.outerHTML = 'a'; };\n`),
  markup('adjacent', `export const a = (e: HTMLElement) => e.insertAdjacentHTML('beforeend', 'a');\n`),
  markup('write', `export const a = () => document.write('a');\n`),
  markup('eval', `export const a = () => eval('1') as unknown;\n`),
  markup('function', `export const a = new Function('return 1');\n`),
  markup('source', `export const a = (e: HTMLIFrameElement) => { e.srcdoc = 'a'; };\n`),
  markup('parser', `export const a = () => new DOMParser().parseFromString('a', 'text/html');\n`),

  { rule: 'import(no-cycle)', file: 'src/main/eventstore/round-a.ts', text: `export { b as a } from './round-b.ts';\n` },
  { rule: 'import(no-cycle)', file: 'src/main/eventstore/round-b.ts', text: `export { a as b } from './round-a.ts';\n` },
  { rule: 'eslint(no-restricted-globals)', file: 'src/main/eventstore/global.ts', text: `export const a = process.pid;\n` },
  { rule: 'eslint(no-restricted-globals)', file: 'src/shared/model/page.ts', text: `export const a = document.title;\n` },
  {
    rule: 'typescript(no-floating-promises)',
    file: 'src/main/eventstore/floating.ts',
    text: `async function a(): Promise<void> {}\nexport function b(): void {\n  a();\n}\n`,
  },
  { rule: 'typescript(no-explicit-any)', file: 'src/main/eventstore/any.ts', text: `export const a: any = 1;\n` },
  {
    rule: 'typescript(switch-exhaustiveness-check)',
    file: 'src/main/eventstore/switch.ts',
    text: `export function a(b: 'x' | 'y'): number {\n  switch (b) {\n    case 'x':\n      return 1;\n  }\n  return 2;\n}\n`,
  },
  {
    rule: 'react-hooks(rules-of-hooks)',
    file: 'src/renderer/src/ui/hook.tsx',
    text: `import { useState } from 'react';\nexport function A({ b }: { b: boolean }) {\n  if (b) useState(1);\n  return null;\n}\n`,
  },
];

/** What the rooms are for: each of these is allowed, and must stay so. */
export const CLEAN: ReadonlyMap<string, string> = new Map([
  ['src/shared/model/clean.ts', `import { z } from 'zod';\nexport const clean = z.string();\n`],
  ['src/main/eventstore/clean.ts', `export { clean } from '../../shared/model/clean.ts';\n`],
  ['src/main/adapters/sqlite/clean.ts', `import Database from 'better-sqlite3';\nexport const clean = () => new Database(':memory:');\n`],
  ['src/main/adapters/sqlite/migrations/clean.ts', `export { clean } from '../clean.ts';\n`],
  ['src/main/ipc/clean.ts', `export { clean } from '../eventstore/clean.ts';\n`],
  ['src/main/shell/window.ts', `import { BrowserWindow } from 'electron';\nexport const clean = () => new BrowserWindow();\n`],
  ['src/main/composing.ts', `export { clean } from './adapters/sqlite/clean.ts';\n`],
  ['src/preload/clean.ts', `export { contextBridge } from 'electron';\n`],
  ['src/renderer/src/ui/clean.tsx', `export const Clean = ({ text }: { text: string }) => <p>{text}</p>;\n`],
  ['src/renderer/src/features/topics/clean.tsx', `export { Clean } from '../../ui/clean.tsx';\n`],
]);
