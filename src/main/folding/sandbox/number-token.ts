/** Integers of more digits come as an exact number, not as a BigInt: converting them takes time that grows with their square. */
const MOST_BIGINT_DIGITS = 10_000;

/**
 * How a number of JSON arrives in a fold. An integer within ±(2^53−1) is a number, a larger one a bigint. A number with a
 * fraction or an exponent is a number where printing it gives the same value again (0.1, 19.90, 1e3). Anything else
 * (1e400, 0.12345678901234567890) is null: no JavaScript value holds it, and the fold gets its text instead.
 */
export function foldNumber(token: string): number | bigint | null {
  const value = Number(token);
  if (isInteger(token)) {
    if (Number.isSafeInteger(value)) return value;
    return token.length <= MOST_BIGINT_DIGITS ? BigInt(token) : null;
  }
  if (isShort(token)) return value;
  return Number.isFinite(value) && sameDecimal(token, String(value)) ? value : null;
}

function isInteger(token: string): boolean {
  for (let i = 0; i < token.length; i++) {
    const code = token.charCodeAt(i);
    if (code === DOT || code === UPPER_E || code === LOWER_E) return false;
  }
  return true;
}

/** At most 15 digits and no exponent: a double gives every such decimal back. */
function isShort(token: string): boolean {
  if (token.length > 16) return false;
  for (let i = 0; i < token.length; i++) {
    const code = token.charCodeAt(i);
    if (code === UPPER_E || code === LOWER_E) return false;
  }
  return true;
}

const DOT = 0x2e;
const UPPER_E = 0x45;
const LOWER_E = 0x65;

const PARTS = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/;

function sameDecimal(a: string, b: string): boolean {
  return normalForm(a) === normalForm(b);
}

/** Sign, digits without zeros at either end, and the power of ten of the last one: equal texts are equal values. */
function normalForm(token: string): string {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = PARTS.exec(token) ?? [];
  const digits = `${whole}${fraction}`.replace(/^0+/, '');
  const significant = digits.replace(/0+$/, '');
  if (significant === '') return '0';
  return `${sign}${significant}e${Number(exponent) - fraction.length + (digits.length - significant.length)}`;
}
