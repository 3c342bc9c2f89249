import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The root folder of the repository. */
export const root = join(import.meta.dirname, '../..');

/** @param path of a file of the repository */
export const read = (path: string): string => readFileSync(join(root, path), 'utf8');

/** The first heading of a text in Markdown, without its marks. */
export const titleOf = (markdown: string): string =>
  (/^# (.+)$/m.exec(markdown)?.[1] ?? '').replace(/`/g, '').replace(/ \{#.*\}$/, '');

/** A page of the site that stands nowhere in `docs` as it is shown. */
export interface MadePage {
  /** In the site, without ending: `reference/users`. */
  path: string;
  /** File of the repository that its links start from. */
  source: string;
  content: string;
}

const packages = ['client', 'react', 'testkit'];
const examples = ['page', 'react', 'script', 'service', 'shell', 'qa', 'webdriverio'];

/** What of an example stands in a page of its own: its README says how to run it. */
const shown = /\.(html|js|ts|tsx|sh|yml)$|^package\.json$/;

/** Files of a folder, each with its path in there; nothing that was installed or made. */
function* filesOf(folder: string, within = ''): Generator<string> {
  for (const entry of readdirSync(join(root, folder, within), { withFileTypes: true })) {
    if (['node_modules', 'dist', 'test-results', 'playwright-report'].includes(entry.name)) continue;
    const path = join(within, entry.name);
    if (entry.isDirectory()) yield* filesOf(folder, path);
    else if (shown.test(path)) yield path;
  }
}

function examplePage(name: string): MadePage {
  const folder = `examples/${name}`;
  const files = [...filesOf(folder)].sort().map((path) => {
    const language = path.split('.').at(-1);
    return `### ${path}\n\n\`\`\`${language}\n${read(`${folder}/${path}`).trimEnd()}\n\`\`\``;
  });
  const source = `${folder}/README.md`;
  return { path: folder, source, content: [read(source).trimEnd(), '## Its files', ...files].join('\n\n') };
}

/** READMEs and files of the repository that are pages of the site too. */
export const repositoryPages: MadePage[] = [
  ...packages.map((name) => `packages/${name}/README.md`).map((source) => ({ source, path: source.slice(0, -10) })),
  { source: 'CONTRIBUTING.md', path: 'contributing' },
]
  .map((page) => ({ ...page, content: read(page.source) }))
  .concat(examples.map(examplePage));

/** Pages of `docs` whose address is not that of their file; without endings. */
export const renamed: Readonly<Record<string, string>> = {
  CHANGELOG: 'changelog',
  'decisions/README': 'decisions/index',
  'sso/README': 'sso/index',
};

/**
 * The page that shows a file or a folder of the repository.
 *
 * @param path within the repository, without a slash at its end
 * @returns address within the site, without ending; null where there is none
 */
export function pageOf(path: string): string | null {
  const made = repositoryPages.find(({ source }) => source === path || source === `${path}/README.md`);
  if (made !== undefined) return made.path;
  const [, page = null] = /^docs\/(.+)\.md$/.exec(path) ?? [];
  if (page !== null && existsSync(join(root, path))) return renamed[page] ?? page;
  return existsSync(join(root, path, 'README.md')) ? pageOf(`${path}/README.md`) : null;
}

/**
 * The file that a page is made of, from which its links start.
 *
 * @param page address within the site, or of the file within `docs`; without ending
 */
export function sourceOf(page: string): string {
  const made = repositoryPages.find(({ path }) => path === page);
  if (made !== undefined) return made.source;
  const [file = page] = Object.entries(renamed).find(([, address]) => address === page) ?? [];
  return `docs/${file}.md`;
}
