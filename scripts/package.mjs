/**
 * `npm run package`: the unpacked application for this machine under `release/`.
 * `npm run package -- --release`: the installers for this platform, on the official Electron only.
 */
import { packageForRelease, packageForThisMachine } from './packaging/package.mjs';
import { ensureElectron, releaseRefusal } from './setup/electron/runtime.mjs';
import { prepareApplication } from './setup/application.mjs';
import { enter } from './setup/enter.mjs';
import { SetupError } from './setup/progress.mjs';

await enter(async () => {
  const given = process.argv.slice(2);
  const unknown = given.filter((argument) => argument !== '--release');
  if (unknown.length > 0) throw new SetupError(`unknown option ${unknown.join(' ')}. Known: --release.`);
  const release = given.includes('--release');
  const refusal = release ? releaseRefusal(await ensureElectron()) : undefined;
  if (refusal) throw new SetupError(refusal);
  const application = await prepareApplication({ virtualDisplay: false });
  await (release ? packageForRelease(application) : packageForThisMachine(application));
});
