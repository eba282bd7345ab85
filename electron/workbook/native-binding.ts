/**
 * Where better-sqlite3's native part lies when the runtime's Node-API is older than it asks for.
 *
 * Official runtimes have Node-API 10 and need nothing. The stand-in runtime for development and tests has 9 and gets
 * a shim: named by the environment, or packed beside the application.
 */
import path from 'node:path';

/** The path to hand to better-sqlite3 as `nativeBinding`, or undefined where it finds its own. */
export function nativeBindingPath(): string | undefined {
  if (Number(process.versions.napi) >= 10) return undefined;
  if (process.env['TIEOUT_SQLITE_BINDING']) return process.env['TIEOUT_SQLITE_BINDING'];
  const resources = (process as { readonly resourcesPath?: string }).resourcesPath;
  return resources ? path.join(resources, 'native', 'bs3_napi9.node') : undefined;
}
