import type { Node } from 'acorn';

export interface Place {
  readonly line: number;
  readonly column: number;
}

/** A fold's text that tells which loop it is in. */
export interface TrackedLoops {
  /** The same fold; its lines are the same, its columns are not. */
  readonly text: string;
  /** Where in the text as it was a call of the tracked one was, by the stack of the error that ended it: its innermost loop. */
  readonly placeOf: (stack: string) => Place | null;
}

interface Loop {
  /** Where it begins with its labels, and ends. */
  readonly start: number;
  readonly end: number;
  /** Where its keyword stands. */
  readonly at: number;
}

/** What is written into the text before the character at an offset. */
interface Insertion {
  readonly at: number;
  readonly text: string;
}

const LOOPS: ReadonlySet<string> = new Set(['ForStatement', 'ForInStatement', 'ForOfStatement', 'WhileStatement', 'DoWhileStatement']);

/**
 * QuickJS tells of an interruption which call is written last before the place that was jumped to, and in a loop it is the
 * beginning of the loop that is jumped to. So a call that does nothing is written before every loop. Null for a text that
 * cannot be read as a module.
 */
export async function trackLoops(source: string, file: string): Promise<TrackedLoops | null> {
  // Read when it is needed: few folds do not end.
  const { parse } = await import('acorn');
  const loops: Loop[] = [];
  const insertions: Insertion[] = [];
  const mark = freshName(source);
  /** `start`: where the labels of a statement begin, of one that has none it is where it begins itself. */
  const visit = (node: Node, start: number): void => {
    if (LOOPS.has(node.type)) {
      loops.push({ start, end: node.end, at: node.start });
      insertions.push({ at: start, text: `{${mark}();` }, { at: node.end, text: '}' });
    }
    for (const child of childrenOf(node)) visit(child, node.type === 'LabeledStatement' ? start : child.start);
  };
  try {
    visit(parse(source, { ecmaVersion: 'latest', sourceType: 'module' }), 0);
  } catch {
    // No module, or one that is nested too deeply to be walked through.
    return null;
  }
  // Of two at one place the one that closes comes first: a loop that ends where another begins.
  insertions.sort((a, b) => a.at - b.at || Number(b.text === '}') - Number(a.text === '}'));
  // A first line for a shell stays the first.
  insertions.unshift({ at: /^#!.*\n?/.exec(source)?.[0].length ?? 0, text: `const ${mark}=()=>{};` });

  const text = written(source, insertions);
  const lines = text.split('\n');
  const places = new RegExp(`\\b${file.replace('.', '\\.')}:(\\d+):(\\d+)`, 'g');
  return {
    text,
    placeOf(stack) {
      const offsets = [...stack.matchAll(places)].map(([, line, column]) =>
        offsetBefore(source, insertions, { line: Number(line), column: unitsOf(lines[Number(line) - 1] ?? '', Number(column)) }),
      );
      for (const offset of offsets) {
        const around = loops.filter(({ start, end }) => start <= offset && offset < end);
        const innermost = Math.max(...around.map(({ at }) => at));
        if (around.length > 0) return placeAt(source, innermost);
      }
      return offsets[0] === undefined ? null : placeAt(source, offsets[0]);
    },
  };
}

function childrenOf(node: Node): Node[] {
  const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && 'type' in value && 'start' in value;
  return Object.values(node).flat().filter(isNode);
}

/** A name that the text does not hold. */
function freshName(source: string): string {
  let name = 'loop';
  while (source.includes(name)) name += '_';
  return name;
}

function written(source: string, insertions: readonly Insertion[]): string {
  let from = 0;
  const parts = insertions.flatMap(({ at, text }) => {
    const before = source.slice(from, at);
    from = at;
    return [before, text];
  });
  return [...parts, source.slice(from)].join('');
}

/** Where a place of the written text is in the text as it was: what was written in stands before the character that follows. */
function offsetBefore(source: string, insertions: readonly Insertion[], { line, column }: Place): number {
  const start = startOfLine(source, line);
  // Lines begin where they did, but for what was written in before them in the same line.
  let left = column - 1;
  let offset = start;
  for (const { at, text } of insertions) {
    if (at < start) continue;
    if (left <= at - offset) break;
    left -= at - offset;
    offset = at;
    left = Math.max(0, left - text.length);
    if (left === 0) break;
  }
  return offset + left;
}

/** QuickJS counts a line's code points; in here, as everywhere else, columns are of UTF-16 units. */
function unitsOf(line: string, column: number): number {
  return (
    Array.from(line)
      .slice(0, column - 1)
      .join('').length + 1
  );
}

function startOfLine(source: string, line: number): number {
  let start = 0;
  for (let before = 1; before < line; before++) {
    const end = source.indexOf('\n', start);
    if (end === -1) break;
    start = end + 1;
  }
  return start;
}

function placeAt(source: string, offset: number): Place {
  const start = source.lastIndexOf('\n', offset - 1) + 1;
  return { line: source.slice(0, offset).split('\n').length, column: offset - start + 1 };
}
