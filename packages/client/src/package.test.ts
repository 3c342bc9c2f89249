import { execFile, execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { afterAll, beforeAll, expect, test } from 'vitest';

/* The package as npm would have it: packed, and used in a folder outside the workspace. */

const SIZE_LIMIT_BYTES = 6 * 1024;
const root = join(import.meta.dirname, '..');
let outside: string;
let tarball: Buffer;
let installed: string;

beforeAll(() => {
  outside = mkdtempSync(join(tmpdir(), 'sallyport-client-'));
  execFileSync('pnpm', ['pack', '--pack-destination', outside], { cwd: root, stdio: 'pipe' });
  const archive = join(outside, 'sallyport-client-0.1.0.tgz');
  tarball = readFileSync(archive);
  installed = join(outside, 'node_modules/@sallyport/client');
  mkdirSync(installed, { recursive: true });
  execFileSync('tar', ['-xzf', archive, '--strip-components=1', '-C', installed]);
  // What npm would install beside it; only its types are needed.
  symlinkSync(join(root, 'node_modules/openapi-fetch'), join(outside, 'node_modules/openapi-fetch'));
  writeFileSync(join(outside, 'package.json'), JSON.stringify({ name: 'consumer', type: 'module' }));
}, 180_000);
afterAll(() => rmSync(outside, { recursive: true, force: true }));

test('publint finds nothing', async () => {
  const { messages, pkg } = await publint({ pack: { tarball: new Uint8Array(tarball).buffer }, strict: true });
  expect(messages.map((message) => formatMessage(message, pkg))).toEqual([]);
}, 60_000);

test('its types are right wherever ES modules are; for require() there is nothing', async () => {
  const checked = await checkPackage(createPackageFromTarballData(new Uint8Array(tarball)));
  const problems = checked.types ? checked.problems : ['no types'];
  expect(problems).toEqual([{ kind: 'CJSResolvesToESM', entrypoint: '.', resolutionKind: 'node16-cjs' }]);
}, 60_000);

test('it is small, has no test and needs nothing of the workspace', () => {
  const code = readFileSync(join(installed, 'dist/index.js'));
  expect(gzipSync(code).byteLength).toBeLessThanOrEqual(SIZE_LIMIT_BYTES);
  expect(code.toString()).not.toMatch(/\bfrom\s*["']|\bimport\s*\(/);
  const { dependencies } = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'));
  expect(Object.keys(dependencies)).toEqual(['openapi-fetch']);
  const files = execFileSync('tar', ['-tzf', '-'], { input: tarball }).toString().split('\n');
  expect(files.filter((file) => /\.test\.|src\//.test(file))).toEqual([]);
});

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
const codes: 'unauthenticated' | 'invalid_request' | 'internal_error' | 'overloaded' | 'unavailable' | 'request_timeout' | 'headers_too_large' | undefined = error?.code;
// @ts-expect-error: no operation is called so
void api.GET('/api/v1/nothing');
// @ts-expect-error: a code that there is not
isProblem(error, 'no_such_code');
void codes;
`;

test('a program outside the workspace compiles against it and runs with it', async () => {
  writeFileSync(join(outside, 'program.ts'), program);
  const strict = { strict: true, target: 'ES2022', lib: ['ES2022', 'DOM'], types: [], skipLibCheck: false };
  const declared = 'declare const process: { argv: string[] };\n';
  writeFileSync(join(outside, 'node.d.ts'), declared);
  for (const [module, moduleResolution] of [
    ['NodeNext', 'NodeNext'],
    ['ESNext', 'Bundler'],
  ]) {
    const compilerOptions = { ...strict, module, moduleResolution, outDir: 'out' };
    writeFileSync(
      join(outside, 'tsconfig.json'),
      JSON.stringify({ compilerOptions, files: ['program.ts', 'node.d.ts'] }),
    );
    execFileSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', outside], { stdio: 'pipe' });
  }

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
}, 180_000);
