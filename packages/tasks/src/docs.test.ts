import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeAll, expect, test } from 'vitest';
import { root } from './repository.js';
import { run } from './run.ts';
import { ensureSite, siteFolder } from './site.ts';

/** The built pages by their path in the site. */
const pages = new Map<string, string>();

const filesUnder = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => statSync(join(folder, path)).isFile());

beforeAll(async () => {
  await ensureSite();
  for (const path of filesUnder(siteFolder).filter((name) => name.endsWith('.html'))) {
    pages.set(path, readFileSync(join(siteFolder, path), 'utf8'));
  }
  // A machine that is busy with other tests.
}, 180_000);

const plain = (html: string): string => html.replaceAll('&amp;', '&').replaceAll('&quot;', '"');

/** Values of an attribute, wherever it stands. */
const attributes = (html: string, name: string): string[] =>
  [...html.matchAll(new RegExp(`\\s${name}="([^"]*)"`, 'g'))].map(([, value = '']) => plain(value));

test('every link in it leads to a page, a file and a heading that are there', () => {
  const headings = new Map([...pages].map(([path, html]) => [path, new Set(attributes(html, 'id'))]));
  const dead: string[] = [];
  let anchors = 0;
  for (const [path, html] of pages) {
    for (const link of [...attributes(html, 'href'), ...attributes(html, 'src')]) {
      if (/^[a-z]+:/.test(link)) continue;
      const [file = '', anchor] = link.split('#').map(decodeURIComponent);
      const target = normalize(
        file === '' ? path : join(dirname(path), file.endsWith('/') ? `${file}index.html` : file),
      );
      if (!existsSync(join(siteFolder, target))) dead.push(`${path}: ${link}`);
      else if (anchor && !headings.get(target)?.has(anchor)) dead.push(`${path}: ${link}`);
      if (anchor) anchors += 1;
    }
  }
  expect(dead).toEqual([]);
  expect(pages.size).toBeGreaterThan(100);
  expect(anchors).toBeGreaterThan(1000);
});

test('code that it shows was found, and no text of a template is left', () => {
  const lost = [...pages].filter(([, html]) => /Code snippet path not found|&lt;&lt;&lt; |@content/.test(html));
  expect(lost.map(([path]) => path)).toEqual([]);
  expect(pages.get('guide/sign-in.html')).toContain('submitPassword');
  expect(pages.get('start.html')).toContain('onSessionLost');
  expect(pages.get('start.html')).not.toContain('#region');
});

const anchorOf = (name: string): string => name.toLowerCase().replaceAll('_', '-');

test('the reference has every operation with an example and its codes, every schema and every problem', () => {
  type Operation = { operationId: string; responses: object };
  const { paths, components } = JSON.parse(readFileSync(join(root, 'packages/client/openapi.json'), 'utf8')) as {
    paths: Record<string, Record<string, Operation>>;
    components: { schemas: object; examples: object };
  };
  const reference = [...pages].filter(([path]) => path.startsWith('reference/')).map(([, html]) => html);
  const parts = new Map(
    reference.flatMap((html) =>
      html.split('<h2 ').map((part) => [/^id="([^"]+)"/.exec(part)?.[1] ?? '', part] as const),
    ),
  );
  for (const { operationId } of Object.values(paths).flatMap((methods) => Object.values(methods))) {
    const part = parts.get(anchorOf(operationId)) ?? '';
    expect(part, operationId).toMatch(/Example/);
    expect(part, operationId).toContain('language-http');
    expect(part, operationId).toContain('#internal-error');
  }
  const named = [...Object.keys(components.schemas), ...Object.keys(components.examples)];
  expect(named.filter((name) => !parts.has(anchorOf(name)))).toEqual([]);
});

test('its search knows words of the pages, and of the reference that is made', async () => {
  const [file = ''] = filesUnder(join(siteFolder, 'assets')).filter((path) => path.includes('localSearchIndexroot'));
  const { default: text } = (await import(pathToFileURL(join(siteFolder, 'assets', file)).href)) as { default: string };
  const { documentIds, index } = JSON.parse(text) as { documentIds: Record<string, string>; index: [string, object][] };
  const found = Object.values(documentIds);
  expect(found).toContain('/guide/own-domain.html#what-happens-on-another-site');
  expect(found).toContain('/reference/users.html#updateuser');
  expect(found).toContain('/packages/react.html#sallyport-react');
  expect(index.map(([word]) => word)).toEqual(expect.arrayContaining(['passkeys', 'kubernetes', 'jwks']));
});

test('no page asks another host for anything', () => {
  const foreign = [...pages].flatMap(([path, html]) =>
    [...attributes(html, 'src'), ...[...html.matchAll(/<link [^>]*>/g)].flatMap(([tag]) => attributes(tag, 'href'))]
      .filter((link) => /^(https?:)?\/\//.test(link))
      .map((link) => `${path}: ${link}`),
  );
  expect(foreign).toEqual([]);
  for (const path of filesUnder(siteFolder).filter((name) => name.endsWith('.css'))) {
    expect(readFileSync(join(siteFolder, path), 'utf8'), path).not.toMatch(/url\(["']?(https?:)?\/\/|@import/);
  }
});

/** The anchor that repositories and the site give to a heading. */
const slugOf = (heading: string): string =>
  heading
    .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .toLowerCase()
    .replaceAll(/[^\p{Letter}\p{Number}_ -]/gu, '')
    .trim()
    .replaceAll(' ', '-');

test('every link of a text in the repository leads to a file and a heading that are there', async () => {
  const { output } = await run('git', ['ls-files', '*.md']);
  const files = output.trim().split('\n');
  const withoutCode = (file: string): string =>
    readFileSync(join(root, file), 'utf8')
      .replaceAll(/^```.*?^```/gms, '')
      .replaceAll(/`[^`\n]*`/g, 'code');
  const headings = (file: string): Set<string> =>
    new Set([...readFileSync(join(root, file), 'utf8').matchAll(/^#+ (.+)$/gm)].map(([, text = '']) => slugOf(text)));
  const dead: string[] = [];
  for (const file of files) {
    for (const [, link = ''] of withoutCode(file).matchAll(/\]\(([^)\s]+)\)/g)) {
      if (/^([a-z]+:|\/)/.test(link)) continue;
      const [path = '', anchor] = link.split('#');
      const target = path === '' ? file : relative(root, join(root, dirname(file), path));
      if (!existsSync(join(root, target))) dead.push(`${file}: ${link}`);
      else if (anchor && target.endsWith('.md') && !headings(target).has(anchor)) dead.push(`${file}: ${link}`);
    }
    for (const [, path = ''] of readFileSync(join(root, file), 'utf8').matchAll(/^<<< (\S+?)(?:#(\w+))?$/gm)) {
      if (!existsSync(join(root, dirname(file), path))) dead.push(`${file}: ${path}`);
    }
  }
  expect(files.length).toBeGreaterThan(60);
  expect(dead).toEqual([]);
});
