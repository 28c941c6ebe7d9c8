import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { TidemarkBridge } from '../src/shared/ipc/api.ts';
import { METHODS } from '../src/shared/ipc/channels.ts';
import { appArguments, electronExecutable, personEnvironment } from './support/running-app.ts';
import { dropPaths } from './support/drop.ts';
import { expect, test } from './support/test.ts';

/** `window.tidemark` inside a function that runs in the page. */
type PageWindow = typeof globalThis & { readonly tidemark: TidemarkBridge };

test.describe('the page', () => {
  test('has the named functions of the bridge, frozen, and nothing of Node or Electron', async ({ launch }) => {
    const { page } = await launch();
    const seen = await page.evaluate(() => {
      const { tidemark } = globalThis as PageWindow;
      const foreign = [
        'require',
        'process',
        'Buffer',
        'module',
        'exports',
        'global',
        '__dirname',
        'setImmediate',
        'ipcRenderer',
        'electron',
      ];
      return {
        foreign: foreign.filter((name) => name in globalThis),
        kinds: Object.entries(tidemark).map(([name, value]) => `${name}:${typeof value}`),
        frozen: Object.isFrozen(tidemark),
        writable: Object.getOwnPropertyDescriptor(globalThis, 'tidemark')?.writable,
        isolated: globalThis.crossOriginIsolated,
        origin: location.origin,
      };
    });
    const names = [...METHODS.map((method) => method.replace(/\.(.)/, (_dot, letter: string) => letter.toUpperCase())), 'onPush', 'cancel'];
    expect(seen).toEqual({
      foreign: [],
      kinds: names.map((name) => `${name}:function`),
      frozen: true,
      writable: false,
      isolated: true,
      origin: 'app://tidemark',
    });
  });

  test('runs in a sandbox, isolated, with every door of the window shut', async ({ launch }) => {
    const { electron } = await launch();
    const preferences = await electron.evaluate(({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents as unknown as { getLastWebPreferences(): Record<string, unknown> };
      return contents.getLastWebPreferences();
    });
    expect(preferences).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
    });
  });
});

test.describe('the content security policy', () => {
  test('blocks what is injected, and lets through what is ours', async ({ launch, troubles }) => {
    troubles.allow(/Refused to|Content Security Policy|TrustedHTML|TrustedScript|Failed to load resource|ERR_/);
    const { page } = await launch();
    const blocked = await page.evaluate(async () => {
      const violations: string[] = [];
      document.addEventListener('securitypolicyviolation', (event) => violations.push(event.effectiveDirective));
      const settle = (): Promise<unknown> => new Promise((resolve) => setTimeout(resolve, 100));
      const add = (tag: string, members: Record<string, string>, text?: string): void => {
        const element = document.createElement(tag);
        for (const [name, value] of Object.entries(members)) element.setAttribute(name, value);
        if (text !== undefined) element.append(text);
        document.body.append(element);
      };
      const attempt = async (inject: () => unknown): Promise<string> => {
        violations.length = 0;
        const outcome: string[] = [];
        try {
          await inject();
        } catch (error) {
          outcome.push(`threw ${(error as Error).name}`);
        }
        // Violations are told in a later turn: all of one attempt, and none of the next.
        await settle();
        return [...outcome, ...violations].join(' ') || 'nothing';
      };
      return {
        control: await attempt(
          () =>
            new Promise((resolve, reject) => {
              const image = new Image();
              image.addEventListener('load', resolve);
              image.addEventListener('error', reject);
              image.src = 'data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7';
              document.body.append(image);
            }),
        ),
        inlineScript: await attempt(() => add('script', {}, 'globalThis.hacked = 1')),
        dataScript: await attempt(() => add('script', { src: 'data:text/javascript,globalThis.hacked=1' })),
        remoteScript: await attempt(() => add('script', { src: 'https://example.org/x.js' })),
        handler: await attempt(() =>
          add('img', {
            src: 'data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7',
            onload: 'globalThis.hacked = 1',
          }),
        ),
        inlineStyle: await attempt(() => add('style', {}, 'body { outline: 9px solid red }')),
        remoteStyle: await attempt(() => add('link', { rel: 'stylesheet', href: 'https://example.org/x.css' })),
        iframe: await attempt(() => add('iframe', { src: 'https://example.org/' })),
        ownIframe: await attempt(() => add('iframe', { src: 'app://tidemark/index.html' })),
        remoteImage: await attempt(() => add('img', { src: 'https://example.org/x.png' })),
        object: await attempt(() => add('object', { data: 'https://example.org/x.swf' })),
        base: await attempt(() => add('base', { href: 'https://example.org/' })),
        html: await attempt(() => {
          document.createElement('div').innerHTML = '<b>x</b>';
        }),
        eval: await attempt(() => add('script', {}, "eval('1')")),
        fetch: await attempt(() => fetch('https://example.org/').catch(() => {})),
        ownFetch: await attempt(() => fetch('app://tidemark/index.html').catch(() => {})),
        fileFetch: await attempt(() => fetch('file:///etc/passwd').catch(() => {})),
        socket: await attempt(() => void new WebSocket('wss://example.org/')),
        blobWorker: await attempt(() => void new Worker(URL.createObjectURL(new Blob(['1'])))),
        hacked: 'hacked' in globalThis,
        outline: getComputedStyle(document.body).outlineWidth,
      };
    });
    const typed = /script-src|trusted-types/;
    const expected: Readonly<Record<string, RegExp>> = {
      control: /^nothing$/,
      inlineScript: typed,
      dataScript: typed,
      remoteScript: typed,
      handler: typed,
      inlineStyle: /style-src-elem/,
      remoteStyle: /style-src-elem/,
      iframe: /frame-src/,
      ownIframe: /frame-src/,
      remoteImage: /img-src/,
      object: /object-src|trusted-types/,
      base: /base-uri/,
      html: /trusted-types/,
      eval: typed,
      fetch: /connect-src/,
      ownFetch: /connect-src/,
      fileFetch: /connect-src/,
      socket: /connect-src/,
      blobWorker: /worker-src|trusted-types/,
    };
    const { hacked, outline, ...attempts } = blocked;
    for (const [name, outcome] of Object.entries(attempts)) expect.soft(outcome, name).toMatch(expected[name] ?? /never/);
    expect(Object.keys(attempts)).toEqual(Object.keys(expected));
    expect(hacked).toBe(false);
    expect(outline).not.toBe('9px');
  });

  test('comes with the page as a header, with a new nonce each time, and nothing else is served', async ({ launch }) => {
    const { electron } = await launch();
    const served = await electron.evaluate(async ({ net }) => {
      const ask = async (url: string, method = 'GET'): Promise<[number, string | null]> => {
        try {
          const answer = await net.fetch(url, { method });
          return [answer.status, answer.headers.get('content-security-policy')];
        } catch {
          return [0, null];
        }
      };
      return {
        page: await ask('app://tidemark/index.html'),
        again: await ask('app://tidemark/index.html'),
        post: (await ask('app://tidemark/index.html', 'POST'))[0],
        other: (await ask('app://evil/index.html'))[0],
        package: (await ask('app://tidemark/../../package.json'))[0],
        encoded: (await ask('app://tidemark/%2e%2e%2f%2e%2e%2fpackage.json'))[0],
        file: (await ask('file:///etc/passwd'))[0],
        remote: (await ask('https://example.org/'))[0],
      };
    });
    expect(served.page[0]).toBe(200);
    expect(served.page[1]).toMatch(/^default-src 'none'; script-src 'self'; style-src 'self' 'nonce-[A-Za-z0-9+/=]{20,}'/);
    expect(served.again[1]).not.toBe(served.page[1]);
    expect(served).toMatchObject({ post: 405, package: 404, encoded: 404 });
    for (const status of [served.other, served.file, served.remote]) expect([0, 403, 404]).toContain(status);
  });
});

test.describe('leaving', () => {
  test('is refused: no other address, no new window', async ({ launch, troubles }) => {
    troubles.allow(/Not allowed to (load local resource|navigate top frame)|Refused to|Content Security Policy|ERR_/);
    const { electron, page } = await launch();
    const here = page.url();
    const targets = [
      'https://example.org/',
      'file:///etc/passwd',
      'app://evil/index.html',
      'app://tidemark/nothing.html',
      'data:text/html,x',
      'javascript:void(globalThis.hacked=1)',
    ];
    for (const url of targets) {
      await page.evaluate((target) => {
        globalThis.location.href = target;
      }, url);
      await page.evaluate((target) => {
        const link = document.createElement('a');
        link.href = target;
        document.body.append(link);
        link.click();
        link.target = '_blank';
        link.click();
        link.remove();
      }, url);
      expect(await page.evaluate((target) => window.open(target), url)).toBeNull();
    }
    await page.evaluate(() => {
      const form = document.createElement('form');
      form.action = 'https://example.org/';
      document.body.append(form);
      form.submit();
    });
    // The page still answers, is still where it was, and is alone.
    expect(await page.evaluate(() => ['hacked' in globalThis, location.href])).toEqual([false, here]);
    expect(electron.windows()).toHaveLength(1);
    expect(await electron.evaluate(({ webContents }) => webContents.getAllWebContents().length)).toBe(1);
  });

  test('to about:blank, which Chromium lets nobody refuse, leads back to the page', async ({ launch }) => {
    const { page } = await launch();
    const here = page.url();
    const visited: string[] = [];
    page.on('framenavigated', (frame) => visited.push(frame.url()));
    await page.evaluate(() => {
      globalThis.location.href = 'about:blank';
    });
    await expect.poll(() => visited).toEqual(['about:blank', here]);
    await expect.poll(() => page.evaluate(() => (globalThis as PageWindow).tidemark.appInfo({}))).toMatchObject({ ok: true });
  });
});

test.describe('permissions', () => {
  test('are all denied', async ({ launch, troubles }) => {
    troubles.allow(/./);
    const { page } = await launch();
    const answers = await page.evaluate(async () => {
      const outcome = async (work: () => unknown): Promise<string> => {
        try {
          const waiting = new Promise((resolve) => setTimeout(() => resolve('no answer'), 3000));
          return `got ${String(await Promise.race([work(), waiting]))}`;
        } catch (error) {
          return `denied ${(error as Error).name}`;
        }
      };
      const { navigator: any } = globalThis as unknown as { navigator: Record<string, Record<string, (...args: unknown[]) => unknown>> };
      const query = async (name: string): Promise<string> => {
        try {
          return (await navigator.permissions.query({ name: name as PermissionName })).state;
        } catch {
          return 'denied';
        }
      };
      const names = [
        'geolocation',
        'notifications',
        'camera',
        'microphone',
        'midi',
        'clipboard-read',
        'clipboard-write',
        'screen-wake-lock',
        'persistent-storage',
        'idle-detection',
        'local-fonts',
        'window-management',
        'storage-access',
        'background-sync',
        'accelerometer',
      ];
      return {
        queries: (await Promise.all(names.map(async (name) => `${name} ${await query(name)}`))).filter((line) => line.endsWith('granted')),
        camera: await outcome(() => navigator.mediaDevices.getUserMedia({ video: true })),
        microphone: await outcome(() => navigator.mediaDevices.getUserMedia({ audio: true })),
        screen: await outcome(() => navigator.mediaDevices.getDisplayMedia({ video: true })),
        geolocation: await outcome(
          () =>
            new Promise((resolve, reject) =>
              navigator.geolocation.getCurrentPosition(resolve, () => reject(new DOMException('', 'NotAllowedError'))),
            ),
        ),
        notification: await outcome(() => Notification.requestPermission()),
        clipboard: await outcome(() => navigator.clipboard.readText()),
        midi: await outcome(() => navigator.requestMIDIAccess({ sysex: true })),
        usb: await outcome(() => any['usb']?.['requestDevice']?.({ filters: [] })),
        serial: await outcome(() => any['serial']?.['requestPort']?.()),
        hid: await outcome(() => any['hid']?.['requestDevice']?.({ filters: [] })),
        fonts: await outcome(() => (globalThis as unknown as { queryLocalFonts?: () => unknown }).queryLocalFonts?.()),
      };
    });
    expect(answers.queries).toEqual([]);
    expect(answers.notification).toBe('got denied');
    for (const [name, answer] of Object.entries(answers)) {
      if (name !== 'queries' && name !== 'notification') expect(answer, name).toMatch(/^(denied |got undefined$|got $)/);
    }
  });
});

test.describe('calls', () => {
  test('from a page that is not ours are refused, though it has our preload script', async ({ launch }) => {
    const { electron } = await launch();
    const replies = await electron.evaluate(async ({ app, BrowserWindow }) => {
      const preload = `${app.getAppPath()}/out/preload/index.cjs`;
      const ask = async (url: string): Promise<unknown> => {
        // oxlint-disable-next-line tidemark/one-place -- a window that is none of ours is the point
        const stranger = new BrowserWindow({ show: false, webPreferences: { preload, sandbox: true, contextIsolation: true } });
        try {
          await stranger.loadURL(url);
          return await stranger.webContents.executeJavaScript('window.tidemark.appInfo({})');
        } finally {
          stranger.destroy();
        }
      };
      return {
        blank: await ask('about:blank'),
        data: await ask('data:text/html,x'),
        ourPageElsewhere: await ask('app://tidemark/index.html'),
      };
    });
    for (const reply of Object.values(replies)) expect(reply).toMatchObject({ ok: false, error: { code: 'INVALID_INPUT' } });
  });

  test('keep 64-bit integers and every token between page and store', async ({ launch }) => {
    const { page } = await launch({ args: ['--demo'] });
    const seen = await page.evaluate(async () => {
      const { tidemark } = globalThis as PageWindow;
      await tidemark.storesCurrent({});
      const made = await tidemark.topicsCreate({ name: 'exact' });
      if (!made.ok) return made;
      const appended = await tidemark.eventsAppend({
        topic: 'exact',
        incarnation: made.value.incarnation,
        expectedVersion: 0,
        events: [{ type: 'seen', data: '{"n": 9223372036854775807, "__proto__": 1.10}', timestamp: -9223372036854775808n }],
      });
      const got = await tidemark.eventsGet({ topic: 'exact', version: 1 });
      return { appended, data: got.ok && got.value.data, timestamp: got.ok && got.value.timestamp === -9223372036854775808n };
    });
    expect(seen).toMatchObject({
      appended: { ok: true, value: { first: 1, last: 1 } },
      data: '{"n":9223372036854775807,"__proto__":1.10}',
      timestamp: true,
    });
  });

  test('reach the page that waits for them, and pushes come as data', async ({ launch }) => {
    const { page } = await launch({ args: ['--demo'] });
    const heard = await page.evaluate(async () => {
      const { tidemark } = globalThis as PageWindow;
      await tidemark.storesCurrent({});
      const pushes: unknown[] = [];
      const stop = tidemark.onPush((...all: unknown[]) => pushes.push(all));
      await tidemark.topicsCreate({ name: 'pushed' });
      stop();
      await tidemark.topicsCreate({ name: 'not-heard' });
      return pushes;
    });
    expect(heard).toContainEqual(['catalogue.changed', {}]);
  });

  test('open no path that no person chose', async ({ launch }) => {
    const { page } = await launch();
    const reply = await page.evaluate(() => (globalThis as PageWindow).tidemark.storesOpen({ path: '/etc' }));
    expect(reply).toMatchObject({ ok: false, error: { code: 'INVALID_INPUT', details: { field: 'path' } } });
  });
});

test.describe('a drop', () => {
  test('gives no path to a page that makes up a file, an entry or a text', async ({ launch }) => {
    const { page } = await launch();
    const replies = await page.evaluate(async () => {
      const { tidemark } = globalThis as PageWindow;
      const open = tidemark.storesOpenDropped as unknown as (input: unknown) => Promise<unknown>;
      const named = new File(['x'], '/etc');
      Object.defineProperty(named, 'path', { value: '/etc' });
      const transfer = new DataTransfer();
      transfer.items.add(new File(['x'], '/etc'));
      const inputs = [
        '/etc',
        { path: '/etc', newWindow: false },
        { file: '/etc', newWindow: false },
        { file: named, newWindow: false },
        { file: transfer.files[0], newWindow: true },
        { file: new Blob(['/etc']), newWindow: false },
        { file: { name: '/etc', path: '/etc' }, newWindow: false },
        { file: Object.create(File.prototype) as unknown, newWindow: false },
      ];
      return [...(await Promise.all(inputs.map((input) => open(input)))), await tidemark.storesOpen({ path: '/etc' })];
    });
    expect(replies).toHaveLength(9);
    for (const reply of replies) expect(reply).toMatchObject({ ok: false, error: { code: 'INVALID_INPUT' } });
  });

  test('that a page sends to itself opens nothing', async ({ launch }) => {
    const { electron, page } = await launch();
    await expect(page.getByRole('heading', { name: 'Tidemark' })).toBeVisible();
    await page.evaluate(() => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File(['x'], '/etc'));
      for (const type of ['dragenter', 'dragover', 'drop']) {
        document.body.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer }));
      }
    });
    await expect(page.getByRole('alert')).toContainText('INVALID_INPUT');
    expect(await page.evaluate(() => (globalThis as PageWindow).tidemark.storesCurrent({}))).toEqual({ ok: true, value: null });
    expect(electron.windows()).toHaveLength(1);
  });

  test('never shows the file itself in the place of the page', async ({ launch }) => {
    const { page } = await launch();
    const here = page.url();
    await expect(page.getByRole('heading', { name: 'Tidemark' })).toBeVisible();
    await dropPaths(page, ['/etc/hostname'], { x: 300, y: 300 });
    await expect(page.getByRole('alert')).toContainText('NOT_A_STORE');
    expect(page.url()).toBe(here);
  });
});

test.describe('the program', () => {
  const current = (page: Page) => page.evaluate(() => (globalThis as PageWindow).tidemark.storesCurrent({}));

  test('brings a page back that crashed, on the same store', async ({ launch, troubles }) => {
    troubles.allow(/crashed/);
    const { electron, page } = await launch({ args: ['--demo'] });
    expect(await current(page)).toMatchObject({ ok: true, value: { kind: 'memory' } });
    const back = electron.evaluate(({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents;
      return new Promise<unknown>((resolve) => {
        contents?.once('did-finish-load', () => resolve(contents.executeJavaScript('window.tidemark.storesCurrent({})')));
        contents?.forcefullyCrashRenderer();
      });
    });
    expect(await back).toMatchObject({ ok: true, value: { kind: 'memory' } });
  });

  test('started a second time hands its wish to the first and ends', async ({ launch }) => {
    const { electron, home, page } = await launch();
    expect(await current(page)).toMatchObject({ ok: true, value: null });
    const second = spawn(electronExecutable(), appArguments(['--demo']), { env: personEnvironment(home), stdio: 'ignore' });
    const [code] = (await once(second, 'exit')) as [number | null];
    expect(code).toBe(0);
    await expect.poll(() => current(page)).toMatchObject({ ok: true, value: { kind: 'memory' } });
    expect(electron.windows()).toHaveLength(1);
    await expect.poll(() => electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getTitle())).toMatch(/ — Tidemark$/);
  });

  test('keeps the theme and the place of its window, and opens what a dialog answers', async ({ launch }) => {
    const first = await launch();
    // A window that is not mapped yet may be given its first size again by the display.
    await expect.poll(() => first.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible())).toBe(true);
    await first.chooseMenu('theme.dark');
    await expect.poll(() => first.electron.evaluate(({ nativeTheme }) => nativeTheme.themeSource)).toBe('dark');
    const bounds = { x: 40, y: 30, width: 1000, height: 650 };
    await first.electron.evaluate(({ BrowserWindow }, wanted) => BrowserWindow.getAllWindows()[0]?.setBounds(wanted), bounds);
    await expect
      .poll(() => first.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBounds()))
      .toMatchObject({ width: 1000, height: 650 });
    await first.electron.close();

    const second = await launch({ home: first.home });
    await expect.poll(() => second.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible())).toBe(true);
    const seen = await second.electron.evaluate(({ BrowserWindow, nativeTheme }) => {
      const window = BrowserWindow.getAllWindows()[0];
      return { theme: nativeTheme.themeSource, background: window?.getBackgroundColor().toLowerCase(), bounds: window?.getBounds() };
    });
    expect(seen).toMatchObject({ theme: 'dark', background: '#15171b', bounds: { width: 1000, height: 650 } });

    await second.answerDialogs(join(second.home, 'made.db'));
    const made = await second.page.evaluate(() => (globalThis as PageWindow).tidemark.storesCreateDialog({ adapter: 'sqlite' }));
    expect(made).toMatchObject({ ok: true, value: { kind: 'sqlite', name: 'made.db', readOnly: null } });
    await second.answerDialogs(null);
    expect(await second.page.evaluate(() => (globalThis as PageWindow).tidemark.storesOpenDialog({ kind: 'file' }))).toEqual({
      ok: true,
      value: null,
    });
    expect(await current(second.page)).toMatchObject({ ok: true, value: { name: 'made.db' } });
  });
});
