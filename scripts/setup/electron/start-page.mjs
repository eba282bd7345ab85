/**
 * Runs inside the stand-in runtime, in the place of Electron's own start page: `electron FOLDER` loads that folder's
 * application as an official build would. It is read as text and packed; no script imports it.
 */
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { app as publicApp } from 'electron';

/** With two setters that Electron keeps for its own start page. */
const app = /** @type {Electron.App & { setVersion(version: string): void, setAppPath(folder: string): void }} */ (
  publicApp
);
const folder = process.argv.slice(1).find((argument) => !argument.startsWith('-'));
if (process.argv.includes('--version')) {
  console.log(`v${process.versions.electron}`);
  app.exit(0);
} else if (folder === undefined) {
  console.error('Usage: electron [options] FOLDER [arguments]');
  app.exit(2);
} else {
  const appFolder = path.resolve(folder);
  const description = JSON.parse(fs.readFileSync(path.join(appFolder, 'package.json'), 'utf8'));
  Object.defineProperty(process, 'defaultApp', { value: true, enumerable: true });
  app.setVersion(description.version);
  app.name = description.productName ?? description.name;
  app.setAppPath(appFolder);
  // Awaited at the top level: Electron becomes ready only after it, and the application must register its scheme before.
  await import(pathToFileURL(path.join(appFolder, description.main)).href).catch((error) => {
    console.error(error);
    app.exit(1);
  });
}
