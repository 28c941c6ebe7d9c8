import { buildApp } from './runtime/build-app.ts';
import { runScript } from './runtime/say.ts';

/** `npm run build`: the app into out/, whether or not it is up to date. */
runScript(async () => {
  await buildApp();
  return 0;
});
