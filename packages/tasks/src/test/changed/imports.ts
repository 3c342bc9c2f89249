import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import ts from 'typescript';
import { root } from '../../repository.js';

/** Which files import a file, by path from the root. */
export type Importers = ReadonlyMap<string, ReadonlySet<string>>;

/** @param files sources, by path from the root */
export function importersOf(files: readonly string[]): Importers {
  const known = new Set(files);
  const importers = new Map<string, Set<string>>();
  for (const file of files) {
    const { importedFiles } = ts.preProcessFile(readFileSync(join(root, file), 'utf8'), true, true);
    for (const { fileName } of importedFiles) {
      const target = resolved(file, fileName);
      if (target === null || !known.has(target)) continue;
      const those = importers.get(target) ?? new Set();
      importers.set(target, those.add(file));
    }
  }
  return importers;
}

function resolved(from: string, name: string): string | null {
  if (name.startsWith('.')) return normalize(join(dirname(from), name));
  const [, folder, subpath = ''] = /^@sallyport\/([^/]+)(\/.+)?$/.exec(name) ?? [];
  const target = folder === undefined ? undefined : exportsOf(folder)[`.${subpath}`];
  return target === undefined ? null : join('packages', folder ?? '', target);
}

const manifests = new Map<string, Readonly<Record<string, string>>>();

function exportsOf(folder: string): Readonly<Record<string, string>> {
  const known = manifests.get(folder);
  if (known) return known;
  const path = join(root, 'packages', folder, 'package.json');
  const { exports = {} } = existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as { exports?: object }) : {};
  const found = exports as Readonly<Record<string, string>>;
  manifests.set(folder, found);
  return found;
}
