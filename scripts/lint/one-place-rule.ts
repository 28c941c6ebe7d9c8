import path from 'node:path';
import { nameOf, type Rule, type SyntaxNode } from './rule.ts';

const root = path.resolve(import.meta.dirname, '../..');

/** Windows are made where their security settings are frozen; calls of the page come in where their sender is checked. */
const WINDOW_FACTORY = 'src/main/shell/window.ts';
const IPC_ENTRANCE = 'src/main/index.ts';
const WINDOW_CLASSES = new Set(['BrowserWindow', 'WebContentsView', 'BrowserView', 'BaseWindow']);

/** `new BrowserWindow` outside of the one factory, and Electron's ipcMain outside of the one entrance. */
export const onePlaceRule: Rule = {
  create(context) {
    const file = path.relative(root, context.filename).split(path.sep).join('/');
    return {
      NewExpression(node) {
        const name = nameOf(node['callee']);
        if (name === undefined || !WINDOW_CLASSES.has(name) || file === WINDOW_FACTORY) return;
        context.report({ node, message: `${name} is made in ${WINDOW_FACTORY} only, where the security settings of every window are.` });
      },
      ImportDeclaration(node) {
        if (nameOf(node['source']) !== 'electron' || file === IPC_ENTRANCE) return;
        for (const specifier of node['specifiers'] as readonly SyntaxNode[]) {
          const isWhole = specifier.type !== 'ImportSpecifier';
          if (!isWhole && nameOf(specifier['imported']) !== 'ipcMain') continue;
          const what = isWhole ? 'Electron as a whole' : 'ipcMain';
          context.report({
            node: specifier,
            message: `${what} must not be imported here: ipcMain is taken in ${IPC_ENTRANCE} only, and handed to the router.`,
          });
        }
      },
    };
  },
};
