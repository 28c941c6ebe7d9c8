/** A file name for a fold, whatever the fold is called: no separators, no control characters, none that a system reserves. */
export function foldFileName(name: string): string {
  const safe = name
    .replaceAll(/[\p{C}<>:"/\\|?*]+/gu, '-')
    .replaceAll(/^[.\s-]+|[.\s-]+$/g, '')
    .slice(0, 80);
  return `${safe === '' || /^(con|prn|aux|nul|com\d|lpt\d)$/i.test(safe) ? 'fold' : safe}.js`;
}
