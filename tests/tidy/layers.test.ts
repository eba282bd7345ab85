/**
 * Holds the map of `layer-map.ts` against every import of the source.
 */
import { describe, expect, test } from 'vitest';
import { type Area, AREAS, EXCEPTIONS, OWNERS } from './layer-map';
import { type ImportedModule, importsIn, sourceFiles, targetOf, textOf } from './source-files';

interface Import extends ImportedModule {
  readonly file: string;
}

const SOURCE = ['shared', 'electron', 'renderer'];

const imports: readonly Import[] = sourceFiles(SOURCE, /\.tsx?$/).flatMap((file) =>
  importsIn(textOf(file)).map((each) => ({ file, ...each })),
);

interface Place {
  readonly area: Area;
  /** The path that stands for the area: with `*` in its place, the name that it stands for here. */
  readonly instance: string;
}

/** The area of a file, whether its path is written with its extension or, as in an import, without. */
function placeOf(path: string): Place | undefined {
  for (const area of AREAS) {
    const pattern = new RegExp(`^${area.place.replaceAll('.', '\\.').replace('*', '[^/]+')}(?=/|$)`);
    const instance = [path, `${path}.ts`, `${path}.tsx`].map((each) => pattern.exec(each)?.[0]).find(Boolean);
    if (instance !== undefined) return { area, instance };
  }
  return undefined;
}

const leadsInto = (allowed: readonly string[], to: Place, path: string): boolean =>
  allowed.some((each) => each === to.area.place || each === path || path.startsWith(`${each}/`));

/** Why an import is not allowed, or undefined. */
function objection({ file, specifier, typesOnly }: Import): string | undefined {
  const from = placeOf(file);
  if (!from) return `${file} lies in no known area`;
  const target = targetOf(file, specifier);
  if ('package' in target) {
    const known = from.area.packages.includes(target.package);
    return known ? undefined : `${from.area.place} may not import ${target.package} (${file})`;
  }
  const to = placeOf(target.ours);
  if (!to) return `${file} imports ${specifier}, which lies in no known area`;
  if (from.instance === to.instance || leadsInto(from.area.areas, to, target.ours)) return undefined;
  if (typesOnly && leadsInto(from.area.types ?? [], to, target.ours)) return undefined;
  return `${from.instance} may not import ${target.ours} (${file})`;
}

/** Files that import each other in a loop, each loop once, as it is met. */
function circles(files: readonly string[], among: readonly Import[]): string[] {
  const known = new Set(files);
  const specifiersIn = new Map<string, string[]>();
  for (const { file, specifier } of among) specifiersIn.set(file, [...(specifiersIn.get(file) ?? []), specifier]);
  const targetsOf = (file: string) =>
    (specifiersIn.get(file) ?? []).flatMap((specifier) => {
      const target = targetOf(file, specifier);
      if (!('ours' in target)) return [];
      return ['', '.ts', '.tsx', '/index.ts'].map((end) => target.ours + end).find((each) => known.has(each)) ?? [];
    });
  const found: string[] = [];
  const state = new Map<string, 'open' | 'done'>();
  const walk = (file: string, way: readonly string[]) => {
    if (state.get(file) === 'open') found.push([...way.slice(way.indexOf(file)), file].join(' > '));
    if (state.has(file)) return;
    state.set(file, 'open');
    for (const target of targetsOf(file)) walk(target, [...way, file]);
    state.set(file, 'done');
  };
  for (const file of files) walk(file, []);
  return found;
}

const isExcepted = ({ file, specifier }: Import) =>
  EXCEPTIONS.some((exception) => exception.file === file && exception.specifier === specifier);

describe('layers', () => {
  test('every source file lies in a known area', () => {
    const strays = sourceFiles(SOURCE, /\.tsx?$/).filter((file) => !file.endsWith('.d.ts') && !placeOf(file));
    expect(strays).toEqual([]);
  });

  test('imports point one way', () => {
    const objections = imports.filter((each) => !isExcepted(each)).map(objection);
    expect(objections.filter((text) => text !== undefined)).toEqual([]);
  });

  test('no file leads back to itself, not even by its types', () => {
    expect(circles(sourceFiles(SOURCE, /\.tsx?$/), imports)).toEqual([]);
  });

  test('every exception is still needed', () => {
    const isNeeded = ({ file, specifier }: (typeof EXCEPTIONS)[number]) =>
      imports.some((each) => each.file === file && each.specifier === specifier && objection(each) !== undefined);
    expect(EXCEPTIONS.filter((exception) => !isNeeded(exception))).toEqual([]);
  });

  test.each(Object.entries(OWNERS))('%s is imported by its owner only', (module, owner) => {
    const importers = imports.filter(({ file, specifier }) => {
      const target = targetOf(file, specifier);
      return 'package' in target && target.package === module;
    });
    expect(importers.map(({ file }) => file).filter((file) => !owner.test(file))).toEqual([]);
  });

  test('the bridge to the main process is touched in renderer/api only', () => {
    const exposed = textOf('electron/preload.ts').matchAll(/exposeInMainWorld\(\s*['"](\w+)['"]/g);
    const names = [...exposed].map((match) => match[1]!);
    expect(names).not.toEqual([]);
    const bridge = new RegExp(`\\b(?:window|globalThis)\\s*(?:\\.|\\[['"])(?:${names.join('|')})\\b`);
    const users = sourceFiles(['renderer'], /\.tsx?$/).filter((file) => bridge.test(textOf(file)));
    expect(users.filter((file) => !file.startsWith('renderer/api/'))).toEqual([]);
  });
});

describe('the map', () => {
  const verdict = (file: string, specifier: string, typesOnly = false) => objection({ file, specifier, typesOnly });

  test.each([
    ['shared/domain/money.ts', 'node:fs'],
    ['shared/domain/money.ts', '../contract/periods'],
    ['electron/services/periods.ts', 'electron'],
    ['electron/services/periods.ts', '../ipc/session'],
    ['electron/cli/tieout.ts', 'better-sqlite3'],
    ['electron/cli/tieout.ts', '../workbook/tables/lines'],
    ['electron/ipc/job-runner.ts', '../job-worker'],
    ['renderer/features/import/screen.tsx', '../explain/bridge'],
    ['renderer/features/import/screen.tsx', 'ag-grid-community'],
    ['renderer/app/palette.tsx', '@base-ui/react/dialog'],
    ['renderer/features/import/screen.tsx', '../../app/frame'],
    ['renderer/app/workspace.ts', '../features/import'],
    ['renderer/ui/button.tsx', '@shared/domain/period'],
    ['electron/unknown/thing.ts', 'node:fs'],
  ])('refuses that %s imports %s', (file, specifier) => {
    expect(verdict(file, specifier)).toBeDefined();
  });

  test('a loop of three files is found once, also where one of them takes a type only', () => {
    const loop = [['a', './b'], ['b', './c'], ['c', './a'], ['c', './d']].map(([file, specifier]) => ({ file: `shared/${file!}.ts`, specifier: specifier!, typesOnly: file === 'c' }));
    const files = ['a', 'b', 'c', 'd'].map((name) => `shared/${name}.ts`);
    expect(circles(files, loop)).toEqual(['shared/a.ts > shared/b.ts > shared/c.ts > shared/a.ts']);
    expect(circles(files, loop.filter(({ specifier }) => specifier !== './a'))).toEqual([]);
  });

  test('allows what points the right way', () => {
    expect(verdict('renderer/features/import/screen.tsx', './rows')).toBeUndefined();
    expect(verdict('renderer/features/import/screen.tsx', '../../app/workspace')).toBeUndefined();
    expect(verdict('renderer/app/screen-list.ts', '../features/import')).toBeUndefined();
    expect(verdict('electron/main.ts', './shell/windows')).toBeUndefined();
    expect(verdict('electron/cli/session.ts', '../workbook/open')).toBeUndefined();
    expect(verdict('electron/ipc/job-runner.ts', '../job-worker', true)).toBeUndefined();
  });
});

test('imports are found however they are written', () => {
  const text = [
    "import fs from 'node:fs';",
    "import {\n  a,\n  type B,\n} from './several-lines';",
    "import './effect.css';",
    'export type { C } from "@shared/domain/c";',
    "export * from './all';",
    "const late = await import('exceljs');",
    "// the words import and from 'nowhere' in a comment",
  ].join('\n');
  expect(importsIn(text)).toEqual([
    { specifier: 'node:fs', typesOnly: false },
    { specifier: './several-lines', typesOnly: false },
    { specifier: './effect.css', typesOnly: false },
    { specifier: '@shared/domain/c', typesOnly: true },
    { specifier: './all', typesOnly: false },
    { specifier: 'exceljs', typesOnly: false },
  ]);
});
