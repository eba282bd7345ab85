/**
 * Who may import whom. The folder says which process runs the code; imports point one way; each risky module has one owner.
 *
 * A new folder or package is added here on purpose, by the change that needs it. An exception names its reason and must go
 * when it is no longer used.
 */
import { describe, expect, test } from 'vitest';
import { sourceFiles, specifiersIn, targetOf, textOf } from './source-files';

interface Area {
  /** A folder or one file. */
  readonly place: string;
  /** The areas it may import besides itself. */
  readonly areas: readonly string[];
  /** The packages it may import; `node` stands for the modules of Node.js. */
  readonly packages: readonly string[];
}

const SHARED = ['shared/domain', 'shared/contract'];

const AREAS: readonly Area[] = [
  { place: 'shared/domain', areas: [], packages: ['zod'] },
  { place: 'shared/contract', areas: ['shared/domain'], packages: ['zod'] },

  { place: 'electron/workbook', areas: SHARED, packages: ['node', 'better-sqlite3', 'zod'] },
  {
    place: 'electron/files',
    areas: SHARED,
    packages: ['node', 'csv-parse', 'exceljs', 'fflate', '@xmldom/xmldom', '@peculiar/x509', 'reflect-metadata', 'zod'],
  },
  { place: 'electron/services', areas: [...SHARED, 'electron/workbook', 'electron/files'], packages: ['node', 'zod'] },
  { place: 'electron/ipc', areas: [...SHARED, 'electron/services'], packages: ['node', 'electron', 'zod'] },
  { place: 'electron/cli', areas: [...SHARED, 'electron/services'], packages: ['node'] },
  { place: 'electron/shell', areas: SHARED, packages: ['node', 'electron'] },
  { place: 'electron/main.ts', areas: [...SHARED, 'electron/shell', 'electron/ipc'], packages: ['node', 'electron'] },
  {
    place: 'electron/workbook-process.ts',
    areas: [...SHARED, 'electron/workbook', 'electron/services', 'electron/ipc'],
    packages: ['node'],
  },
  { place: 'electron/job-worker.ts', areas: [...SHARED, 'electron/workbook', 'electron/services', 'electron/ipc'], packages: ['node'] },
  { place: 'electron/preload.ts', areas: SHARED, packages: ['electron'] },

  { place: 'renderer/ui', areas: [], packages: ['react', 'react-dom'] },
  { place: 'renderer/api', areas: SHARED, packages: ['react'] },
  { place: 'renderer/grid', areas: [...SHARED, 'renderer/ui'], packages: ['react', 'ag-grid-community', 'ag-grid-react'] },
  { place: 'renderer/features/*', areas: [...SHARED, 'renderer/api', 'renderer/grid', 'renderer/ui'], packages: ['react', 'react-dom'] },
  {
    place: 'renderer/app',
    areas: [...SHARED, 'renderer/features/*', 'renderer/api', 'renderer/grid', 'renderer/ui'],
    packages: ['react', 'react-dom', '@fontsource-variable/inter'],
  },
  { place: 'renderer/main.tsx', areas: ['renderer/app', 'renderer/ui'], packages: ['react', 'react-dom', '@fontsource-variable/inter'] },
];

interface Exception {
  readonly file: string;
  readonly specifier: string;
  readonly reason: string;
}

const EXCEPTIONS: readonly Exception[] = [];

/** Modules that only one place may touch, whatever the areas above allow. */
const OWNERS: Readonly<Record<string, RegExp>> = {
  'better-sqlite3': /^electron\/workbook\//,
  exceljs: /^electron\/files\//,
  'csv-parse': /^electron\/files\//,
  fflate: /^electron\/files\//,
  '@xmldom/xmldom': /^electron\/files\//,
  '@peculiar/x509': /^electron\/files\//,
  'ag-grid-community': /^renderer\/grid\//,
  'ag-grid-react': /^renderer\/grid\//,
  electron: /^electron\/(shell\/|ipc\/|main\.ts$|preload\.ts$)/,
};

interface Import {
  readonly file: string;
  readonly specifier: string;
}

const imports: readonly Import[] = sourceFiles(['shared', 'electron', 'renderer'], /\.tsx?$/).flatMap((file) =>
  specifiersIn(textOf(file)).map((specifier) => ({ file, specifier })),
);

/** The folder of a feature counts as an area of its own, so that features cannot import each other. */
function areaOf(place: string): { readonly area: Area; readonly instance: string } | undefined {
  for (const area of AREAS) {
    const pattern = new RegExp(`^${area.place.replaceAll('.', '\\.').replace('*', '[^/]+')}(?=/|$)`);
    const instance = (pattern.exec(place) ?? pattern.exec(`${place}.ts`) ?? pattern.exec(`${place}.tsx`))?.[0];
    if (instance !== undefined) return { area, instance };
  }
  return undefined;
}

/** Why an import is not allowed, or undefined. */
function objection({ file, specifier }: Import): string | undefined {
  const from = areaOf(file);
  if (!from) return `${file} lies in no known area`;
  const target = targetOf(file, specifier);
  if ('package' in target) {
    return from.area.packages.includes(target.package) ? undefined : `${from.area.place} may not import ${target.package} (${file})`;
  }
  const to = areaOf(target.ours);
  if (!to) return `${file} imports ${specifier}, which lies in no known area`;
  const allowed = from.instance === to.instance || from.area.areas.includes(to.area.place);
  return allowed ? undefined : `${from.instance} may not import ${to.instance} (${file} imports ${specifier})`;
}

const isExcepted = ({ file, specifier }: Import) => EXCEPTIONS.some((exception) => exception.file === file && exception.specifier === specifier);

describe('layers', () => {
  test('every source file lies in a known area', () => {
    const strays = sourceFiles(['shared', 'electron', 'renderer'], /\.tsx?$/).filter((file) => !file.endsWith('.d.ts') && !areaOf(file));
    expect(strays).toEqual([]);
  });

  test('imports point one way', () => {
    expect(imports.filter((each) => !isExcepted(each)).map(objection).filter((text) => text !== undefined)).toEqual([]);
  });

  test('every exception is still needed', () => {
    const stale = EXCEPTIONS.filter(
      ({ file, specifier }) => !imports.some((each) => each.file === file && each.specifier === specifier && objection(each)),
    );
    expect(stale).toEqual([]);
  });

  test.each(Object.entries(OWNERS))('%s is imported by its owner only', (module, owner) => {
    const strangers = imports
      .filter(({ file, specifier }) => {
        const target = targetOf(file, specifier);
        return 'package' in target && target.package === module && !owner.test(file);
      })
      .map(({ file }) => file);
    expect(strangers).toEqual([]);
  });

  test('the bridge to the main process is touched in renderer/api only', () => {
    const names = [...textOf('electron/preload.ts').matchAll(/exposeInMainWorld\(\s*['"](\w+)['"]/g)].map((match) => match[1]!);
    expect(names).not.toEqual([]);
    const bridge = new RegExp(`\\b(?:window|globalThis)\\s*(?:\\.|\\[['"])(?:${names.join('|')})\\b`);
    const strangers = sourceFiles(['renderer'], /\.tsx?$/).filter((file) => !file.startsWith('renderer/api/') && bridge.test(textOf(file)));
    expect(strangers).toEqual([]);
  });

  test('the map refuses what it should', () => {
    const refused: readonly Import[] = [
      { file: 'shared/domain/money.ts', specifier: 'node:fs' },
      { file: 'shared/domain/money.ts', specifier: '../contract/periods' },
      { file: 'electron/services/periods.ts', specifier: 'electron' },
      { file: 'electron/services/periods.ts', specifier: '../ipc/door' },
      { file: 'electron/cli/tieout.ts', specifier: 'better-sqlite3' },
      { file: 'renderer/features/import/screen.tsx', specifier: '../explain/bridge' },
      { file: 'renderer/features/import/screen.tsx', specifier: 'ag-grid-community' },
      { file: 'renderer/ui/button.tsx', specifier: '@shared/domain/money' },
      { file: 'electron/unknown/thing.ts', specifier: 'node:fs' },
    ];
    expect(refused.filter((each) => objection(each) === undefined)).toEqual([]);
    expect(objection({ file: 'renderer/features/import/screen.tsx', specifier: './rows' })).toBeUndefined();
    expect(objection({ file: 'electron/main.ts', specifier: './shell/window' })).toBeUndefined();
  });
});

test('imports are found however they are written', () => {
  const text = [
    "import fs from 'node:fs';",
    "import {\n  a,\n  type B,\n} from './several-lines';",
    "import './effect.css';",
    "export type { C } from \"@shared/domain/c\";",
    "export * from './all';",
    "const late = await import('exceljs');",
    "// the words import and from 'nowhere' in a comment",
  ].join('\n');
  expect(specifiersIn(text).toSorted()).toEqual(['./all', './effect.css', './several-lines', '@shared/domain/c', 'exceljs', 'node:fs'].toSorted());
});
