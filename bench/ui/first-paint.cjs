// Required by Electron before the application (`electron -r`): says on stdout when the first window has painted what the
// environment variable FIRST_PAINT selects, in ms since the epoch, and quits.
const { app } = require('electron');

process.argv.splice(process.argv.indexOf(__filename) - 1, 2);

/** Runs in the page: the time after the frame in which an element of `selector` was there with text in it. */
const PAINTED = `(selector) => new Promise((resolve) => {
  const isThere = () => [...document.querySelectorAll(selector)].some(({ textContent }) => textContent !== '');
  const look = () => {
    if (!isThere()) return false;
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => resolve(performance.timeOrigin + performance.now());
      port2.postMessage(null);
    });
    return true;
  };
  if (look()) return;
  const observer = new MutationObserver(() => look() && observer.disconnect());
  observer.observe(document, { childList: true, subtree: true, characterData: true });
})`;

app.once('web-contents-created', (_event, contents) => {
  contents.once('dom-ready', () => {
    void contents.mainFrame.executeJavaScript(`(${PAINTED})(${JSON.stringify(process.env.FIRST_PAINT)})`).then((at) => {
      process.stdout.write(`first paint ${Number(at)}\n`);
      app.quit();
    });
  });
});
