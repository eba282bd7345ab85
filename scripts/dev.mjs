/**
 * `npm run dev`: the renderer from Vite's server with hot reload, everything else rebuilt and Electron restarted on change.
 */
import { spawn } from 'node:child_process';
import path from 'node:path';
import { prepareApplication } from './setup/application.mjs';
import { forgetBuild } from './setup/compile.mjs';
import { hasDisplay, openVirtualDisplay } from './setup/display.mjs';
import { enter } from './setup/enter.mjs';
import { root } from './setup/paths.mjs';
import { say } from './setup/progress.mjs';

const WATCHED = ['main', 'preload'];

/**
 * Builds for the main process and the preload script, again after each change.
 * @param {() => void} onBuilt called after each round that leaves all of them built
 */
async function watchBuilds(onBuilt) {
  const { createBuilder } = await import('vite');
  const watch = { build: { watch: {} } };
  const builder = await createBuilder({
    root: path.join(root, 'renderer'),
    configFile: path.join(root, 'vite.config.ts'),
    logLevel: 'warn',
    environments: { main: watch, preload: watch },
  });
  /** Those whose last round had no error. */
  const built = new Set();
  for (const name of WATCHED) {
    const environment = /** @type {import('vite').BuildEnvironment} */ (builder.environments[name]);
    const watcher = /** @type {import('vite').Rolldown.RolldownWatcher} */ (await builder.build(environment));
    let failed = false;
    watcher.on('event', (event) => {
      if (event.code === 'START') {
        failed = false;
        built.delete(name);
      } else if (event.code === 'ERROR') {
        failed = true;
        say(`${name}: ${event.error.message}`);
      } else if (event.code === 'END' && !failed) {
        built.add(name);
        if (built.size === WATCHED.length) onBuilt();
      }
    });
  }
}

/**
 * Keeps one Electron running: started anew when asked, the whole script ended when the person closes it.
 * @param {import('./setup/application.mjs').Application} application
 * @param {NodeJS.ProcessEnv} environment
 * @param {(code: number) => void} onClosed
 */
function keepRunning(application, environment, onClosed) {
  /** @type {import('node:child_process').ChildProcess | undefined} */
  let running;
  const start = () => {
    running = spawn(application.runtime.executable, application.args, {
      cwd: root,
      stdio: 'inherit',
      env: environment,
    });
    running.once('exit', (code) => onClosed(code ?? 1));
  };
  const restart = () => {
    if (!running) return start();
    running.removeAllListeners('exit');
    running.once('exit', start);
    running.kill();
    say('changed: the application starts again');
  };
  return { restart, stop: () => running?.kill() };
}

await enter(async () => {
  forgetBuild();
  const application = await prepareApplication({ build: false });
  const display = hasDisplay() ? undefined : await openVirtualDisplay();
  if (display) say(`no display here: the application runs on a virtual one, DISPLAY=${display.environment.DISPLAY}`);
  const { createServer } = await import('vite');
  const server = await createServer({
    root: path.join(root, 'renderer'),
    configFile: path.join(root, 'vite.config.ts'),
    logLevel: 'warn',
  });
  await server.listen();
  const address = server.resolvedUrls?.local[0];
  say(`renderer at ${address}`);

  /** @type {number} */
  const code = await new Promise((resolve) => {
    const electron = keepRunning(
      application,
      { ...application.environment, ...display?.environment, VITE_DEV_SERVER_URL: address },
      resolve,
    );
    for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
      process.on(signal, () => {
        electron.stop();
        resolve(0);
      });
    }
    void watchBuilds(electron.restart);
  });
  await server.close();
  display?.close();
  process.exit(code);
});
