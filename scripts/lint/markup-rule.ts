import { nameOf, type Rule, type SyntaxNode } from './rule.ts';

/** Every way known to us in which a string becomes markup or code in a page. */
const MEMBERS = new Set([
  'innerHTML',
  'outerHTML',
  'srcdoc',
  'insertAdjacentHTML',
  'createContextualFragment',
  'setHTML',
  'setHTMLUnsafe',
  'parseHTMLUnsafe',
  'parseFromString',
]);
const ATTRIBUTES = new Set(['dangerouslySetInnerHTML', 'srcDoc', 'srcdoc']);
const DOCUMENT_WRITES = new Set(['write', 'writeln']);

/** Event data is text everywhere, never markup: nothing in the page turns a string into elements or code. */
export const markupRule: Rule = {
  create(context) {
    const refuse = (node: SyntaxNode, name: string): void =>
      context.report({
        node,
        message: `${name} turns text into markup or code, and event data is text everywhere. Render it as a React child.`,
      });
    return {
      MemberExpression(node) {
        const name = nameOf(node);
        if (name === undefined) return;
        if (MEMBERS.has(name)) refuse(node, name);
        else if (DOCUMENT_WRITES.has(name) && nameOf(node['object']) === 'document') refuse(node, `document.${name}`);
      },
      JSXAttribute(node) {
        const name = nameOf(node['name']);
        if (name !== undefined && ATTRIBUTES.has(name)) refuse(node, name);
      },
      Property(node) {
        const name = nameOf(node['key']);
        if (name !== undefined && ATTRIBUTES.has(name)) refuse(node, name);
      },
      CallExpression(node) {
        const name = nameOf(node['callee']);
        if (name === 'eval' || name === 'Function') refuse(node, name);
      },
      NewExpression(node) {
        if (nameOf(node['callee']) === 'Function') refuse(node, 'new Function');
      },
    };
  },
};
