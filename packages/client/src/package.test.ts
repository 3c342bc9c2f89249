import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { compileOutside, installBeside, Packed } from './testing/packed.ts';

/* The package as npm would have it: packed, and used in a folder outside the workspace. */

const SIZE_LIMIT_BYTES = 6 * 1024;
const root = join(import.meta.dirname, '..');
let outside: string;
let packed: Packed;

beforeAll(() => {
  outside = mkdtempSync(join(tmpdir(), 'sallyport-client-'));
  packed = new Packed(root, outside);
  // Only its types are needed.
  installBeside(root, outside, ['openapi-fetch']);
  writeFileSync(join(outside, 'package.json'), JSON.stringify({ name: 'consumer', type: 'module' }));
}, 300_000);
afterAll(() => rmSync(outside, { recursive: true, force: true }));

test('it is as npm wants it, with types that are right wherever ES modules are', async () => {
  expect(await packed.faults()).toEqual([]);
}, 60_000);

test('it is small, has no test and needs nothing of the workspace', () => {
  const { text, compressedBytes } = packed.code();
  expect(compressedBytes).toBeLessThanOrEqual(SIZE_LIMIT_BYTES);
  expect(text).not.toMatch(/\bfrom\s*["']|\bimport\s*\(/);
  expect(Object.keys(packed.manifest().dependencies)).toEqual(['openapi-fetch']);
  expect(packed.files().filter((file) => /\.test\.|src\//.test(file))).toEqual([]);
});

/** What the code of the pages takes for granted. */
const given = `
type Client = typeof import('@sallyport/client');
declare const answer: Client['answer'];
declare const items: Client['items'];
declare const createSallyportClient: Client['createSallyportClient'];
declare const verifyAuditProof: Client['verifyAuditProof'];
declare const api: ReturnType<Client['createSallyportClient']>;
type AuditEvent = Parameters<Client['verifyAuditProof']>[0]['event'];
declare const keys: Parameters<Client['verifyAuditProof']>[0]['keys'];
declare const email: string, password: string, code: string;
declare function show(...what: unknown[]): void;
declare const process: { argv: string[]; env: Record<string, string> };
// Younger than the types of this compiler.
interface PublicKeyCredential { toJSON(): never }
interface CredentialsContainer { get(options: { publicKey: object }): Promise<PublicKeyCredential> }
`;

test('what its README and the pages of the documentation show compiles against it', () => {
  const guide = join(root, '../../docs/guide');
  const pages = [join(root, 'README.md'), ...readdirSync(guide).map((name) => join(guide, name))];
  const blocks = pages.flatMap((page) =>
    [...readFileSync(page, 'utf8').matchAll(/^```ts\n(.*?)^```/gms)].map(([, code = '']) => code),
  );
  expect(blocks.length).toBeGreaterThan(4);
  // Browsers have another `event` for all.
  const files = blocks.map((code, index) => [
    `page-${index}.ts`,
    `${code}\ndeclare const event: AuditEvent;\nexport {};\n`,
  ]);
  compileOutside(outside, { ...Object.fromEntries(files), 'given.d.ts': given }, ['Bundler']);
}, 60_000);

const program = `
import { answer, createSallyportClient, isProblem, items } from '@sallyport/client';

const api = createSallyportClient({ baseUrl: String(process.argv[2]) });
const emails: string[] = [];
for await (const user of items((query) => api.GET('/api/v1/users', { params: { query } }))) emails.push(user.email);
const refused = await answer(api.POST('/api/v1/auth/login', { body: { email: 'a@b.example', password: 'x' } })).catch(
  (error: unknown) => (isProblem(error, 'invalid_credentials') ? error.code : 'other'),
);
console.log(JSON.stringify({ emails, refused }));

const { error } = await api.GET('/api/v1/me');
const codes: 'unauthenticated' | 'not_for_service_accounts' | 'invalid_request' | 'internal_error' | 'overloaded' | 'unavailable' | 'request_timeout' | 'headers_too_large' | undefined = error?.code;
// @ts-expect-error: no operation is called so
void api.GET('/api/v1/nothing');
// @ts-expect-error: a code that there is not
isProblem(error, 'no_such_code');
void codes;
`;

test('a program outside the workspace compiles against it and runs with it', async () => {
  compileOutside(outside, { 'program.ts': program, 'node.d.ts': 'declare const process: { argv: string[] };\n' });

  const server = createServer((request, response) => {
    const answerWith = (status: number, body: object) => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    };
    if (request.url === '/api/v1/users')
      answerWith(200, { items: [{ email: 'a' }, { email: 'b' }], nextCursor: 'next' });
    else if (request.url === '/api/v1/users?cursor=next')
      answerWith(200, { items: [{ email: 'c' }], nextCursor: null });
    else answerWith(401, { code: 'invalid_credentials', title: 'No', status: 401 });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    const { port } = server.address() as { port: number };
    const { stdout } = await promisify(execFile)(process.execPath, ['out/program.js', `http://127.0.0.1:${port}`], {
      cwd: outside,
    });
    expect(JSON.parse(stdout)).toEqual({ emails: ['a', 'b', 'c'], refused: 'invalid_credentials' });
  } finally {
    server.close();
  }
}, 300_000);
