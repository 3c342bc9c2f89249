import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../../../platform/crypto/ids.ts';
import { TestApp } from '../../../testing/app.ts';
import type { Browser } from '../../../testing/browser.ts';
import { startDnsServer } from '../../../testing/dns-server.ts';

const records = new Map<string, string[]>();
let dns: Awaited<ReturnType<typeof startDnsServer>>;
let service: TestApp;
beforeAll(async () => {
  dns = await startDnsServer(records);
  service = await TestApp.start({ SALLYPORT_DNS_SERVERS: dns.address });
});
afterAll(async () => {
  await service.stop();
  dns.stop();
});

interface Admin {
  browser: Browser;
  path: string;
  organizationId: string;
}

async function admin(): Promise<Admin> {
  const organization = await service.customer(await service.partner());
  const user = await service.user({ organization, role: 'admin', access: 'read_write' });
  const path = `/organizations/${organization.id}/domains`;
  return { browser: await service.signIn(user), path, organizationId: organization.id };
}

const newDomain = () => `d-${newId()}.example`;
const add = ({ browser, path }: Admin, name: string) => browser.post(path, { name });
const verify = ({ browser, path }: Admin, name: string) => browser.post(`${path}/${name}/verify`);

test('a domain counts once its TXT record is there', async () => {
  const one = await admin();
  const name = newDomain();
  const added = await add(one, name.toUpperCase());
  expect(added).toMatchObject({ status: 201, body: { name, verifiedAt: null, record: { type: 'TXT', name } } });
  const { value } = added.body.record;
  expect(value).toMatch(/^sallyport-verification=[\w-]{36}$/);

  expect(await verify(one, name)).toMatchObject({ status: 422, body: { code: 'domain_not_proved' } });
  records.set(name, ['v=spf1 -all', `${value}0`]);
  expect((await verify(one, name)).status).toBe(422);
  records.set(name, ['v=spf1 -all', value]);
  const verified = await verify(one, name);
  expect(verified.body.verifiedAt).toBe(service.clock.now().toISOString());
  expect((await verify(one, name)).status).toBe(200);
  expect((await one.browser.get(one.path)).body.items).toMatchObject([{ name }]);
  const actions = await service.db.auditEvent.findMany({
    where: { organizationId: one.organizationId, action: { startsWith: 'domain.' } },
    orderBy: { sequence: 'asc' },
  });
  expect(actions.map(({ action }) => action)).toEqual(['domain.added', 'domain.verified']);
});

test('several may claim a domain, and one owns it', async () => {
  const [squatter, owner] = [await admin(), await admin()];
  const name = newDomain();
  const claimed = await add(squatter, name);
  const own = await add(owner, name);
  expect(own.body.record.value).not.toBe(claimed.body.record.value);
  records.set(name, [own.body.record.value]);
  expect((await verify(squatter, name)).body.code).toBe('domain_not_proved');
  expect((await verify(owner, name)).status).toBe(200);
  records.set(name, [claimed.body.record.value]);
  expect((await verify(squatter, name)).body.code).toBe('domain_taken');
  expect((await add(await admin(), name)).body.code).toBe('domain_taken');
  expect((await owner.browser.delete(`${owner.path}/${name}`)).status).toBe(204);
  expect((await verify(squatter, name)).status).toBe(200);
});

test('what is no domain is refused; other organizations do not exist', async () => {
  const one = await admin();
  for (const name of ['localhost', 'a b.example', 'https://a.example', '-a.example', 'a@b.example']) {
    expect(await add(one, name)).toMatchObject({ status: 400, body: { errors: [{ pointer: '/name' }] } });
  }
  const other = await admin();
  expect((await add({ ...one, path: other.path }, newDomain())).status).toBe(404);
  expect((await one.browser.get(other.path)).status).toBe(404);
  expect((await verify(one, newDomain())).status).toBe(404);
});

describe('SEC-31: the record of a verified domain is looked for again', () => {
  const recheck = async (days: number) => {
    service.clock.advance({ minutes: days * 24 * 60 + 1 });
    await service.services.domains.recheck();
  };
  const subjects = (address: string) => service.mailsTo(address);

  async function proved() {
    const organization = await service.customer(await service.partner());
    const user = await service.user({ organization, role: 'admin', access: 'read_write' });
    const browser = await service.signIn(user);
    const path = `/organizations/${organization.id}/domains`;
    const name = newDomain();
    records.set(name, [(await browser.post(path, { name })).body.record.value]);
    await browser.post(`${path}/${name}/verify`);
    const state = async () => service.db.domain.findFirstOrThrow({ where: { name } });
    return { name, organization, state, user };
  }

  test('once a day; who stays away for seven days is not verified any more', async () => {
    const { name, organization, state, user } = await proved();
    const kept = records.get(name) ?? [];
    await recheck(1);
    expect((await state()).missingSince).toBeNull();
    records.delete(name);
    await recheck(0.5);
    expect((await state()).missingSince).toBeNull();
    await recheck(0.5);
    expect(await state()).toMatchObject({ missingSince: service.clock.now(), verifiedAt: expect.any(Date) });
    expect(await subjects(user.email)).toEqual(['The DNS record of a domain is gone']);
    records.set(name, kept);
    await recheck(1);
    expect(await state()).toMatchObject({ missingSince: null, verifiedAt: expect.any(Date) });

    records.delete(name);
    for (let day = 0; day < 7; day++) await recheck(1);
    expect((await state()).verifiedAt).not.toBeNull();
    await recheck(1);
    expect(await state()).toMatchObject({ verifiedAt: null, checkedAt: null, missingSince: null });
    const where = { organizationId: organization.id, action: 'domain.lapsed' };
    expect(await service.db.auditEvent.count({ where })).toBe(1);
    expect(await subjects(user.email)).toHaveLength(2);
  });

  test('but not that of a domain which an operator vouched for', async () => {
    const { name, state } = await proved();
    await service.db.domain.updateMany({ where: { name }, data: { checkedAt: null } });
    records.delete(name);
    await recheck(30);
    expect((await state()).verifiedAt).not.toBeNull();
  });

  /** An organisation without passwords, with a connection whose domain has no record. */
  async function onlyWayIn() {
    const organization = await service.customer(await service.partner(), { localSignInEnabled: false });
    const user = await service.user({ organization, role: 'admin', access: 'read_write' });
    const add = async () => {
      const { id, domain } = await service.workingConnection(organization);
      const data = { checkedAt: service.clock.now() };
      await service.db.domain.updateMany({ where: { name: domain }, data });
      return { id, domain };
    };
    const verified = async () => {
      const where = { organizationId: organization.id, verifiedAt: { not: null } };
      return (await service.db.domain.findMany({ where })).map(({ name }) => name);
    };
    const events = async (action: string) =>
      service.db.auditEvent.count({ where: { organizationId: organization.id, action } });
    return { add, events, organization, user, verified };
  }

  test('SEC-35: the last way in is kept, said so once, and given up when there is another', async () => {
    const { add, events, organization, user, verified } = await onlyWayIn();
    const { domain } = await add();
    for (let day = 0; day < 8; day++) await recheck(1);
    const told = ['The DNS record of a domain is gone', 'A domain is not proved, and is kept for now'];
    expect(await subjects(user.email)).toEqual(told);
    for (let day = 0; day < 3; day++) await recheck(1);
    expect(await verified()).toEqual([domain]);
    expect(await subjects(user.email)).toEqual(told);
    expect([await events('domain.kept'), await events('domain.lapsed')]).toEqual([1, 0]);
    await service.db.organization.update({ where: { id: organization.id }, data: { localSignInEnabled: true } });
    await recheck(1);
    expect(await verified()).toEqual([]);
    expect([await events('domain.kept'), await events('domain.lapsed')]).toEqual([1, 1]);
  });

  test('SEC-35: of several that lapse at once the last stays', async () => {
    for (let round = 0; round < 3; round++) {
      const { add, events, verified } = await onlyWayIn();
      for (let count = 0; count < 3; count++) await add();
      for (let day = 0; day < 8; day++) await recheck(1);
      expect(await verified()).toHaveLength(1);
      expect([await events('domain.kept'), await events('domain.lapsed')]).toEqual([1, 2]);
    }
  });
});
