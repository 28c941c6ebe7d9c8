import { readFileSync, statSync } from 'node:fs';

/**
 * Who holds a lock on `path` right now, in words: `sleep (process 123)`, or `this process`. Read from the kernel's
 * own list, so it names who really holds it. Null where nobody does or the system does not tell (not Linux).
 * Opens nothing but /proc: opening and closing the locked file itself would drop this process's own locks on it.
 */
export function lockHolder(path: string): string | null {
  try {
    const { dev, ino } = statSync(path, { bigint: true });
    const file = `${deviceName(dev)}:${ino}`;
    const holders = readFileSync('/proc/locks', 'utf8')
      .split('\n')
      .flatMap((line) => holderOf(line, file));
    const pid = holders.find(({ exclusive }) => exclusive)?.pid ?? holders[0]?.pid;
    return pid === undefined ? null : inWords(pid);
  } catch {
    return null;
  }
}

/** For a person: `free`, or `held by` whoever it is. */
export function lockInWords(path: string): string {
  const holder = lockHolder(path);
  return holder === null ? 'free' : `held by ${holder}`;
}

// `1: POSIX  ADVISORY  WRITE 2043 fe:00:1572877 1073741825 1073741825`; a waiter's line has `->` in front of its kind.
function holderOf(line: string, file: string): { readonly pid: number; readonly exclusive: boolean }[] {
  const [, kind, , access, pid, place] = line.trim().split(/\s+/);
  if (kind === '->' || place !== file || !(Number(pid) > 0)) return [];
  return [{ pid: Number(pid), exclusive: access === 'WRITE' }];
}

// The kernel prints major:minor in hex; `stat` packs both into one number.
function deviceName(dev: bigint): string {
  const major = ((dev >> 8n) & 0xfffn) | ((dev >> 32n) & ~0xfffn);
  const minor = (dev & 0xffn) | ((dev >> 12n) & ~0xffn);
  return [major, minor].map((part) => part.toString(16).padStart(2, '0')).join(':');
}

function inWords(pid: number): string {
  if (pid === process.pid) return 'this process';
  try {
    return `${readFileSync(`/proc/${pid}/comm`, 'utf8').trim()} (process ${pid})`;
  } catch {
    return `process ${pid}`;
  }
}
