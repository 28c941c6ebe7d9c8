import { EventStoreError } from '../../shared/model/errors.ts';

const MAX_NAME_BYTES = 200;
const ALLOWED = /^[\p{L}\p{M}\p{Nd}._-](?:[\p{L}\p{M}\p{Nd}._ -]*[\p{L}\p{M}\p{Nd}._-])?$/u;
// oxlint-disable-next-line no-control-regex
const ASCII = /^[\x00-\x7f]*$/;
/** Windows opens these as devices whatever follows a dot. */
const DEVICE = /^(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(?:\..*)?$/iu;

/**
 * Whether a *new* topic may have this name. Names that are already in a store stay readable whatever they are.
 * @throws EventStoreError INVALID_TOPIC_NAME with the reason.
 */
export function validateTopicName(name: string): void {
  const reason = nameFault(name);
  if (reason)
    throw new EventStoreError('INVALID_TOPIC_NAME', `"${name.slice(0, 100)}" cannot be a topic's name: ${reason}`, {
      name: name.slice(0, 300),
      reason,
    });
}

/** Why a new topic cannot have this name; null where it can. */
export function nameFault(name: string): string | null {
  if (name === '') return 'it is empty.';
  if (!name.isWellFormed()) return 'it holds half of a surrogate pair.';
  const bytes = new TextEncoder().encode(name).length;
  if (bytes > MAX_NAME_BYTES) return `it is ${bytes} bytes long; at most ${MAX_NAME_BYTES} fit every file system.`;
  if (name !== name.normalize('NFC')) return 'it is not in Unicode form NFC, so another spelling of it would look the same.';
  if (name === '.' || name === '..') return 'it is a path, not a name.';
  if (!ALLOWED.test(name)) return 'it may hold letters, digits, ".", "_", "-" and inner spaces, and must not begin or end with a space.';
  if (name.endsWith('.')) return 'it ends with a dot, which Windows drops.';
  if (name.startsWith('-')) return 'it starts with "-", which command lines read as an option.';
  if (DEVICE.test(name)) return 'it is the name of a device on Windows.';
  return null;
}

/** Names that fold to the same text are one file on some system, so only one of them may live. */
export function foldTopicName(name: string): string {
  // One form and one lower case: a new topic is held against thousands of names.
  if (ASCII.test(name)) return name.toLowerCase();
  return name.normalize('NFKC').toLowerCase().replaceAll('ß', 'ss').replaceAll('ς', 'σ').replaceAll('ı', 'i').normalize('NFKC');
}
