import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { _electron } from '@playwright/test';
import { buildAppIfStale } from './runtime/build-app.ts';
import { openDisplay } from './runtime/display.ts';
import { ensureElectron } from './runtime/ensure-electron.ts';
import { projectFolder } from './runtime/places.ts';
import { runScript, say } from './runtime/say.ts';
import { SCENES } from './screens/scenes.ts';
import { storesToShow } from './screens/stores-to-show.ts';

const SIZES = [
  { width: 1280, height: 800 },
  { width: 960, height: 600 },
] as const;
const THEMES = ['light', 'dark'] as const;

/**
 * `node scripts/screenshots.ts [FOLDER [SCENE…]]`: every screen in both themes and sizes, with empty, normal, huge, damaged and
 * hostile data, into FOLDER (docs/screenshots/all by default, which git ignores), to be looked at. A scene that fails leaves a
 * picture of where it stood, and the others go on.
 */
runScript(async () => {
  const [, , into, ...wanted] = process.argv;
  const target = path.resolve(into ?? path.join(projectFolder, 'docs/screenshots/all'));
  await mkdir(target, { recursive: true });
  const electron = await ensureElectron();
  await buildAppIfStale();
  const display = await openDisplay();
  const folder = await mkdtemp(path.join(tmpdir(), 'tidemark-screens-'));
  const stores = storesToShow(folder);
  let failed = 0;
  try {
    for (const { name, args, steps } of SCENES.filter((scene) => wanted.length === 0 || wanted.includes(scene.name))) {
      const app = await _electron.launch({
        executablePath: electron.executable,
        // The stores are new: without this each picture would begin with the question whether to write to them.
        args: [...electron.flags, projectFolder, '--read-write', ...(await args(stores))],
        env: {
          ...cleanEnvironment(),
          ...electron.environment,
          ...display.environment,
          HOME: folder,
          XDG_CONFIG_HOME: path.join(folder, `${name}-settings`),
        },
      });
      try {
        const page = await app.firstWindow();
        await page.waitForLoadState('load');
        const trouble = await (steps?.(page) ?? Promise.resolve()).then(
          () => null,
          (error: unknown) => String(error).split('\n', 1)[0] ?? '',
        );
        if (trouble !== null) {
          failed++;
          say(`${name} failed: ${trouble}`);
        }
        for (const size of SIZES) {
          await app.evaluate(
            ({ BrowserWindow }, { width, height }) => BrowserWindow.getAllWindows()[0]?.setContentSize(width, height),
            size,
          );
          for (const theme of THEMES) {
            await page.emulateMedia({ colorScheme: theme });
            // What is measured after a change of size is drawn some frames later.
            await page.waitForTimeout(100);
            await page.screenshot({ path: path.join(target, `${name}-${theme}-${size.width}${trouble === null ? '' : '-failed'}.png`) });
          }
        }
      } finally {
        await app.close();
      }
      say(`took ${name}`);
    }
  } finally {
    await display.close();
    await rm(folder, { recursive: true, force: true });
  }
  return failed === 0 ? 0 : 1;
});

function cleanEnvironment(): Record<string, string> {
  return Object.fromEntries(Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined));
}
