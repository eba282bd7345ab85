/**
 * What a page in the window must not be able to do, tried from inside the page as hostile content would.
 *
 * The window is a stranger to the machine: no Node.js, no navigation, no other origin, no permission, no file but its own
 * pages, and behind both doors only the calls of the contract in their shape.
 */
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from '@playwright/test';
import type { PortResponse } from '../../shared/contract/bridge';
import { launchTieout, leavePictureOnFailure, type TieoutWindow } from '../support/electron';
import { emptyWorkbook } from '../support/workbook-files';

let tieout: TieoutWindow;
let outside: http.Server;
let outsideAddress: string;
const askedOutside: string[] = [];

leavePictureOnFailure(() => tieout);

test.beforeAll(async () => {
  outside = http.createServer((request, response) => {
    askedOutside.push(request.url ?? '');
    response.setHeader('access-control-allow-origin', '*').end('outside');
  });
  await new Promise<void>((listening) => outside.listen(0, '127.0.0.1', listening));
  outsideAddress = `http://127.0.0.1:${(outside.address() as AddressInfo).port}`;
  const { workbookPath, userDataFolder } = await emptyWorkbook();
  tieout = await launchTieout({
    args: [workbookPath],
    userDataFolder,
    // What the policy refuses, Chromium reports on the console: here that is the success.
    allowedProblems: [/Content Security Policy/i, /ERR_BLOCKED_BY_CLIENT/, /Failed to load resource/, /permission/i, /Not allowed to (load local resource|navigate top frame)/],
  });
  await expect(tieout.page.getByTestId('workbook-name')).toBeVisible();
});

test.afterAll(async () => {
  await tieout?.close();
  outside?.close();
});

test('the page runs in a sandboxed, isolated process', async () => {
  const preferences = await tieout.app.evaluate(({ webContents }) =>
    webContents.getAllWebContents().map((contents) => {
      const { sandbox, contextIsolation, nodeIntegration, webSecurity, webviewTag } = (
        contents as unknown as { getLastWebPreferences(): Electron.WebPreferences }
      ).getLastWebPreferences();
      return { sandbox, contextIsolation, nodeIntegration, webSecurity, webviewTag };
    }),
  );
  expect(preferences).toEqual([{ sandbox: true, contextIsolation: true, nodeIntegration: false, webSecurity: true, webviewTag: false }]);
});

test('the page has neither Node.js nor Electron, and one small door', async () => {
  const reach = await tieout.page.evaluate(() => ({
    globals: ['require', 'process', 'module', 'Buffer', 'global', 'ipcRenderer', 'electron'].filter((name) => name in globalThis),
    door: Object.entries((globalThis as unknown as { tieout: object }).tieout).map(([name, value]) => `${name}: ${typeof value}`),
    frozen: (() => {
      try {
        (globalThis as unknown as Record<string, unknown>)['tieout'] = {};
      } catch {
        return true;
      }
      return 'call' in (globalThis as unknown as { tieout: object }).tieout;
    })(),
  }));
  expect(reach.globals).toEqual([]);
  expect(reach.door.sort()).toEqual(['call: function', 'onEvent: function', 'pathOfFile: function', 'sandboxed: boolean']);
  expect(reach.frozen).toBe(true);
});

test('every permission is denied', async () => {
  const answers = await tieout.page.evaluate(async () => {
    const refusalOf = (ask: Promise<unknown>) => ask.then(() => 'granted', (error: Error) => error.name);
    const position = new Promise((settled) => navigator.geolocation.getCurrentPosition(() => settled('granted'), (error) => settled(`refused, ${error.code}`)));
    return {
      camera: await refusalOf(navigator.mediaDevices.getUserMedia({ video: true })),
      clipboard: await refusalOf(navigator.clipboard.readText()),
      position: await position,
      notifications: await Notification.requestPermission(),
    };
  });
  expect(answers).toMatchObject({ camera: expect.stringMatching(/^Not(Allowed|Found)Error$/), clipboard: 'NotAllowedError', position: 'refused, 1', notifications: 'denied' });
  const checked = await tieout.page.evaluate(() =>
    Promise.all((['geolocation', 'notifications', 'camera', 'microphone'] as PermissionName[]).map(async (name) => (await navigator.permissions.query({ name })).state)),
  );
  expect(checked).toEqual(['denied', 'denied', 'denied', 'denied']);
});

test('no script runs but the own files: inline, in an attribute, from text or from elsewhere', async () => {
  const ran = await tieout.page.evaluate(async (address) => {
    const mark = (name: string) => `globalThis.hostile = [...(globalThis.hostile ?? []), '${name}']`;
    const add = <Tag extends 'script' | 'img'>(tag: Tag, properties: object) => document.body.append(Object.assign(document.createElement(tag), properties));
    add('script', { textContent: mark('inline') });
    add('script', { src: `data:text/javascript,${mark('data')}` });
    add('script', { src: `${address}/script.js` });
    document.body.insertAdjacentHTML('beforeend', `<img src="nowhere.png" onerror="${mark('attribute').replaceAll('"', '&quot;')}">`);
    const refused: string[] = [];
    // Later, by itself: what the test evaluates at once is exempt from the page's policy.
    setTimeout(() => {
      try {
        (0, eval)(mark('eval'));
      } catch (error) {
        refused.push((error as Error).name);
      }
    });
    await new Promise((settled) => setTimeout(settled, 500));
    return { hostile: (globalThis as unknown as { hostile?: string[] }).hostile ?? [], refused };
  }, outsideAddress);
  expect(ran).toEqual({ hostile: [], refused: ['EvalError'] });
  expect(askedOutside).toEqual([]);
});

test('no request leaves the machine, neither from the page nor past its policy', async () => {
  const fromPage = await tieout.page.evaluate(async (address) => {
    const image = new Promise((settled) => Object.assign(new Image(), { src: `${address}/image.png`, onload: () => settled('loaded'), onerror: () => settled('refused') }));
    const socket = new Promise((settled) => {
      try {
        Object.assign(new WebSocket(address.replace('http', 'ws')), { onopen: () => settled('open'), onerror: () => settled('refused') });
      } catch {
        settled('refused');
      }
    });
    return {
      fetch: await fetch(address).then(() => 'answered', () => 'refused'),
      beacon: navigator.sendBeacon(`${address}/beacon`, 'data'),
      image: await image,
      socket: await socket,
    };
  }, outsideAddress);
  expect(fromPage).toMatchObject({ fetch: 'refused', image: 'refused', socket: 'refused' });
  const fromSession = await tieout.app.evaluate(
    ({ session }, address) => session.defaultSession.fetch(address).then(() => 'answered', (error: Error) => error.message),
    outsideAddress,
  );
  expect(fromSession).toContain('ERR_BLOCKED_BY_CLIENT');
  expect(askedOutside).toEqual([]);
});

test('app:// gives the built pages and no file outside of them', async () => {
  const asked = [
    'app://tieout/../package.json',
    'app://tieout/..%2f..%2fpackage.json',
    'app://tieout/%2e%2e/%2e%2e/package.json',
    'app://tieout/assets/..%2f..%2f..%2fpackage.json',
    'app://tieout/..%5c..%5cpackage.json',
    'app://tieout//etc/hostname',
    'app://tieout/%2fetc%2fhostname',
    'app://elsewhere/index.html',
    'app://tieout/%00',
  ];
  const answers = await tieout.app.evaluate(
    ({ session }, addresses) =>
      Promise.all(
        addresses.map((address) =>
          session.defaultSession.fetch(address).then(
            async (response) => ({ status: response.status, holds: (await response.text()).length }),
            () => ({ status: 0, holds: 0 }),
          ),
        ),
      ),
    asked,
  );
  expect(answers.filter(({ status, holds }) => holds > 0 || (status !== 0 && status !== 403 && status !== 404))).toEqual([]);
  const own = await tieout.page.evaluate(() => fetch('app://tieout/index.html').then((response) => ({ status: response.status, policy: response.headers.get('content-security-policy') })));
  expect(own.status).toBe(200);
  expect(own.policy).toContain("default-src 'none'");
  expect(own.policy).not.toContain('unsafe');
  expect(own.policy!.split('; ').filter((rule) => rule.includes('blob:'))).toEqual(["img-src 'self' data: blob:"]);
});

test("what lies in the window's own memory is drawn as a picture, and is no script, page, style, worker or answer", async () => {
  const { page } = tieout;
  const address = page.url();
  const became = await page.evaluate(async () => {
    const made = (content: BlobPart, type: string) => URL.createObjectURL(new Blob([content], { type }));
    const loads = (tag: 'img' | 'script' | 'link' | 'iframe' | 'object' | 'embed', properties: object) =>
      new Promise<string>((settled) => {
        const element = Object.assign(document.createElement(tag), properties, { onload: () => settled('loaded'), onerror: () => settled('refused') });
        document.body.append(element);
        setTimeout(() => settled('refused'), 500);
      });
    const script = made("globalThis.hostileBlob = true", 'text/javascript');
    const html = made('<script>parent.hostileBlob = true</script>', 'text/html');
    const drawing = '<svg xmlns="http://www.w3.org/2000/svg" width="4" height="4"><script>globalThis.hostileBlob = true</script></svg>';
    const pixel = Uint8Array.from(atob('R0lGODlhAQABAIAAAP///wAAACwAAAAAAQABAAACAkQBADs='), (letter) => letter.charCodeAt(0));
    const worker = new Promise<string>((settled) => {
      try {
        const made = new Worker(script);
        made.onerror = () => settled('refused');
        setTimeout(() => settled('refused'), 500);
        made.onmessage = () => settled('loaded');
      } catch {
        settled('refused');
      }
    });
    const frame = Object.assign(document.createElement('iframe'), { src: html });
    document.body.append(frame);
    window.location.href = html;
    return {
      picture: await loads('img', { src: made(pixel, 'image/gif') }),
      drawingCalledPicture: await loads('img', { src: made(drawing, 'image/png') }),
      script: await loads('script', { src: script }),
      style: await loads('link', { rel: 'stylesheet', href: made('body { display: none }', 'text/css') }),
      answer: await fetch(html).then(() => 'answered', () => 'refused'),
      worker: await worker,
      hostile: 'hostileBlob' in globalThis,
    };
  });
  expect(became).toEqual({ picture: 'loaded', drawingCalledPicture: 'refused', script: 'refused', style: 'refused', answer: 'refused', worker: 'refused', hostile: false });
  expect(page.url()).toBe(address);
});

/** A call through the bridge as the page itself makes it. */
const callBridge = (channel: unknown, input: unknown) =>
  tieout.page.evaluate(
    ([name, given]) => (globalThis as unknown as { tieout: { call(channel: unknown, input: unknown): Promise<{ ok: boolean; failure?: string }> } }).tieout.call(name, given),
    [channel, input],
  );

test('the main process refuses calls it does not know and inputs that have another shape', async () => {
  const asked: readonly (readonly [unknown, unknown])[] = [
    ['shell:deleteEverything', {}],
    ['constructor', {}],
    ['__proto__', {}],
    [['shell:state'], {}],
    [null, {}],
    ['shell:setTheme', { theme: 'pink' }],
    ['shell:setTheme', { theme: 'dark', more: 1 }],
    ['shell:openWorkbook', { path: ['a.tieout'] }],
    ['shell:showInFolder', 'a.tieout'],
  ];
  for (const [channel, input] of asked) {
    expect(await callBridge(channel, input), `${JSON.stringify(channel)} ${JSON.stringify(input)}`).toMatchObject({ ok: false, failure: 'invalid_input' });
  }
  expect(await callBridge('shell:state', {})).toMatchObject({ ok: true });
});

test('the workbook process passes over malformed messages, refuses what it does not know, and goes on', async () => {
  const other = await emptyWorkbook();
  const answers = await tieout.page.evaluate(async (workbookPath) => {
    const port = await new Promise<MessagePort>((received) => {
      window.addEventListener('message', (event) => event.data?.tieout === 'workbook-port' && received(event.ports[0]!), { once: true });
      void (globalThis as unknown as { tieout: { call(channel: string, input: unknown): Promise<unknown> } }).tieout.call('shell:openWorkbook', { path: workbookPath });
    });
    const heard: PortResponse[] = [];
    port.addEventListener('message', (event: MessageEvent<PortResponse>) => heard.push(event.data));
    const malformed = [
      null, 'call', 7, [], {}, { kind: 'call' }, { kind: 'call', id: 'one', channel: 'workbook:info', input: {} },
      { kind: 'call', id: 900, channel: 7, input: {} }, { kind: 'cancel' }, { kind: 'close', id: 901 },
      { kind: 'call', id: 902, channel: 'workbook:info', input: {}, more: true },
    ];
    for (const message of malformed) port.postMessage(message);
    port.postMessage({ kind: 'call', id: 9001, channel: 'workbook:erase', input: {} });
    port.postMessage({ kind: 'call', id: 9002, channel: 'constructor', input: {} });
    port.postMessage({ kind: 'call', id: 9003, channel: 'workbook:info', input: { more: true } });
    port.postMessage({ kind: 'call', id: 9004, channel: 'workbook:createPeriod', input: { code: "2026-10'; DROP TABLE periods; --" } });
    port.postMessage({ kind: 'call', id: 9005, channel: 'workbook:info', input: {} });
    const outcomeOf = async (id: number) => {
      for (let turn = 0; turn < 100; turn += 1) {
        const found = heard.find((each) => each.kind === 'outcome' && each.id === id);
        if (found?.kind === 'outcome') return found.outcome as { ok: boolean; failure?: string };
        await new Promise((waited) => setTimeout(waited, 50));
      }
      return undefined;
    };
    const outcomes = [];
    for (const id of [9001, 9002, 9003, 9004, 9005]) outcomes.push(await outcomeOf(id));
    return { outcomes: outcomes.map((outcome) => (outcome?.ok ? 'ok' : outcome?.failure)), toMalformed: heard.filter((each) => each.kind === 'outcome' && each.id >= 900 && each.id < 9000) };
  }, other.workbookPath);
  expect(answers.toMalformed).toEqual([]);
  expect(answers.outcomes).toEqual(['invalid_input', 'invalid_input', 'invalid_input', 'invalid_input', 'ok']);
  await expect(tieout.page.getByTestId('workbook-name')).toBeVisible();
});

test('no window is opened, and no page but the own one is shown', async () => {
  const { page, app } = tieout;
  const own = page.url();
  expect(own).toMatch(/^app:\/\/tieout\//);
  const opened = await page.evaluate(
    (address) => [address, 'app://tieout/index.html', 'file:///', 'about:blank'].map((target) => window.open(target) === null),
    outsideAddress,
  );
  expect(opened).toEqual([true, true, true, true]);
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
  for (const target of [outsideAddress, 'file:///etc/hostname', 'data:text/html,elsewhere']) {
    await page.evaluate((address) => {
      window.location.href = address;
      const link = Object.assign(document.createElement('a'), { href: address, target: '_self' });
      document.body.append(link);
      link.click();
      link.remove();
    }, target);
  }
  await page.evaluate((address) => {
    const frame = Object.assign(document.createElement('iframe'), { src: address });
    document.body.append(frame);
    return new Promise((settled) => setTimeout(settled, 300)).then(() => frame.remove());
  }, outsideAddress);
  expect(page.url()).toBe(own);
  // Asked of the page itself: Playwright still waits for the navigations that were refused.
  expect(await page.evaluate(() => document.querySelector('[data-testid="workbook-name"]')?.textContent)).toBe('Harbor & Pine');
  expect(askedOutside).toEqual([]);
});
