import fp from 'fastify-plugin';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildApp, featuresOf } from '../../app.ts';
import { createLogger } from '../../logger.ts';
import { newId } from '../../platform/crypto/ids.ts';
import { TestApp } from '../../testing/app.ts';
import { documentedApi } from '../../testing/documented.ts';

/*
 * Which routes the key of a service account opens, over the whole table of the router: a route that is not named here
 * refuses it, and one that is new has to be named or to refuse.
 */

const OPEN = [
  'GET /service-account',
  'POST /tokens',
  'GET /users',
  'POST /users',
  'GET /users/:id',
  'GET /users/:id/security',
  'PATCH /users/:id',
  'POST /users/:id/invitation',
  'GET /organizations',
  'POST /organizations',
  'GET /organizations/:id',
  'PATCH /organizations/:id',
  'GET /organizations/:id/settings',
  'GET /organizations/:id/service-accounts',
  'GET /organizations/:id/sso-connections',
  'GET /organizations/:id/sso-connections/:connectionId',
  'GET /organizations/:id/sso-connections/:connectionId/test',
  'GET /organizations/:id/domains',
  'GET /audit-events',
  'GET /audit-events/:id/proof',
  'GET /audit-keys',
];
/** Asks nobody who it is. */
const PUBLIC = ['GET /problems/:code'];

let service: TestApp;
let key: string;
beforeAll(async () => {
  service = await TestApp.start();
  const organization = await service.partner();
  const admin = await service.signIn(await service.user({ organization, role: 'admin', access: 'read_write' }));
  const { status, body } = await admin.post(`/organizations/${organization.id}/service-accounts`, {
    ...{ name: 'Everything', role: 'admin', access: 'read_write' },
  });
  expect(status).toBe(201);
  key = body.key;
});
afterAll(() => service.stop());

async function routed(): Promise<{ method: string; path: string }[]> {
  const found: { method: string; path: string }[] = [];
  const listener = fp(async (api) => {
    api.addHook('onRoute', ({ method, url }) => {
      for (const each of [method].flat()) {
        if (each !== 'HEAD' && each !== 'OPTIONS') found.push({ method: each, path: url.replace('/api/v1', '') });
      }
    });
  });
  const { config, resources, services } = service;
  const features = [{ routes: [listener], chores: [] }, ...featuresOf(services)];
  const app = await buildApp(config, resources, services, features, { logger: createLogger('silent'), webRoot: null });
  await app.ready();
  await app.close();
  return [{ method: 'GET', path: '/problems/:code' }, ...found];
}

const send = (method: string, path: string) =>
  service.app.inject({
    method: method as 'GET',
    url: `/api/v1${path.replaceAll(/:\w+/g, newId())}`,
    headers: { authorization: `Bearer ${key}` },
  });

describe('the key of a service account', () => {
  test('opens the routes that are named here, and no other of all that there are', async () => {
    const opened: string[] = [];
    const routes = await routed();
    expect(routes.length).toBeGreaterThan(70);
    for (const { method, path } of routes) {
      const name = `${method} ${path}`;
      if (PUBLIC.includes(name)) continue;
      const { statusCode, body } = await send(method, path);
      const code = statusCode >= 400 ? JSON.parse(body).code : undefined;
      if (statusCode === 403 && code === 'not_for_service_accounts') continue;
      expect([name, [200, 400, 404].includes(statusCode), code]).toEqual([name, true, code]);
      opened.push(name);
    }
    expect(opened.toSorted()).toEqual(OPEN.toSorted());
  });

  test('is what the document says of the same routes', async () => {
    const { paths } = (await documentedApi()).document;
    const documented = Object.entries(paths).flatMap(([path, byMethod]) =>
      Object.entries(byMethod).flatMap(([method, { security }]) =>
        (security as object[]).some((each) => 'bearer' in each)
          ? [`${method.toUpperCase()} ${path.replace('/api/v1', '').replaceAll(/\{(\w+)\}/g, ':$1')}`]
          : [],
      ),
    );
    expect(documented.toSorted()).toEqual(OPEN.toSorted());
  });

  test.each([
    ['POST', '/auth/login'],
    ['POST', '/auth/refresh'],
    ['GET', '/auth/sign-in-options'],
    ['GET', '/me/mfa'],
    ['POST', '/me/mfa/totp'],
    ['POST', '/me/password'],
    ['GET', '/me'],
  ])('never opens %s %s, whatever the key is worth', async (method, path) => {
    for (const token of [key, 'sallyport_sa_nonsense']) {
      const headers = { authorization: `Bearer ${token}` };
      const { statusCode, body } = await service.app.inject({
        method: method as 'GET',
        url: `/api/v1${path}`,
        headers,
      });
      expect([statusCode, JSON.parse(body).code]).toEqual([403, 'not_for_service_accounts']);
    }
  });
});
