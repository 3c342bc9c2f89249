import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import openapiTypescript, { astToString, type OpenAPI3 } from 'openapi-typescript';
import { ensureGenerated } from './generate.ts';
import { TaskFailed, task } from './progress.ts';
import { root } from './repository.js';

interface OpenApiDocumentModule {
  openapiDocument(): Promise<OpenAPI3>;
}

/** The two files of the generated client, by path: the document itself and the types made from it. */
async function generatedClient(): Promise<Map<string, string>> {
  const module: string = pathToFileURL(join(root, 'apps/api/src/openapi-document.ts')).href;
  const { openapiDocument } = (await import(module)) as OpenApiDocumentModule;
  const document = await openapiDocument();
  // It works on the document itself, and changes it.
  const types = astToString(await openapiTypescript(structuredClone(document), { alphabetize: true }));
  const notice = '// Made from the OpenAPI document by `pnpm generate:client`. Do not edit.\n\n';
  return new Map([
    ['packages/client/openapi.json', `${JSON.stringify(document, null, 2)}\n`],
    ['packages/client/src/openapi.ts', notice + types],
  ]);
}

/** Writes the generated client; with `--check` only compares, and fails where a file is stale. */
await task(async () => {
  await ensureGenerated();
  const files = await generatedClient();
  const stale = [...files].filter(([path, text]) => {
    const file = join(root, path);
    return !existsSync(file) || readFileSync(file, 'utf8') !== text;
  });
  if (process.argv.includes('--check')) {
    if (stale.length === 0) return;
    const names = stale.map(([path]) => path).join(' and ');
    throw new TaskFailed(`${names} no longer fits the API. Run \`pnpm generate:client\` and commit the result.`);
  }
  for (const [path, text] of stale) writeFileSync(join(root, path), text);
});
