import { existsSync, statSync } from 'node:fs';
import { join, posix } from 'node:path';
import type { MarkdownRenderer } from 'vitepress';
import { pageOf, root, sourceOf } from './repository.ts';

/** Where the site keeps the files of the repository that its pages lead to. */
const FILES = 'files';

/** Files of the repository that a page leads to and that are no page, found while the pages are rendered. */
export const linkedFiles = new Set<string>();

/** Where the site keeps a copy of a file of the repository: as text, whatever it is. */
export const copyOf = (file: string): string => `${FILES}/${file}.txt`;

/** @returns what a link within the repository leads to in the site; the link itself, which is dead, where nothing is */
function siteLink(source: string, link: string): string {
  const [path = '', anchor] = link.split('#');
  const target = posix.join(posix.dirname(source), decodeURIComponent(path)).replace(/\/$/, '');
  const page = pageOf(target);
  if (page !== null) return `/${page.replace(/(^|\/)index$/, '$1')}${anchor === undefined ? '' : `#${anchor}`}`;
  if (!existsSync(join(root, target)) || !statSync(join(root, target)).isFile()) return link;
  linkedFiles.add(target);
  return `/${copyOf(target)}`;
}

/** Links of the pages, which are those of the repository, lead to the pages of the site or to copies of the files. */
export function repositoryLinks(md: MarkdownRenderer): void {
  md.core.ruler.push('repository_links', ({ tokens, env }) => {
    const { relativePath } = env as { relativePath?: string };
    // A heading of a box comes by itself, with no page, and has no links.
    if (relativePath === undefined) return;
    const source = sourceOf(relativePath.replace(/\.md$/, ''));
    for (const token of tokens.flatMap(({ children }) => children ?? [])) {
      const href = token.attrGet('href');
      if (token.type !== 'link_open' || href === null || /^([a-z]+:|#|\/)/.test(href)) continue;
      token.attrSet('href', siteLink(source, href));
    }
  });
}
