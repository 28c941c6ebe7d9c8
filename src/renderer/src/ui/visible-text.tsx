import { Fragment, type ReactNode } from 'react';
import styles from './visible-text.module.css';

/** Control characters, zero-width characters, bidirectional controls, byte order marks, soft hyphens, tags, lone surrogates. */
const INVISIBLE =
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  /[\u0000-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb]|\p{Cs}|[\u{e0000}-\u{e007f}]/gu;

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
