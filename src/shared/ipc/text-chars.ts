/** UTF-16 units; two members of two bytes a unit at worst keep one message under 256 KiB. */
export const TEXT_CHARS = 60 * 1024;
