import type { Document, Operation } from './document.ts';
import { tags } from './tags.ts';

/** As the whole document is worked on here. */
interface Described extends Document {
  info: { title: string; description: string };
}

type Tagged = Operation & { summary: string; tags: string[] };

/**
 * The API in short, for programs that read: what it is, the rules that hold everywhere, and every operation by chapter,
 * with where more of it stands.
 *
 * @returns Markdown
 * @see https://llmstxt.org
 */
export function llmsText({ info, paths }: Described): string {
  const [summary = '', ...rules] = info.description.split('\n\n');
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      ...(operation as Tagged),
      at: `${method.toUpperCase()} ${path}`,
    })),
  );
  const chapters = tags.map(({ name, description }) => {
    const entries = operations
      .filter((operation) => operation.tags.includes(name))
      .map(
        ({ at, operationId, summary }) => `- [${at}](/docs#/${encodeURIComponent(name)}/${operationId}): ${summary}`,
      );
    return [`## ${name}`, description, entries.join('\n')].join('\n\n');
  });
  return [
    `# ${info.title}`,
    `> ${summary}`,
    'The whole of it, with schemas, examples and the problems of each operation, is the OpenAPI 3.1 document: [openapi.json](/api/v1/openapi.json).',
    ...rules.map((rule) => rule.trim()),
    ...chapters,
  ]
    .join('\n\n')
    .concat('\n');
}
