import { endToEnd } from './runtime/end-to-end.ts';
import { ensureElectron } from './runtime/ensure-electron.ts';
import { runScript } from './runtime/say.ts';

/** `npm run e2e [-- FILE…]`: the built app in a real Electron window. */
runScript(async () => endToEnd(await ensureElectron(), process.argv.slice(2)));
