import { isBuiltin } from 'node:module';
import path from 'node:path';
import { mayImport } from './import-table.ts';
import type { Rule, SyntaxNode } from './rule.ts';

const root = path.resolve(import.meta.dirname, '../..');

/** Reports an import, of values or of types, that the table of import-table.ts does not allow. */
export const importRule: Rule = {
  create(context) {
    const file = posix(path.relative(root, context.filename));
    const check = (source: SyntaxNode | null | undefined): void => {
      if (source?.type !== 'Literal' || typeof source.value !== 'string') return;
      const target = targetOf(source.value, context.filename);
      if (mayImport(file, target)) return;
      context.report({ node: source, message: `${file} must not import ${target}. Who may import whom: scripts/lint/import-table.ts.` });
    };
    return {
      ImportDeclaration: (node) => check(node['source'] as SyntaxNode),
      ExportNamedDeclaration: (node) => check(node['source'] as SyntaxNode | null),
      ExportAllDeclaration: (node) => check(node['source'] as SyntaxNode),
      ImportExpression: (node) => check(node['source'] as SyntaxNode),
      TSImportType: (node) => check(node['source'] as SyntaxNode),
    };
  },
};

/** A path of the repository for a relative specifier, `node:…` for a built-in, else the specifier. A Vite suffix (`?url`) is not part of it. */
function targetOf(specifier: string, importer: string): string {
  const plain = specifier.replace(/\?.*$/, '');
  if (plain.startsWith('.')) return posix(path.relative(root, path.resolve(path.dirname(importer), plain)));
  if (isBuiltin(plain)) return plain.startsWith('node:') ? plain : `node:${plain}`;
  return plain;
}

function posix(file: string): string {
  return file.split(path.sep).join('/');
}
