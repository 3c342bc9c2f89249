import { afterAll, beforeAll, expect, test } from 'vitest';
import { TestApp, type TestUser } from '../../testing/app.ts';

let service: TestApp;
beforeAll(async () => {
  service = await TestApp.start();
});
afterAll(() => service.stop());

const KEPT_OF_SOURCE = 20;
const KEPT_OF_ALL = 500;

const guess = (email: string, address: string) =>
  service.browser({ address }).post('/auth/login', { email, password: 'certainly not this one' });

const count = (action: string, organizationId: string | null) =>
  service.db.auditEvent.count({ where: { action, organizationId } });

/** What the log says of dropped events, once it is told. */
async function told(organizationId: string | null): Promise<unknown[]> {
  await service.services.strangers.tell();
  const events = await service.db.auditEvent.findMany({
    where: { action: 'audit.dropped', organizationId },
    orderBy: { sequence: 'asc' },
  });
  return events.map(({ details }) => details);
}

test('SEC-56: guesses at addresses that nobody has fill no log, hide no guess at an account, and are counted', async () => {
  const action = 'session.sign_in_failed';
  const address = '198.51.100.20';
  for (let n = 0; n < KEPT_OF_SOURCE + 5; n++)
    expect((await guess(`nobody-${n}@example.com`, address)).status).toBe(401);
  expect(await count(action, null)).toBe(KEPT_OF_SOURCE);

  const user = await service.user();
  expect((await guess(user.email, address)).status).toBe(401);
  expect(await ofUser(user)).toBe(1);

  expect(await told(null)).toEqual([{ action, count: 5 }]);
  expect(await told(null)).toHaveLength(1);
  expect((await service.app.inject({ url: '/metrics', remoteAddress: '127.0.0.1' })).body).toContain(
    `sallyport_audit_events_dropped_total{action="${action}"} 5`,
  );
});

test('SEC-56: a single sign-on that cannot begin fills no log, from one source or from many, and hides no other', async () => {
  const action = 'sso.sign_in_failed';
  const [flooded, other] = await Promise.all([switchedOff(), switchedOff()]);
  const start = (connectionId: string, address: string) =>
    service.browser({ address }).get(`/auth/sso/${connectionId}/start`);
  for (let n = 0; n < KEPT_OF_SOURCE + 3; n++) expect((await start(flooded.id, '198.51.100.21')).status).toBe(303);
  expect(await count(action, flooded.organization.id)).toBe(KEPT_OF_SOURCE);
  expect(await told(flooded.organization.id)).toEqual([{ action, count: 3 }]);

  // A source that went from one to another of our connections has no more to say.
  for (let n = 0; n < 100; n++) {
    const origin = { address: '198.51.100.24', userAgent: '', requestId: '' };
    await service.services.strangers.isWithin(origin, { action, kind: 'start', target: `connection ${n}` });
  }
  await start(other.id, '198.51.100.24');
  expect(await count(action, other.organization.id)).toBe(0);

  // All the other sources there are.
  const { strangers } = service.services;
  for (let n = KEPT_OF_SOURCE; n < KEPT_OF_ALL; n++) {
    const origin = { address: `203.0.113.${n % 250}`, userAgent: '', requestId: '' };
    await strangers.isWithin(origin, { action, kind: 'start', target: flooded.id });
  }
  await start(flooded.id, '198.51.100.22');
  await start(other.id, '198.51.100.22');
  expect(await count(action, flooded.organization.id)).toBe(KEPT_OF_SOURCE);
  expect(await count(action, other.organization.id)).toBe(1);
  expect(await told(flooded.organization.id)).toEqual([
    { action, count: 3 },
    { action, count: 1 },
  ]);
});

test('what was dropped is not forgotten when it cannot be told', async () => {
  const origin = { address: '198.51.100.23', userAgent: '', requestId: '' };
  const event = { action: 'sso.sign_in_failed', organizationId: null, kind: 'test' } as const;
  for (let n = 0; n <= KEPT_OF_SOURCE; n++) await service.services.strangers.keeps(origin, event);
  await service.unwritable('audit_events', () => expect(service.services.strangers.tell()).rejects.toThrow());
  expect((await told(null)).at(-1)).toEqual({ action: event.action, count: 1 });
});

const ofUser = ({ id }: TestUser) => service.db.auditEvent.count({ where: { subjectId: id, outcome: 'failure' } });

async function switchedOff() {
  const organization = await service.customer(await service.partner());
  const { id } = await service.workingConnection(organization);
  await service.db.ssoConnection.update({ where: { id }, data: { enabled: false } });
  return { id, organization };
}
