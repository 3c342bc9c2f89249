import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROOF_SECONDS } from '@sallyport/core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Recorded } from './http/openapi/examples.ts';
import { TestApp } from './testing/app.ts';
import type { Browser } from './testing/browser.ts';
import { type Documented, documentedApi } from './testing/documented.ts';
import { routesOf } from './testing/routes.ts';

/*
 * SEC-43 over the whole table of routes: whatever changes something asks an admin whose proof is old for a new one, or
 * stands here with the reason why not. The requests are the recorded examples; a route that hides from the document is
 * found by the router.
 */

const OWN_ACCOUNT = 'changes the own account alone, and asks for what it needs itself';
const SIGN_IN = 'is a way to sign in or out, and has its own proof';
const UNGUARDED: Record<string, string> = {
  signIn: SIGN_IN,
  verifySecondFactor: SIGN_IN,
  askForPasskeyAtSignIn: SIGN_IN,
  askForAnyPasskey: SIGN_IN,
  signInWithPasskey: SIGN_IN,
  stepUp: 'is the proof itself',
  askForPasskey: 'asks for the proof',
  refreshSession: SIGN_IN,
  signOut: SIGN_IN,
  requestPasswordReset: SIGN_IN,
  confirmPasswordReset: SIGN_IN,
  disputeMfaReset: SIGN_IN,
  askForRecovery: SIGN_IN,
  beginRecovery: SIGN_IN,
  confirmRecoveryAddress: SIGN_IN,
  getInvitation: SIGN_IN,
  acceptInvitation: SIGN_IN,
  samlAcs: SIGN_IN,
  readMailedLink: SIGN_IN,
  startMailedLink: SIGN_IN,
  updateMe: OWN_ACCOUNT,
  changePassword: OWN_ACCOUNT,
  revokeSession: OWN_ACCOUNT,
  revokeOtherSessions: OWN_ACCOUNT,
  forgetDevice: OWN_ACCOUNT,
  forgetDevices: OWN_ACCOUNT,
  startEnrollment: OWN_ACCOUNT,
  confirmEnrollment: OWN_ACCOUNT,
  regenerateBackupCodes: OWN_ACCOUNT,
  disableMfa: OWN_ACCOUNT,
  stopOwnMfaReset: OWN_ACCOUNT,
  reportNotMe: OWN_ACCOUNT,
  removeAuthenticator: OWN_ACCOUNT,
  startCandidate: OWN_ACCOUNT,
  confirmCandidate: OWN_ACCOUNT,
  removeCandidate: OWN_ACCOUNT,
  checkAuthenticator: 'changes nothing but when a code is asked for again',
  checkBackupCode: 'changes nothing',
  nameRecoveryAddress: OWN_ACCOUNT,
  removeRecoveryAddress: OWN_ACCOUNT,
  startPasskey: OWN_ACCOUNT,
  addPasskey: OWN_ACCOUNT,
  renamePasskey: OWN_ACCOUNT,
  removePasskey: OWN_ACCOUNT,
  linkIdentity: OWN_ACCOUNT,
  unlinkIdentity: OWN_ACCOUNT,
  exchangeToken: 'changes nothing',
  previewSettings: 'changes nothing',
};

let service: TestApp;
let admin: Browser;
beforeAll(async () => {
  service = await TestApp.start();
  const organization = await service.partner();
  admin = await service.signIn(await service.user({ organization, role: 'admin', access: 'read_write' }));
  service.clock.advance({ seconds: PROOF_SECONDS + 1 });
  await admin.post('/auth/refresh');
});
afterAll(() => service.stop());

const examples = JSON.parse(readFileSync(join(import.meta.dirname, 'http/openapi/examples.json'), 'utf8')) as Record<
  string,
  Record<string, Recorded>
>;

async function mutations() {
  const { paths } = (await documentedApi()).document;
  return Object.entries(paths).flatMap(([path, byMethod]) =>
    Object.entries(byMethod)
      .filter(([method]) => method !== 'get')
      .map(([method, operation]) => ({ method, path, operation })),
  );
}

/** What the router has that changes something, as the document writes it. */
const routed = async (): Promise<string[]> =>
  (await routesOf(service))
    .filter(({ method }) => !['GET', 'HEAD', 'OPTIONS'].includes(method))
    .map(({ method, url }) => `${method.toLowerCase()} ${url.replace(/:(\w+)/g, '{$1}')}`);

/** The recorded example, by the admin. */
async function call(method: string, path: string, { operationId }: Documented['operation']) {
  const { parameters = {}, body } = Object.values(examples[operationId] ?? {})[0] ?? expect.fail(operationId);
  const url = path.replace('/api/v1', '').replace(/\{(\w+)\}/g, (_, name: string) => String(parameters[name]));
  if (method === 'delete') return admin.delete(url);
  return method === 'patch' ? admin.patch(url, body) : admin.post(url, body);
}

test('SEC-43: no route changes the access of others without a fresh proof, unless it is named here', async () => {
  const open: string[] = [];
  const guarded: string[] = [];
  for (const { method, path, operation } of await mutations()) {
    const { operationId } = operation;
    if (operationId in UNGUARDED) {
      open.push(operationId);
      continue;
    }
    const { status, body } = await call(method, path, operation);
    expect({ operationId, status, code: body?.code, next: body?.next }).toEqual({
      operationId,
      status: 401,
      code: 'reauthentication_required',
      next: { action: 'reauthenticate', methods: [] },
    });
    guarded.push(operationId);
  }
  expect(open.toSorted()).toEqual(Object.keys(UNGUARDED).toSorted());
  expect(guarded.length).toBeGreaterThanOrEqual(18);
});

test('every route that changes something is in the document, which the test above walks', async () => {
  const documented = (await mutations()).map(({ method, path }) => `${method} ${path}`);
  expect((await routed()).toSorted()).toEqual(documented.toSorted());
});

test('what is only read asks for nothing', async () => {
  for (const path of ['/me', '/users', '/organizations', '/audit-events', '/audit-keys']) {
    expect((await admin.get(path)).status).toBe(200);
  }
});
