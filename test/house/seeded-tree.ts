import { cp, mkdir, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';

const project = path.resolve(import.meta.dirname, '../..');

/** The project's own rules and settings in an empty tree, so that a fault can be planted without touching the sources. */
export async function seedTree(root: string, files: ReadonlyMap<string, string>): Promise<void> {
  await symlink(path.join(project, 'node_modules'), path.join(root, 'node_modules'));
  const settings = ['package.json', '.oxlintrc.json', 'knip.json', 'tsconfig.base.json', 'tsconfig.json', 'scripts/lint'];
  const projects = ['src/main', 'src/preload', 'src/renderer', 'src/shared'].map((folder) => `${folder}/tsconfig.json`);
  for (const name of [...settings, ...projects]) await cp(path.join(project, name), path.join(root, name), { recursive: true });
  for (const [name, text] of files) {
    await mkdir(path.dirname(path.join(root, name)), { recursive: true });
    await writeFile(path.join(root, name), text);
  }
}
