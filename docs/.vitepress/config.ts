import { copyFileSync, mkdirSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type DefaultTheme, defineConfig } from 'vitepress';
import { copyOf, linkedFiles, repositoryLinks } from './links.ts';
import { chapters, referencePages } from './reference.ts';
import { pageOf, read, renamed, repositoryPages, root, titleOf } from './repository.ts';

const made = new Map([...repositoryPages, ...referencePages].map((page) => [page.path, page]));

/** An entry of the navigation for a page, by its own title. */
function entry(page: string): DefaultTheme.SidebarItem {
  const text = titleOf(made.get(page)?.content ?? read(`docs/${page}.md`));
  const address = made.has(page) ? page : (pageOf(`docs/${page}.md`) ?? page);
  return { text, link: `/${address.replace(/(^|\/)index$/, '$1')}` };
}

const group = (text: string, pages: string[], collapsed = false): DefaultTheme.SidebarItem => ({
  text,
  collapsed,
  items: pages.map(entry),
});

/** The pages of a folder of `docs`, by name. */
const inFolder = (folder: string): string[] =>
  readdirSync(join(root, 'docs', folder))
    .filter((name) => name.endsWith('.md') && name !== 'README.md')
    .sort()
    .map((name) => `${folder}/${name.slice(0, -3)}`);

const tasks = [
  'sign-in',
  'second-step',
  'recovery',
  'passkeys',
  'enrollment',
  'backup-codes',
  'single-sign-on',
  'users',
  'fresh-proofs',
  'errors',
  'rate-limits',
].map((name) => `guide/${name}`);
const foundations = ['sessions', 'factor-events', 'own-domain', 'programs', 'audit-proofs'].map(
  (name) => `guide/${name}`,
);
const operators = ['install', 'configure', 'proxy', 'scale', 'watch', 'alerts', 'back-up', 'upgrade', 'rotate'].concat(
  'recover',
  'faults',
  'commands',
);

const pagesOf = (prefix: string): string[] => [...made.keys()].filter((path) => path.startsWith(`${prefix}/`));

const sidebar: DefaultTheme.SidebarItem[] = [
  group('Start', ['start', 'frontend-developers']),
  group('A page per task', tasks),
  group('Sessions and programs', foundations),
  group('Packages', pagesOf('packages')),
  group('Examples', pagesOf('examples'), true),
  {
    text: 'Reference',
    collapsed: true,
    items: [...chapters.map(({ name, path }) => ({ text: name, link: `/${path}` })), entry('reference/schemas')],
  },
  group('For people who', ['users', 'admins', 'qa-engineers']),
  group('Single sign-on of a provider', ['sso/README', ...inFolder('sso')], true),
  group('For operators', ['operators', ...operators.map((name) => `operators/${name}`)], true),
  group('The product', ['CHANGELOG', 'performance', 'data-protection', 'architecture', 'contributing']),
  group('Decisions', ['decisions/README', ...inFolder('decisions')], true),
];

/** The icon of the pages that people sign in with. */
const icon = `data:image/svg+xml,${encodeURIComponent(read('apps/web/public/favicon.svg'))}`;

export default defineConfig({
  title: 'Sallyport',
  description: 'Sign-in and multi-factor service of a multi-tenant back office',
  // Wherever it is put: a folder of a web server, or a host of its own.
  base: './',
  head: [['link', { rel: 'icon', type: 'image/svg+xml', href: icon }]],
  srcExclude: ['deploy/**'],
  rewrites: Object.fromEntries(Object.entries(renamed).map(([file, page]) => [`${file}.md`, `${page}.md`])),
  cacheDir: '../.cache/docs',
  // Fonts of the machine: nothing is asked of other hosts.
  useWebFonts: false,
  markdown: { config: (md) => void md.use(repositoryLinks) },
  themeConfig: {
    logo: { src: icon, alt: '' },
    nav: [
      { text: 'Start', link: '/start' },
      { text: 'Guide', link: '/frontend-developers' },
      { text: 'Reference', link: `/${chapters[0]?.path}` },
      { text: 'Operate', link: '/operators' },
      { text: 'Changelog', link: '/changelog' },
    ],
    sidebar,
    outline: { level: [2, 3] },
    search: {
      provider: 'local',
      options: {
        // Pages that are made have no file to read; code is not what people look for by words.
        _render: async (text, env, md) => {
          const content = made.get(env.relativePath.replace(/\.md$/, ''))?.content ?? text;
          const html = await md.renderAsync(content.replaceAll(/^```.*?^```$/gms, ''), env);
          return env.frontmatter?.search === false ? '' : html;
        },
      },
    },
  },
  buildEnd({ outDir }) {
    for (const file of linkedFiles) {
      const copy = join(outDir, copyOf(file));
      mkdirSync(dirname(copy), { recursive: true });
      copyFileSync(join(root, file), copy);
    }
  },
});
