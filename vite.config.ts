import path from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig, type EnvironmentOptions, type Plugin } from 'vite';

const at = (relative: string) => path.resolve(import.meta.dirname, relative);
const external = ['electron', 'better-sqlite3', /^node:/];

/** A bundle that runs in Node: our code and pure-JavaScript packages inside, native and built-in modules outside. */
const nodeSide = (
  input: Record<string, string>,
  outDir: string,
  format: 'es' | 'cjs',
  target: string,
): EnvironmentOptions => ({
  consumer: 'server',
  keepProcessEnv: true,
  resolve: { noExternal: true, conditions: ['node', 'import', 'default'] },
  build: {
    outDir: at(outDir),
    emptyOutDir: true,
    copyPublicDir: false,
    target,
    minify: false,
    sourcemap: true,
    ssr: true,
    rolldownOptions: {
      input,
      external,
      output: { format, entryFileNames: `[name].${format === 'cjs' ? 'cjs' : 'js'}`, chunkFileNames: 'chunk-[hash].js' },
    },
  },
});

/**
 * The zip writer inside exceljs still calls the deprecated `new Buffer`. Node is silent about that in node_modules, but
 * not in a bundle, where every export would warn on stderr.
 */
const archiverBuffers: Plugin = {
  name: 'archiver-buffers',
  transform(code, id) {
    if (!/[\\/]archiver-utils[\\/]index\.js$/.test(id)) return null;
    const changed = code.replace(/new Buffer\((size|0)\)/g, 'Buffer.alloc($1)').replace(/new Buffer\(/g, 'Buffer.from(');
    // No map of its own: the lines stay where they were.
    return { code: changed, map: null };
  },
};

export default defineConfig({
  root: at('renderer'),
  plugins: [react(), archiverBuffers],
  resolve: { alias: { '@shared': at('shared') } },
  environments: {
    client: {
      build: { outDir: at('dist/renderer'), emptyOutDir: true, target: 'chrome130', sourcemap: true, modulePreload: false },
    },
    main: nodeSide(
      {
        main: at('electron/main.ts'),
        'workbook-process': at('electron/workbook-process.ts'),
        'job-worker': at('electron/job-worker.ts'),
        'file-thread': at('electron/file-thread.ts'),
        cli: at('electron/cli/tieout.ts'),
      },
      'dist/main',
      'es',
      'node20',
    ),
    preload: nodeSide({ preload: at('electron/preload.ts') }, 'dist/preload', 'cjs', 'chrome130'),
  },
  builder: {
    async buildApp(builder) {
      for (const name of ['main', 'preload', 'client']) await builder.build(builder.environments[name]!);
    },
  },
});
