import { afterEach, expect, test } from 'vitest';
import { TestApp } from '../../testing/app.ts';
import { type DemoAccount, seedDemo } from './demo.ts';

let service: TestApp;
afterEach(() => service.stop());

test('the demo tenants go into an empty database once, and their accounts work', async () => {
  service = await TestApp.start();
  const outcomes = await Promise.all([seedDemo(service.services), seedDemo(service.services)]);
  const written = outcomes.filter((accounts) => accounts !== null);
  expect(written).toHaveLength(1);
  expect(await seedDemo(service.services)).toBeNull();

  const accounts = written[0] as DemoAccount[];
  const answers = await Promise.all(
    accounts
      .filter(({ password }) => password !== null)
      .map(({ email, password }) =>
        service.browser({ address: `192.0.2.${email.length}` }).post('/auth/login', { email, password }),
      ),
  );
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
  const rights = answers.map(({ body }) => `${body.user.organization.kind} ${body.user.role} ${body.user.access}`);
  expect(rights).toEqual(
    expect.arrayContaining([
      'partner admin read_write',
      'partner admin read_only',
      'customer admin read_write',
      'customer admin read_only',
      'customer member read_write',
    ]),
  );
  expect(accounts.filter(({ password }) => password === null)).toHaveLength(1);
  expect(await service.db.organization.count({ where: { kind: 'customer' } })).toBe(2);
});

test('the demo tenants stay away from a database that has an organization', async () => {
  service = await TestApp.start();
  await service.partner();
  expect(await seedDemo(service.services)).toBeNull();
  expect(await service.db.organization.count()).toBe(1);
});
