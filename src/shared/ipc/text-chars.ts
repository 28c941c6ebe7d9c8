/** UTF-16 units of all texts of one message; at two bytes each it stays under 256 KiB with what else is in it. */
export const MESSAGE_CHARS = 124 * 1024;
/** UTF-16 units of one long member of a message. */
export const PART_CHARS = 120 * 1024;
/** UTF-16 units of one member, where a message has two that may be long. */
export const TEXT_CHARS = PART_CHARS / 2;
