import { afterAll, beforeAll, expect, test } from 'vitest';
import { SsoScene } from '../../../testing/sso.ts';

let scene: SsoScene;
beforeAll(async () => {
  scene = await SsoScene.start();
});
afterAll(() => scene.stop());

const stateOf = async (id: string) => {
  const { lastSignInAt } = await scene.service.db.ssoConnection.findUniqueOrThrow({ where: { id } });
  return {
    noted: lastSignInAt !== null,
    sessions: await scene.service.db.session.count({ where: { connectionId: id } }),
  };
};

test('SEC-35: a session is opened with the note that the connection works, or not at all', async () => {
  const connection = await scene.connection('google', { provisioning: 'jit' });
  const browser = scene.service.browser();
  const callback = await scene.toProvider(connection, scene.account(connection), browser);
  const answer = await scene.service.unwritable('sso_connections', () => browser.get(callback));
  expect(answer.status).toBe(503);
  expect(answer.cookies.map(({ name }) => name)).not.toContain('sallyport_access');
  expect(await stateOf(connection.id)).toEqual({ noted: false, sessions: 0 });
  expect((await scene.signIn(connection, scene.account(connection))).location).toBe('/');
  expect(await stateOf(connection.id)).toEqual({ noted: true, sessions: 1 });
});

test('SEC-35: the first to come through a connection come together, and none is in the way of another', async () => {
  const connection = await scene.connection('google', { provisioning: 'jit' });
  const { id } = connection;
  const people = Array.from({ length: 4 }, () => scene.account(connection));
  for (const person of people) await scene.signIn(connection, person);
  for (let round = 0; round < 3; round++) {
    await scene.service.db.ssoConnection.update({ where: { id }, data: { lastSignInAt: null } });
    const arrivals = [];
    for (const person of people) {
      const browser = scene.service.browser();
      arrivals.push({ browser, callback: await scene.toProvider(connection, person, browser) });
    }
    const landings = await Promise.all(arrivals.map(({ browser, callback }) => browser.get(callback)));
    expect(landings.map(({ headers }) => headers.location)).toEqual(people.map(() => '/'));
    expect((await stateOf(id)).noted).toBe(true);
  }
});
