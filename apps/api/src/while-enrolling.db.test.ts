import { afterAll, beforeAll, expect, test } from 'vitest';
import { TestApp } from './testing/app.ts';
import type { Browser } from './testing/browser.ts';
import { routesOf } from './testing/routes.ts';

/*
 * The guard of required MFA over the whole table of routes: in a session whose user has to set up a second factor first,
 * a route refuses, or stands here with the reason why not. A new one refuses unless it is named.
 */

const ENROLMENT = 'is what the session is for';
const OF_NO_SESSION = 'answers everybody the same, with a session or without';
const OPEN: Record<string, string> = {
  'GET /me': 'says who is signed in, and what is asked',
  'GET /me/mfa': ENROLMENT,
  'POST /me/mfa/totp': ENROLMENT,
  'POST /me/mfa/totp/confirm': ENROLMENT,
  'POST /me/mfa/passkeys/options': ENROLMENT,
  'POST /me/mfa/passkeys': ENROLMENT,
  'POST /auth/logout': 'signs out',
  'POST /auth/refresh': 'keeps the session as it is, restricted',
  'POST /auth/login': OF_NO_SESSION,
  'POST /auth/login/mfa': OF_NO_SESSION,
  'POST /auth/login/mfa/passkey-options': OF_NO_SESSION,
  'POST /auth/passkey/options': OF_NO_SESSION,
  'POST /auth/passkey': OF_NO_SESSION,
  'GET /auth/sign-in-options': OF_NO_SESSION,
  'POST /auth/password-reset': OF_NO_SESSION,
  'POST /auth/password-reset/confirm': OF_NO_SESSION,
  'POST /auth/mfa-reset/dispute': OF_NO_SESSION,
  'POST /auth/login/recovery': OF_NO_SESSION,
  'POST /auth/recovery': OF_NO_SESSION,
  'POST /auth/recovery-address/confirm': OF_NO_SESSION,
  'POST /auth/invitation': OF_NO_SESSION,
  'POST /auth/invitation/accept': OF_NO_SESSION,
  'POST /auth/sso-link': OF_NO_SESSION,
  'POST /auth/sso-link/start': OF_NO_SESSION,
  'GET /auth/sso/:connectionId/start': OF_NO_SESSION,
  'GET /auth/sso/:connectionId/callback': OF_NO_SESSION,
  'POST /auth/sso/:connectionId/acs': OF_NO_SESSION,
  'GET /auth/sso/complete': OF_NO_SESSION,
  'GET /auth/sso/:connectionId/metadata': OF_NO_SESSION,
};

const ID = '0197c0de-0000-7000-8000-000000000000';

let service: TestApp;
let browser: Browser;
let routes: string[];
beforeAll(async () => {
  service = await TestApp.start();
  const organization = await service.partner();
  await service.db.organization.update({
    where: { id: organization.id },
    data: { mfaRequired: 'everybody', mfaGraceDays: 0 },
  });
  // Whoever may do the most.
  browser = await service.signIn(await service.user({ organization, role: 'admin', access: 'read_write' }));
  routes = (await routesOf(service))
    .filter(({ method }) => !['HEAD', 'OPTIONS'].includes(method))
    .map(({ method, url }) => `${method} ${url.replace('/api/v1', '')}`);
});
afterAll(() => service.stop());

/** The refusal is judged before anything of the request is. */
async function codeOf(route: string): Promise<string | undefined> {
  const [method, path] = route.split(' ') as ['GET' | 'POST' | 'PATCH' | 'DELETE', string];
  const { body, headers, statusCode } = await service.app.inject({
    method,
    url: `/api/v1${path.replaceAll(/:\w+/g, ID)}`,
    cookies: Object.fromEntries(browser.jar),
    ...(method === 'GET' ? {} : { payload: {} }),
  });
  const isProblem = String(headers['content-type']).includes('problem+json');
  return isProblem ? `${statusCode} ${JSON.parse(body).code}` : undefined;
}

const REFUSED = '403 mfa_enrollment_required';

test('every route refuses, unless it is named here', async () => {
  const closed = routes.filter((route) => !(route in OPEN));
  expect(closed.length).toBeGreaterThanOrEqual(50);
  const answers = await Promise.all(closed.map(async (route) => [route, await codeOf(route)]));
  expect(answers.filter(([, code]) => code !== REFUSED)).toEqual([]);
});

test('those that are named do not', async () => {
  expect(Object.keys(OPEN).filter((route) => !routes.includes(route))).toEqual([]);
  const last = ['POST /auth/refresh', 'POST /auth/logout'];
  for (const route of Object.keys(OPEN).filter((each) => !last.includes(each))) {
    expect([route, await codeOf(route)]).not.toEqual([route, REFUSED]);
  }
  for (const route of last) expect([route, await codeOf(route)]).toEqual([route, undefined]);
});
