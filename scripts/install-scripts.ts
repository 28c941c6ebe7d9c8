import { capture } from './runtime/command.ts';
import { projectFolder } from './runtime/places.ts';
import { runScript, say } from './runtime/say.ts';

/** Fails when a package has an install script that package.json neither allows nor refuses by name. */
runScript(async () => {
  const listed = await capture('npm', ['install-scripts', 'ls', '--json'], { cwd: projectFolder });
  if (/is not a command|unknown command/i.test(listed.output)) {
    say('this npm cannot list install scripts (npm 11.19 can); not checked');
    return 0;
  }
  if (listed.code === 0 && /"allowScripts":\s*\[\s*\]/.test(listed.output)) return 0;
  say(`packages with install scripts that allowScripts in package.json does not name:\n${listed.output}`);
  return 1;
});
