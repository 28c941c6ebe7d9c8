import path from 'node:path';
import { inherit } from './runtime/command.ts';
import { openDisplay } from './runtime/display.ts';
import { ensureElectron } from './runtime/ensure-electron.ts';
import { packageFolder, projectFolder } from './runtime/places.ts';
import { runScript } from './runtime/say.ts';

/** `npm run dev`: the window on the dev server, reloading as the sources change. */
runScript(async () => {
  const electron = await ensureElectron();
  const display = await openDisplay();
  const noSandbox = electron.flags.includes('--no-sandbox') ? ['--noSandbox'] : [];
  try {
    return await inherit(process.execPath, [path.join(packageFolder('electron-vite'), 'bin/electron-vite.js'), 'dev', ...noSandbox], {
      cwd: projectFolder,
      // electron-vite asks for the executable itself, not for the folder that the electron package is told.
      env: { ...process.env, ...electron.environment, ...display.environment, ELECTRON_EXEC_PATH: electron.executable },
    });
  } finally {
    await display.close();
  }
});
