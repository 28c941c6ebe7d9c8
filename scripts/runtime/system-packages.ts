import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { capture, inherit } from './command.ts';
import { say, SetupError } from './say.ts';

/** What a desktop Chromium links to; the names of Debian 12, some of which end in t64 from Debian 13 on. */
const LIBRARIES = [
  'libgtk-3-0',
  'libnss3',
  'libasound2',
  'libgbm1',
  'libatk-bridge2.0-0',
  'libcups2',
  'libdrm2',
  'libxkbcommon0',
  'libxss1',
];
const FONT = 'fonts-dejavu-core';

/** Makes sure that the libraries the executable links to, and one font, are on this Linux. */
export async function ensureLibraries(executable: string): Promise<void> {
  if (process.platform !== 'linux') return;
  const linked = await capture('ldd', [executable]);
  const missing = [...linked.output.matchAll(/^\s*(\S+) => not found/gm)].map((match) => match[1] ?? '');
  if (missing.length > 0) await install([...LIBRARIES, FONT], `Electron needs ${missing.join(', ')}`);
  else if (!(await hasFont())) await install([FONT], 'Electron needs at least one font');
}

/** Makes sure that there is a virtual display to start. */
export async function ensureXvfb(): Promise<void> {
  if (await isProgram('Xvfb')) return;
  await install(['xvfb'], 'there is no display here, and a window needs one');
}

/** Makes sure that C++ can be compiled by node-gyp. */
export async function ensureBuildTools(): Promise<void> {
  const programs = { 'g++': 'g++', make: 'make', python3: 'python3' };
  const packages: string[] = [];
  for (const [program, name] of Object.entries(programs)) if (!(await isProgram(program))) packages.push(name);
  if (packages.length > 0) await install(packages, 'the SQLite addon must be built once');
}

async function install(packages: readonly string[], why: string): Promise<void> {
  const isRoot = process.getuid?.() === 0;
  const hasApt = await isProgram('apt-get');
  if (!isRoot || !hasApt) {
    const command = `apt-get update && apt-get install -y --no-install-recommends ${packages.join(' ')}`;
    const note = hasApt ? '' : " (Debian names; use your own system's)";
    throw new SetupError(`${why}. Run this as root and try again${note}:\n  ${command}`);
  }
  say(`installing system packages with apt, because ${why}`);
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const output: ['ignore', 2, 2] = ['ignore', 2, 2];
  await inherit('apt-get', ['update', '-qq'], { env: environment, stdio: output });
  const names = await Promise.all(packages.map(nameHere));
  const code = await inherit('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...names], { env: environment, stdio: output });
  if (code !== 0) throw new SetupError(`apt-get could not install ${names.join(' ')}; ${why}. Its own message is above.`);
}

/** Debian 13 renamed the libraries whose time became 64 bits wide. */
async function nameHere(name: string): Promise<string> {
  const renamed = await capture('apt-cache', ['show', '--no-all-versions', `${name}t64`]);
  return renamed.code === 0 && renamed.output.includes('Package:') ? `${name}t64` : name;
}

async function isProgram(name: string): Promise<boolean> {
  return (process.env['PATH'] ?? '').split(':').some((folder) => folder !== '' && existsSync(`${folder}/${name}`));
}

async function hasFont(): Promise<boolean> {
  for (const folder of ['/usr/share/fonts', '/usr/local/share/fonts', `${process.env['HOME'] ?? ''}/.fonts`]) {
    if (!existsSync(folder)) continue;
    const files = await readdir(folder, { recursive: true });
    if (files.some((file) => /\.(ttf|otf|ttc|pfb)$/i.test(file))) return true;
  }
  return false;
}
