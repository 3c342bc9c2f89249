import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { compileOutside, installBeside, Packed } from '../../client/src/testing/packed.ts';

/* The package as npm would have it: packed, and used beside the packed client in a folder outside the workspace. */

const SIZE_LIMIT_BYTES = 4 * 1024;
const root = join(import.meta.dirname, '..');
const client = join(root, '../client');
let outside: string;
let packed: Packed;

beforeAll(() => {
  outside = mkdtempSync(join(tmpdir(), 'sallyport-react-'));
  new Packed(client, outside);
  packed = new Packed(root, outside);
  installBeside(client, outside, ['openapi-fetch']);
  installBeside(root, outside, ['@simplewebauthn/browser', 'react', 'react-dom', 'happy-dom']);
  installBeside(root, outside, ['@types/react', '@types/react-dom']);
  writeFileSync(join(outside, 'package.json'), JSON.stringify({ name: 'consumer', type: 'module' }));
}, 300_000);
afterAll(() => rmSync(outside, { recursive: true, force: true }));

test('it is as npm wants it, with types that are right wherever ES modules are', async () => {
  expect(await packed.faults()).toEqual([]);
}, 60_000);

test('it is small, brings no component or query library, and loads what passkeys take when they are used', () => {
  const { text, compressedBytes } = packed.code();
  expect(compressedBytes).toBeLessThanOrEqual(SIZE_LIMIT_BYTES);
  expect([...text.matchAll(/\bfrom\s*["']([^"']+)/g)].map(([, name]) => name)).toEqual(['react', '@sallyport/client']);
  expect([...text.matchAll(/\bimport\s*\(\s*["'`]([^"'`]+)/g)].map(([, name]) => name)).toEqual([
    '@simplewebauthn/browser',
  ]);
  expect(text).toMatch(/^["']use client["']/);
  const { dependencies, peerDependencies } = packed.manifest();
  expect(dependencies).toEqual({ '@simplewebauthn/browser': '14.0.0' });
  expect(peerDependencies).toEqual({ '@sallyport/client': '>=0.1.0 <1', react: '>=18' });
  expect(packed.files().filter((file) => /\.test\.|src\//.test(file))).toEqual([]);
});

const example = (name: string): string => readFileSync(join(root, '../../examples/react/src', name), 'utf8');

/** The code of its README, by the name of a file, and of the page of the documentation that shows the example. */
function explained(): Record<string, string> {
  const readme = readFileSync(join(root, 'README.md'), 'utf8');
  const blocks = [...readme.matchAll(/^```tsx\n(.*?)^```/gms)].map(([, code = '']) => code);
  return {
    ...Object.fromEntries(blocks.map((code, index) => [`readme-${index}.tsx`, code])),
    'sign-in.tsx': example('sign-in.tsx'),
  };
}

test('its README shows the code of the example', () => {
  expect(explained()['readme-1.tsx']).toBe(example('enrollment.tsx'));
});

/** Signs in with the page of the documentation, as a person would, in a page without a browser. */
const program = `
// Its types would bring those of Node, and more.
const library: string = 'happy-dom';
const { Window } = await import(library);
const window = new Window({ url: 'https://app.example.com/' });
const { document, navigator, FormData } = window;
const globals = { window, document, navigator, FormData };
for (const [name, value] of Object.entries(globals)) Object.defineProperty(globalThis, name, { value });

const { createRoot } = await import('react-dom/client');
const { createSallyportClient } = await import('@sallyport/client');
const { SallyportProvider, sessionOf } = await import('@sallyport/react');
const { SignIn } = await import('./sign-in.js');

const client = createSallyportClient({ baseUrl: String(process.argv[2]) });
const root = createRoot(document.body.appendChild(document.createElement('div')));
root.render(<SallyportProvider client={client}><SignIn onDone={() => undefined} /></SallyportProvider>);

const text = (): string => document.body.textContent;
const shows = async (words: string) => {
  while (!text().includes(words)) await new Promise((resolve) => setTimeout(resolve, 5));
};
const fill = (name: string, value: string) => {
  document.querySelector('[name=' + name + ']').value = value;
};
const press = () => document.querySelector('button').click();

await shows('Sign in');
fill('email', 'ada@customer.test');
fill('password', 'quarry lantern');
press();
await shows('Verify');
fill('code', '000000');
press();
await shows('wrong');
fill('code', '123456');
press();
await shows('Ada');
console.log(text(), sessionOf(client).get().status);
process.exit();
`;
const declared = 'declare const process: { argv: string[]; exit(): never };\n';

const types = `
import { useSession, useSignIn } from '@sallyport/react';

export function Typed() {
  const session = useSession();
  // @ts-expect-error: there is a user only where somebody is signed in
  void session.user;
  if (session.status === 'failed') {
    const code: 'unauthenticated' | 'network' | string = session.problem.code;
    // @ts-expect-error: a code that this cannot be refused with
    void (session.problem.code === 'invalid_code');
    return code;
  }
  const signIn = useSignIn();
  // @ts-expect-error: a passkey is asked for, not typed
  void signIn.submitCode({ method: 'passkey', code: '1' });
  return null;
}
`;

test('what its pages show compiles and signs in, outside the workspace', async () => {
  const files = explained();
  expect(Object.keys(files)).toEqual(['readme-0.tsx', 'readme-1.tsx', 'sign-in.tsx']);
  compileOutside(outside, { ...files, 'program.tsx': program, 'types.tsx': types, 'node.d.ts': declared }, [
    'NodeNext',
  ]);

  const server = createServer(async (request, response) => {
    let body = '';
    for await (const part of request) body += part;
    const answerWith = (status: number, answer: object) => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
    };
    const expiresAt = new Date(Date.now() + 300_000).toISOString();
    if (request.url === '/api/v1/auth/login') answerWith(200, { status: 'mfa_required', methods: ['totp'], expiresAt });
    else if (body.includes('123456')) answerWith(200, { status: 'authenticated', user: { name: 'Ada', session: {} } });
    else answerWith(401, { code: 'invalid_code', title: 'The code is wrong', status: 401 });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    const { port } = server.address() as { port: number };
    const { stdout } = await promisify(execFile)(process.execPath, ['out/program.js', `http://127.0.0.1:${port}`], {
      cwd: outside,
      timeout: 120_000,
    });
    expect(stdout.trim()).toBe('Go on as Ada signed_in');
  } finally {
    server.close();
  }
}, 300_000);
