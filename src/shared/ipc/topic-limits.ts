/** What one topic may be given through the window. Here and not in the contract, so that the page needs no parser for it. */
export const MAX_OPTIONS = 1000;
/** UTF-16 units. */
export const MAX_OPTION_NAME = 4096;
export const MAX_OPTION_TEXT = 65_536;
