import { Fragment, type ReactNode } from 'react';
import styles from './visible-text.module.css';

/** Control characters, zero-width characters, bidirectional controls, byte order marks, soft hyphens, tags, lone surrogates. */
const INVISIBLE = /\p{Cc}|\p{Cf}|\p{Cs}|\p{Zl}|\p{Zp}|\u034f|[\u115f\u1160\u3164\uffa0]|[\u17b4\u17b5]|\p{Variation_Selector}/gu;

/** Text with what cannot be seen shown as its code point, so that no order or length is a lie. */
export function visibleText(text: string): ReactNode {
  if (text.search(INVISIBLE) === -1) return text;
  const parts: ReactNode[] = [];
  let from = 0;
  for (const match of text.matchAll(INVISIBLE)) {
    if (match.index > from) parts.push(text.slice(from, match.index));
    const code = (match[0].codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
    parts.push(
      <span className={styles['mark']} title={`U+${code}`}>
        {code}
      </span>,
    );
    from = match.index + match[0].length;
  }
  parts.push(text.slice(from));
  // The parts never move: their place is their identity.
  return parts.map((part, index) => <Fragment key={index}>{part}</Fragment>);
}
