import { ensureElectron } from './runtime/ensure-electron.ts';
import { runScript } from './runtime/say.ts';

/** `npm run runtime`: gets a real Electron onto this machine and prints the path of its executable. */
runScript(async () => {
  const electron = await ensureElectron();
  process.stdout.write(`${electron.executable}\n`);
  return 0;
});
