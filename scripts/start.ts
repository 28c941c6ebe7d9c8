import { appArguments } from './runtime/app-arguments.ts';
import { buildAppIfStale } from './runtime/build-app.ts';
import { inherit } from './runtime/command.ts';
import { openDisplay } from './runtime/display.ts';
import { ensureElectron } from './runtime/ensure-electron.ts';
import { projectFolder } from './runtime/places.ts';
import { runScript } from './runtime/say.ts';

/** `npm start [-- PATH]`: opens the window on a store, or on the demo store. */
runScript(async () => {
  const electron = await ensureElectron();
  await buildAppIfStale();
  const display = await openDisplay();
  try {
    const args = [...electron.flags, '.', ...appArguments(process.argv.slice(2), process.env['INIT_CWD'] ?? process.cwd())];
    return await inherit(electron.executable, args, {
      cwd: projectFolder,
      env: { ...process.env, ...electron.environment, ...display.environment },
    });
  } finally {
    await display.close();
  }
});
