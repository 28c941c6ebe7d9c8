/** Objects that stand in several places of a state, and places in it. */
export interface TieState {
  readonly untie: (root: unknown) => readonly [unknown, readonly unknown[]];
  readonly tie: (root: unknown, links: readonly unknown[]) => void;
  /** The object at a path of keys and indexes. */
  readonly at: (root: unknown, path: readonly unknown[]) => object;
}

/**
 * Takes states apart into trees and back.
 *
 * Runs in the sandbox: its text is handed to QuickJS, so it may use nothing from outside of itself but its parameters.
 */
export function tieState(): TieState {
  const { keys } = Object;
  const { isArray } = Array;

  /**
   * A copy in which every object stands in one place only, and where else it stands: the number of the holder, the member, the
   * number of what stands there. Numbers count the objects in the order of `numbered`. QuickJS does not read what it writes of
   * an object in several places.
   */
  const untie = (root: unknown): readonly [unknown, readonly unknown[]] => {
    const numbers = new Map<object, number>();
    const links: unknown[] = [];
    const copy = (value: unknown): unknown => {
      if (typeof value !== 'object' || value === null) return value;
      const number = numbers.size;
      numbers.set(value, number);
      const made: Record<PropertyKey, unknown> = isArray(value) ? ([] as unknown as Record<PropertyKey, unknown>) : {};
      for (const name of isArray(value) ? value.keys() : keys(value)) {
        const item = (value as Record<PropertyKey, unknown>)[name];
        const known = typeof item === 'object' && item !== null ? numbers.get(item) : undefined;
        if (known !== undefined) links.push(number, name, known);
        made[name] = known === undefined ? copy(item) : null;
      }
      return made;
    };
    return [copy(root), links];
  };

  /** Every object of a tree: each before those in it. */
  const numbered = (root: unknown): object[] => {
    const found: object[] = [];
    const visit = (value: unknown): void => {
      if (typeof value !== 'object' || value === null) return;
      found.push(value);
      for (const name of isArray(value) ? value.keys() : keys(value)) visit((value as Record<PropertyKey, unknown>)[name]);
    };
    visit(root);
    return found;
  };

  const tie = (root: unknown, links: readonly unknown[]): void => {
    const objects = links.length > 0 ? (numbered(root) as Record<PropertyKey, unknown>[]) : [];
    for (let i = 0; i < links.length; i += 3) {
      const holder = objects[links[i] as number] as Record<PropertyKey, unknown>;
      holder[links[i + 1] as PropertyKey] = objects[links[i + 2] as number];
    }
  };

  const at = (root: unknown, path: readonly unknown[]): object => {
    let value = root;
    for (const step of path) value = (value as Record<PropertyKey, unknown>)[step as PropertyKey];
    return value as object;
  };

  return { untie, tie, at };
}
