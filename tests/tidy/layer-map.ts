/**
 * The map that `layers.test.ts` holds: the folder says which process runs the code, imports point one way, and each risky
 * module has one owner.
 *
 * A new folder or package is added here on purpose, by the change that needs it. An exception names its reason and must go
 * when it is no longer used.
 */

export interface Area {
  /** A folder or one file; `*` stands for any one name, and each is then an area of its own. */
  readonly place: string;
  /** What it may import besides itself: whole areas, or folders and files inside of them. */
  readonly areas: readonly string[];
  /** What it may import as types only: the shapes of messages to another process. */
  readonly types?: readonly string[];
  /** The packages it may import; `node` stands for the modules of Node.js. */
  readonly packages: readonly string[];
}

const SHARED = ['shared/domain', 'shared/contract'];
/** Opening, holding and copying a workbook; what is in its tables stays with the services. */
const WORKBOOK_HANDLE = ['electron/workbook/open', 'electron/workbook/workbook', 'electron/workbook/backup'];
/** The kinds of value that every screen writes alike. */
const VALUES = ['shared/domain/quantity', 'shared/domain/money', 'shared/domain/instant', 'shared/domain/decimal-text'];
/** What the frame gives to every screen. Only the list of screens knows them, so nothing goes round in a circle. */
const GIVEN_TO_SCREENS = ['workspace', 'not-reconciled', 'commands', 'screens', 'words', 'notifications', 'settings', 'period-codes', 'shell-commands', 'save-document', 'close-checklist', 'kept', 'preferences', 'printing', 'undo-stack'].map(
  (module) => `renderer/app/${module}`,
);

export const AREAS: readonly Area[] = [
  { place: 'shared/domain', areas: [], packages: ['zod'] },
  { place: 'shared/contract', areas: ['shared/domain'], packages: ['zod'] },
  { place: 'resources', areas: [], packages: [] },

  { place: 'electron/workbook', areas: SHARED, packages: ['node', 'better-sqlite3', 'zod'] },
  {
    place: 'electron/files',
    areas: SHARED,
    packages: ['node', 'exceljs', 'fflate', '@xmldom/xmldom', '@peculiar/x509', 'reflect-metadata', 'pkijs', 'node-forge', 'zod'],
  },
  {
    place: 'electron/services',
    areas: [...SHARED, 'electron/workbook', 'electron/files', 'resources'],
    packages: ['node', 'zod'],
  },
  {
    place: 'electron/ipc',
    areas: [...SHARED, 'electron/services', ...WORKBOOK_HANDLE],
    types: ['electron/job-worker.ts'],
    packages: ['node', 'electron', 'zod'],
  },
  {
    place: 'electron/cli',
    areas: [...SHARED, 'electron/services', 'electron/files/identities', ...WORKBOOK_HANDLE],
    packages: ['node', 'zod'],
  },
  {
    place: 'electron/shell',
    areas: [...SHARED, 'electron/ipc'],
    types: ['electron/workbook-process.ts'],
    packages: ['node', 'electron', 'zod'],
  },
  { place: 'electron/main.ts', areas: [...SHARED, 'electron/shell', 'electron/ipc'], packages: ['node', 'electron'] },
  {
    place: 'electron/workbook-process.ts',
    areas: [...SHARED, 'electron/services', 'electron/ipc', ...WORKBOOK_HANDLE],
    packages: ['node', 'zod'],
  },
  {
    place: 'electron/job-worker.ts',
    areas: [...SHARED, 'electron/services', 'electron/ipc', ...WORKBOOK_HANDLE],
    packages: ['node', 'zod'],
  },
  { place: 'electron/file-thread.ts', areas: ['electron/services/imports/loading'], packages: ['node'] },
  { place: 'electron/preload.ts', areas: SHARED, packages: ['electron'] },

  { place: 'renderer/ui', areas: VALUES, packages: ['react', 'react-dom', '@base-ui/react'] },
  {
    place: 'renderer/charts',
    areas: [...VALUES, 'shared/domain/csv-cell', 'renderer/ui'],
    packages: ['react', '@visx/axis', '@visx/group', '@visx/scale', '@visx/zoom'],
  },
  { place: 'renderer/api', areas: SHARED, packages: ['react'] },
  {
    place: 'renderer/grid',
    areas: [...SHARED, 'renderer/ui'],
    packages: ['react', 'react-dom', 'ag-grid-community'],
  },
  {
    place: 'renderer/features/*',
    areas: [...SHARED, 'renderer/api', 'renderer/charts', 'renderer/grid', 'renderer/ui', ...GIVEN_TO_SCREENS],
    packages: ['react', 'react-dom'],
  },
  { place: 'renderer/app/screen-list.ts', areas: ['renderer/features/*', 'renderer/app'], packages: ['react'] },
  {
    place: 'renderer/app',
    areas: [...SHARED, 'renderer/app/screen-list.ts', 'renderer/api', 'renderer/grid', 'renderer/ui'],
    packages: ['react', 'react-dom', '@fontsource-variable/inter'],
  },
];

export interface Exception {
  readonly file: string;
  readonly specifier: string;
  readonly reason: string;
}

export const EXCEPTIONS: readonly Exception[] = [];

/** Modules that only one place may touch, whatever the areas above allow. */
export const OWNERS: Readonly<Record<string, RegExp>> = {
  'better-sqlite3': /^electron\/workbook\//,
  exceljs: /^electron\/files\//,
  fflate: /^electron\/files\//,
  '@xmldom/xmldom': /^electron\/files\//,
  '@peculiar/x509': /^electron\/files\//,
  pkijs: /^electron\/files\/identities\/pkcs12-modern\.ts$/,
  'node-forge': /^electron\/files\/identities\/pkcs12-legacy\.ts$/,
  '@base-ui/react': /^renderer\/ui\//,
  '@visx/axis': /^renderer\/charts\//,
  '@visx/group': /^renderer\/charts\//,
  '@visx/scale': /^renderer\/charts\//,
  '@visx/zoom': /^renderer\/charts\//,
  'ag-grid-community': /^renderer\/grid\//,
  electron: /^electron\/(shell\/|ipc\/|main\.ts$|preload\.ts$)/,
};
