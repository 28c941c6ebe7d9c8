/** The part of ESLint's rule interface that our rules use and oxlint provides. */
export interface SyntaxNode {
  readonly type: string;
  readonly [member: string]: unknown;
}

export interface RuleContext {
  /** Absolute. */
  readonly filename: string;
  report(problem: { readonly node: SyntaxNode; readonly message: string }): void;
}

export interface Rule {
  create(context: RuleContext): Readonly<Record<string, (node: SyntaxNode) => void>>;
}

/** The name of an identifier, a plain member (`a.name`, `a['name']`) or a JSX attribute; undefined for anything computed. */
export function nameOf(node: unknown): string | undefined {
  const { type, name, value, property } = node as { type?: string; name?: unknown; value?: unknown; property?: unknown };
  if (type === 'MemberExpression') return nameOf(property);
  if (type === 'Identifier' || type === 'JSXIdentifier') return typeof name === 'string' ? name : undefined;
  if (type === 'Literal') return typeof value === 'string' ? value : undefined;
  return undefined;
}
