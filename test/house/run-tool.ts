import { execFile } from 'node:child_process';
import path from 'node:path';

/** Runs a tool of node_modules in a folder. stdout only; a tool that hangs is killed after a minute and has code null. */
export function runTool(script: string, args: readonly string[], cwd: string): Promise<{ code: number | null; stdout: string }> {
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [path.join(cwd, 'node_modules', script), ...args],
      { cwd, maxBuffer: 64 << 20, timeout: 60_000, killSignal: 'SIGKILL' },
      (_error, stdout) => resolve({ code: child.exitCode, stdout }),
    );
  });
}
