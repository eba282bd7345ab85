/**
 * Called by electron-builder when the application's folder is laid out, before fuses and signing.
 */
import fs from 'node:fs';
import path from 'node:path';

/**
 * Removes Electron's start page: an application that finds its own archive never shows it, and it must not be startable.
 * @param {import('electron-builder').AfterPackContext} context
 */
export default function afterPack(context) {
  const resources = context.packager.getResourcesDir(context.appOutDir);
  fs.rmSync(path.join(resources, 'default_app.asar'), { force: true });
}
