import type { Importers } from './imports.ts';

/** What judges a change. */
export interface Selection {
  /** Test files. */
  tests: string[];
  /** Folders with a tsconfig.json of their own. */
  workspaces: string[];
  /** Whether the document of the API may say something else now. */
  document: boolean;
}

/**
 * Where the whole is put together: who imports the API there, such as a test that talks to it over HTTP, imports every
 * feature, and none in particular.
 */
const WHOLE =
  /^apps\/api\/src\/((app|server|main|development|resources|openapi-document)\.ts|(testing|cli)\/)|^apps\/web\/src\/(app|testing)\//;

/** What a package offers: the tests of others judge their own use of it, when all tests run. */
const OFFER = /^packages\/[^/]+\/src\/(index|workspace\/index)\.ts$/;

const TEST = /\.test\.tsx?$/;
/** Each begins with a service and people of its own: those of the subject are enough for a first judgement. */
const DATABASE_TEST = /\.db\.test\.ts$/;

/** A folder that is about one thing: a feature or a part of one, a part of the platform, a package. */
const SUBJECT =
  /^(apps\/(api|web)\/src\/features\/[^/]+(\/[^/]+)?|apps\/(api|web)\/src\/(?!features|testing)[^/]+(\/[^/]+)?|packages\/(?!tasks)[^/]+\/src)\//;

/** Tests that read the sources of the API, whatever is in them. */
const READERS = ['apps/api/src/table-owners.test.ts'];

/**
 * Chooses what a change touches: the tests of its feature, those without a database that import what changed (through
 * others too, but not through the places where everything is put together), and the types of all who import it.
 *
 * @param changed paths of files, of which some may be gone
 * @param sources all there are
 */
export function select(changed: readonly string[], sources: readonly string[], importers: Importers): Selection {
  const touched = dependents(changed, importers, (file) => WHOLE.test(file) || OFFER.test(file));
  const typed = dependents(changed, importers, (file) => WHOLE.test(file));
  const isApi = changed.some((file) => file.startsWith('apps/api/src/') && !TEST.test(file));
  const subjects = [...new Set(changed.flatMap((file) => SUBJECT.exec(file)?.[0] ?? []))];
  const tests = sources.filter(
    (file) =>
      TEST.test(file) &&
      (changed.includes(file) ||
        (touched.has(file) && !DATABASE_TEST.test(file)) ||
        subjects.some((subject) => file.startsWith(subject)) ||
        (isApi && READERS.includes(file))),
  );
  return {
    tests,
    workspaces: [...new Set([...typed].map(workspaceOf))].sort(),
    document: changed.some((file) => /^apps\/api\/src\/(http\/|.*(schemas|routes)\.ts$)/.test(file)),
  };
}

/** The files themselves and all who import them, not through one at which to `stop`. */
function dependents(files: readonly string[], importers: Importers, stop: (file: string) => boolean): Set<string> {
  const found = new Set(files);
  for (const file of found) {
    if (stop(file) && !files.includes(file)) continue;
    for (const importer of importers.get(file) ?? []) found.add(importer);
  }
  return found;
}

const workspaceOf = (file: string): string => /^((apps|packages|examples)\/[^/]+|docs|e2e)\//.exec(file)?.[1] ?? '.';
