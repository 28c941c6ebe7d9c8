/** What to do about a problem or a damaged version, a sentence or two for each code. docs/errors.md says what the codes mean. */
const ADVICE: Readonly<Record<string, string>> = {
  'config-event-unknown': 'Nothing to do: it is skipped. If a newer program wrote it, open the store with that one.',
  'config-event-incomplete': 'It is skipped. Create or edit the topic that it meant; the event itself stays in the history.',
  'config-event-orphaned': 'It is skipped. Create the topic if it should exist.',
  'config-event-damaged': 'It is skipped. Look at the file or row it names; restore it from a backup if its topic is missing now.',
  'reserved-name': 'Delete the entry: the topic behind it cannot be reached.',
  'data-missing': 'Bring the data back (its disk, its folder), or delete the topic, or start it empty.',
  'config-differs': 'Nothing to do: the history holds, and the next write of the topic mends the copy. Edit the topic to mend it now.',
  'orphan-data': 'Create a topic of that name and adopt the data, or move it out of the store.',
  'config-without-history': 'Create a topic of that name if it should exist; else move the file away.',
  'repository-unavailable': 'Connect its disk, check its permissions, then refresh.',
  gap: 'Look for the missing files in a backup and put them back. The numbers around the gap stay as they are.',
  'duplicate-version': 'Compare the two files and move the one with the shorter name away.',
  'name-without-v': 'Nothing to do: it is read. Rename it to the ten-digit form for the Go program.',
  'odd-name': 'Nothing to do: it is read. Rename it to v and ten digits for the Go program.',
  'version-too-large': 'Move the file away: beyond this number the topic takes no more events.',
  'version-mismatch': 'Nothing to do: the file’s name counts. Check whether it was renamed or copied by hand.',
  'topic-mismatch': 'Nothing to do: the folder’s name counts. Check whether the file belongs to another topic.',
  'duplicate-member': 'Nothing to do: the last one counts. Tell whoever wrote the event.',
  'utf8-bom': 'Nothing to do: the event is read. Tell whoever wrote it.',
  overwritten: 'Stop the other program, compare both events, and append again what is missing.',
  'stray-file': 'Move it out of the store.',
  'leftover-temp-file': 'Delete it when no program is writing: it was never an event.',
  'folder-named-like-event': 'Look at what stands there and move it out of the store.',
  'not-a-file': 'Look at what stands there and move it out of the store.',
  'link-instead-of-file': 'Put the file itself in the link’s place: links are not followed.',
  'unreadable-name': 'Rename it: the name is no text.',
  'missing-config': 'Edit the topic: its config file is written anew.',
  'broken-config': 'Edit the topic: its config file is written anew.',
  'config-name-mismatch': 'Edit the topic: its config file is written anew.',
  'missing-folder': 'Bring the folder of its events back, or delete the topic.',
  'damaged-intent': 'Keep the file. Its batch was never confirmed, or is in the topic already: compare, then move it away.',
  'quarantined-batch': 'Compare the batch with the topic, append again what is missing, then delete it from quarantine.',
  'not-settled': 'Nothing is lost. Check the disk; the next write settles it.',
  'config-unreadable': 'Edit the topic: the database’s copy of its config is written anew.',
  'empty-file': 'Restore the file from a backup. The other versions are read as always.',
  'nul-filled': 'Restore the file from a backup. The other versions are read as always.',
  'invalid-json': 'Restore the file from a backup, or mend it in an editor. The other versions are read as always.',
  'invalid-utf8': 'Restore the file from a backup, or mend its encoding.',
  'not-an-object': 'Restore the file from a backup: it is no event.',
  'missing-member': 'Restore the file from a backup, or add what is missing.',
  'wrong-type': 'Restore the file from a backup, or mend the member that is named.',
  'unreadable-file': 'Check its permissions and its disk.',
  'damaged-row': 'Work on a copy of the database and restore the row from a backup.',
};

const UNKNOWN = 'Look at the named place.';

export function adviceFor(code: string): string {
  return Object.hasOwn(ADVICE, code) ? (ADVICE[code] ?? UNKNOWN) : UNKNOWN;
}

export const ADVISED_CODES: readonly string[] = Object.keys(ADVICE);
