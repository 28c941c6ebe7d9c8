// What stock Electron's own default_app does for `electron [-r module]... <folder> [arguments]`, and no more.
import { app } from 'electron';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const args = process.argv.slice(1);
const preloads = [];
let folder;
for (let index = 0; index < args.length && folder === undefined; index += 1) {
  const arg = args[index];
  if (arg === '-r' || arg === '--require') preloads.push(args[(index += 1)]);
  else if (!arg.startsWith('-')) folder = path.resolve(arg);
}
if (folder === undefined) {
  process.stderr.write('usage: electron [-r module]... <folder> [arguments]\n');
  process.exit(2);
}

const require = createRequire(path.join(folder, 'package.json'));
for (const module of preloads) require(module);

const description = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
app.setAppPath(folder);
app.setName(description.productName ?? description.name);
if (description.version) app.setVersion(description.version);
// Awaited: otherwise `ready` fires first, and what must be said before it (privileged schemes) comes too late.
await import(pathToFileURL(path.join(folder, description.main ?? 'index.js')).href);
