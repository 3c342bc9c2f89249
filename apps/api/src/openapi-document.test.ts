import { createConfig, lintFromString } from '@redocly/openapi-core';
import { problems } from '@sallyport/core';
import { type RulesetDefinition, Spectral } from '@stoplight/spectral-core';
import { oas } from '@stoplight/spectral-rulesets';
import { beforeAll, expect, test } from 'vitest';
import { type Document, operationsOf } from './http/openapi/document.ts';
import recorded from './http/openapi/examples.json' with { type: 'json' };
import { llmsText } from './http/openapi/llms.ts';
import { tags } from './http/openapi/tags.ts';
import { openapiDocument } from './openapi-document.ts';
import { DocumentedApi } from './testing/documented.ts';

let document: Document;
let text: string;
beforeAll(async () => {
  document = (await openapiDocument()) as unknown as Document;
  text = JSON.stringify(document);
}, 120_000);

test("Redocly's rules find nothing", async () => {
  const config = await createConfig({
    extends: ['recommended-strict'],
    rules: {
      // The document comes from whoever runs the service: neither licence nor contact is known here.
      'info-license': 'off',
      'info-license-strict': 'off',
      // A few are for browsers alone and always redirect.
      'operation-2xx-response': 'off',
    },
  });
  const found = await lintFromString({ source: text, absoluteRef: 'openapi.json', config });
  expect(found.map(({ ruleId, message, location }) => `${ruleId}: ${message} ${location[0]?.pointer}`)).toEqual([]);
}, 120_000);

test("Spectral's rules for OpenAPI find nothing, the optional ones included", async () => {
  const spectral = new Spectral();
  spectral.setRuleset({
    extends: [[oas as RulesetDefinition, 'all']],
    rules: {
      // As above.
      'info-contact': 'off',
      'info-license': 'off',
      'license-url': 'off',
      // They stand in the order in which somebody meets them.
      'openapi-tags-alphabetical': 'off',
      // It compiles the schema of each example by itself, for 20 s: all examples are judged below.
      'oas3-valid-media-example': 'off',
    },
  });
  const found = await spectral.run(text);
  expect(found.map(({ code, message, path }) => `${code}: ${message} ${path.join('/')}`)).toEqual([]);
}, 120_000);

test('every operation has a name of its own, a chapter, a summary, a description and the errors that all have', () => {
  const chapters = tags.map(({ name }) => name);
  const operations = operationsOf(document);
  expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length);
  for (const operation of operations) {
    const { operationId, summary, description } = operation;
    expect(chapters, operationId).toEqual(expect.arrayContaining(operation.tags as string[]));
    expect([summary, description], operationId).toEqual([expect.any(String), expect.any(String)]);
    expect(Object.keys(operation.responses), operationId).toEqual(expect.arrayContaining(['400', '500', '503']));
  }
});

/** Where providers send browsers and servers: there is nothing to call. */
const ofProviders = ['completeSso', 'samlAcs', 'samlServiceProviderMetadata', 'ssoCallback'];

test('SEC-50: what has a parameter in its path knows that there may be no such thing', () => {
  const open = Object.entries(document.paths).filter(([path]) => path.includes('{'));
  for (const { operationId, responses } of open.flatMap(([, byMethod]) => Object.values(byMethod))) {
    // The router knows no part of a path that is longer than any id.
    expect(Object.keys(responses), operationId).toContain('404');
  }
});

test('every operation has an example', () => {
  const operations = operationsOf(document).map(({ operationId }) => operationId);
  expect(operations.filter((id) => !(id in recorded)).sort()).toEqual(ofProviders);
  expect(Object.keys(recorded).filter((id) => !operations.includes(id))).toEqual([]);
});

test('every example fits its schema', () => {
  const api = new DocumentedApi(document);
  const misfits: string[] = [];
  let judged = 0;
  const walk = (value: unknown, pointer: string): void => {
    if (typeof value !== 'object' || value === null) return;
    const { schema, examples, example } = value as { schema?: object; examples?: object; example?: unknown };
    if (schema !== undefined && (examples !== undefined || example !== undefined)) {
      const values = Object.values(examples ?? { one: { value: example } });
      for (const each of values as ({ value: unknown } | { $ref: string })[]) {
        judged += 1;
        const one = '$ref' in each ? component(each.$ref) : each.value;
        if (!api.validatorOf(`${pointer}/schema`)?.(one)) misfits.push(`${pointer}: ${JSON.stringify(one)}`);
      }
    }
    for (const [key, part] of Object.entries(value)) {
      walk(part, `${pointer}/${encodeURIComponent(key.replaceAll('~', '~0').replaceAll('/', '~1'))}`);
    }
  };
  const component = ($ref: string): unknown => {
    const examples = document.components.examples as Record<string, { value: unknown }>;
    return examples[$ref.split('/').at(-1) ?? '']?.value;
  };
  walk(document, '');
  expect(misfits).toEqual([]);
  expect(judged).toBeGreaterThan(150);
});

test('what needs a session says so, and what needs none does too', () => {
  const security = Object.fromEntries(operationsOf(document).map(({ operationId, security: of }) => [operationId, of]));
  expect(security).toMatchObject({
    getMe: [{ session: [] }],
    listUsers: [{ session: [] }, { bearer: [] }],
    signIn: [],
    verifySecondFactor: [{ challenge: [] }],
    refreshSession: [{ refresh: [] }],
    ssoCallback: [{ provider: [] }],
  });
});

test('answers say what may follow', () => {
  const { get } = document.paths['/api/v1/users'] ?? {};
  const user = document.paths['/api/v1/users/{id}']?.get;
  expect(get?.responses[200]).toMatchObject({
    links: { nextPage: { operationId: 'listUsers', parameters: { cursor: '$response.body#/nextCursor' } } },
  });
  expect(user?.responses[200]).toMatchObject({
    headers: { ETag: expect.anything() },
    links: {
      change: {
        operationId: 'updateUser',
        parameters: { id: '$response.body#/id', 'if-match': '$response.header.ETag' },
      },
    },
  });
});

test('llms.txt names every operation once, by chapter, and every problem code', () => {
  const short = llmsText(document as Parameters<typeof llmsText>[0]);
  expect(short.split('\n').slice(0, 3)).toEqual([
    '# Sallyport',
    '',
    '> Sign-in and multi-factor service of a multi-tenant back office.',
  ]);
  expect([...short.matchAll(/^## (.*)$/gm)].map(([, name]) => name)).toEqual(tags.map(({ name }) => name));
  for (const { operationId } of operationsOf(document)) expect(short.split(`/${operationId}): `)).toHaveLength(2);
  for (const code of Object.keys(problems)) expect(short).toContain(`| \`${code}\` |`);
  expect(short).not.toContain('undefined');
});
