import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Nodes } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { root } from '../repository.js';

/** One command of a fence: a line, with those that continue it. */
export interface Command {
  /** Of the page, relative to docs. */
  page: string;
  /** The heading that it stands under. */
  heading: string;
  language: 'sh' | 'sql';
  text: string;
}

export interface Page {
  /** Relative to docs. */
  path: string;
  headings: string[];
  commands: Command[];
  /** Targets of links and images, as they are written. */
  links: string[];
  /** Code within sentences. */
  inlineCode: string[];
}

const docs = join(root, 'docs');

/** Every page of the book for operators, the index first. */
export function readBook(): Page[] {
  const pages = readdirSync(join(docs, 'operators'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .sort();
  return ['operators.md', ...pages.map((name) => join('operators', name))].map(readPage);
}

/** @param path of a page of the documentation, relative to docs */
export function readPage(path: string): Page {
  const page: Page = { path, headings: [], commands: [], links: [], inlineCode: [] };
  collect(fromMarkdown(readFileSync(join(docs, path), 'utf8')), page);
  return page;
}

/** The languages of fences that people run; others show what stands in files. */
const isRun = (language: string): language is Command['language'] => language === 'sh' || language === 'sql';

function collect(node: Nodes, page: Page): void {
  if (node.type === 'heading') page.headings.push(textOf(node));
  if (node.type === 'inlineCode') page.inlineCode.push(node.value);
  if (node.type === 'link' || node.type === 'image' || node.type === 'definition') page.links.push(node.url);
  const language = node.type === 'code' ? (node.lang ?? '') : '';
  if (node.type === 'code' && isRun(language)) {
    const heading = page.headings.at(-1) ?? '';
    const texts = language === 'sql' ? [node.value] : splitCommands(node.value);
    page.commands.push(...texts.map((text) => ({ page: page.path, heading, language, text })));
  }
  if ('children' in node) for (const child of node.children) collect(child, page);
}

const textOf = (node: Nodes): string => {
  if ('children' in node) return node.children.map(textOf).join('');
  return 'value' in node ? node.value : '';
};

/** The commands of a shell fence: a line each, with the lines behind a backslash and those of a here-document. */
export function splitCommands(fence: string): string[] {
  const commands: string[] = [];
  const lines = fence.split('\n').values();
  for (const first of lines) {
    if (first.trim() === '' || first.startsWith('#')) continue;
    let text = first;
    while (text.endsWith('\\')) text += `\n${lines.next().value ?? ''}`;
    const [, end] = /<<-?'?(\w+)'?/.exec(text) ?? [];
    for (let line = ''; end !== undefined && line !== end; ) {
      const { done, value } = lines.next();
      if (done) throw new Error(`A here-document has no end: ${first}`);
      line = value;
      text += `\n${line}`;
    }
    commands.push(text);
  }
  return commands;
}

/** The program that a command starts with, behind the variables that are set for it. */
export const programOf = (text: string): string => /^(?:\w+=\S* )*(\S+)/.exec(text)?.[1] ?? '';
