interface Place {
  readonly line: number;
  readonly column: number;
}

/** What a function begins with, where QuickJS says that it does. */
const FUNCTION = /^(?:async\b\s*)?(?:function\b|\([^()]*\)\s*=>|[\w$]+\s*=>|[\w$]+\s*\([^()]*\)\s*\{)/;

/** Strings and comments, which hold no loops; or a loop. */
const TOKENS = /"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`|\/\/[^\n]*|\/\*[^]*?\*\/|\b(for|while|do)\b(?=\s*[({])/g;

/**
 * Where a fold that was interrupted was most likely going round. QuickJS knows the places of calls and calculations only, so of
 * an interruption in a loop without any it tells where the function begins: then it is the first loop behind that.
 */
export function loopPlace(source: string, { line, column }: Place): Place {
  const lines = source.split('\n');
  const start = lines.slice(0, line - 1).reduce((sum, text) => sum + text.length + 1, 0) + column - 1;
  const behind = source.slice(start);
  if (!FUNCTION.test(behind)) return { line, column };
  for (const { 1: loop, index } of behind.matchAll(TOKENS)) {
    if (loop === undefined) continue;
    const before = source.slice(0, start + index).split('\n');
    return { line: before.length, column: (before.at(-1) ?? '').length + 1 };
  }
  return { line, column };
}
