import { json } from '@codemirror/lang-json';
import { StreamLanguage, type LanguageSupport } from '@codemirror/language';

/** One JSON value. */
export const jsonLanguage: LanguageSupport = json();

/** One JSON value a line, or one over many lines: coloured token by token, so that a fault in one line leaves the others alone. */
export const jsonLinesLanguage = StreamLanguage.define<null>({
  name: 'json lines',
  startState: () => null,
  token: (stream) => {
    if (stream.eatSpace()) return null;
    if (stream.match(/^"(?:[^"\\]|\\.)*"?/)) return stream.match(/^\s*:/, false) ? 'propertyName' : 'string';
    if (stream.match(/^-?\d[\d.eE+-]*/)) return 'number';
    if (stream.match(/^(?:true|false|null)\b/)) return 'null';
    stream.next();
    return null;
  },
  languageData: { closeBrackets: { brackets: ['[', '{', '"'] } },
});
