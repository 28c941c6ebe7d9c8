import { run } from './run.ts';

// npm runs scripts in the package's folder; paths are meant from where the person stands.
const folder = (process.env['npm_lifecycle_event'] === 'cli' && process.env['INIT_CWD']) || process.cwd();

// The exit code is set, not exited with: Node ends by itself when everything is handed over and closed.
process.exitCode = await run(process.argv.slice(2), { stdin: process.stdin, stdout: process.stdout, stderr: process.stderr, folder });
