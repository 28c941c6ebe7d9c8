/** How what was thrown is told. */
export interface TellThrown {
  readonly cut: (text: string) => string;
  /** What was thrown, as JSON: whatever it is, and whatever happens when it is looked at. */
  readonly describe: (error: unknown) => string;
}

/**
 * Tells what a fold throws.
 *
 * Runs in the sandbox: its text is handed to QuickJS, so it may use nothing from outside of itself but its parameters.
 */
export function tellThrown(): TellThrown {
  const { stringify } = JSON;
  const mostReason = 2000;

  const cut = (text: string): string => (text.length > mostReason ? `${text.slice(0, mostReason)}…` : text);

  const textMember = (value: object, name: string): string => {
    const member: unknown = Reflect.get(value, name);
    return typeof member === 'string' ? member : '';
  };

  const leafText = (value: unknown): string => {
    switch (typeof value) {
      case 'string':
        return value;
      case 'number':
      case 'boolean':
      case 'bigint':
      case 'undefined':
        return `It threw ${String(value)}.`;
      default:
        return `It threw a ${typeof value}.`;
    }
  };

  /** What an object that is no error says: what is in it. */
  const objectText = (value: object): string => {
    const text: unknown = stringify(value);
    return typeof text === 'string' ? `It threw ${text}.` : '';
  };

  const describe = (error: unknown): string => {
    if (error === null) return stringify({ name: 'null', message: '', stack: '' });
    try {
      if (typeof error !== 'object') return stringify({ name: '', message: cut(leafText(error)), stack: '' });
      const name = textMember(error, 'name');
      const message = textMember(error, 'message');
      return stringify({
        name: cut(name),
        message: cut(name === '' && message === '' ? objectText(error) : message),
        stack: textMember(error, 'stack').slice(0, 20_000),
      });
    } catch {
      return stringify({ name: '', message: 'something that cannot be looked at', stack: '' });
    }
  };

  return { cut, describe };
}
