import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { Mailbox } from './mailbox.ts';
import { type Server, useServer } from './running.ts';
import { seedTenant } from './tenant.ts';
import { TestMode } from './test-mode.ts';

interface Call {
  call: string;
  body: unknown;
}

/** A service that answers each call as told, once; one that nothing is told of gets 404. */
async function serviceWith(answers: Record<string, (body: never) => object>, isInTestMode = true) {
  const calls: Call[] = [];
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (data) => {
      text += data;
    });
    request.on('end', () => {
      const call = `${request.method} ${request.url?.replace('/api/v1/test/', '')}`;
      const body = text === '' ? undefined : JSON.parse(text);
      calls.push({ call, body });
      const answer = answers[call];
      const headers = isInTestMode ? { 'sallyport-test-mode': '1' } : {};
      response.writeHead(answer ? 200 : 404, headers).end(JSON.stringify(answer?.(body as never) ?? {}));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return { calls, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

const reading = (aheadSeconds: number) => () => ({ now: '2027-01-01T00:00:00.000Z', aheadSeconds });

test('the clock is moved by spans, followed, and returned where it was moved', async () => {
  const { calls, url } = await serviceWith({
    'GET clock': reading(0),
    'PUT clock': ({ now }) => reading(now === null ? 0 : 90)(),
  });
  const { clock } = new TestMode(url);
  await clock.reset();
  expect(calls).toEqual([]);
  expect(await clock.now()).toEqual(new Date('2027-01-01T00:00:00Z'));
  await clock.advance({ days: 1, hours: 1, minutes: -1, seconds: 30 });
  expect(clock.nowMs() - Date.now()).toBeGreaterThan(89_000);
  await clock.set('2027-01-01T01:00:00+01:00');
  await clock.reset();
  await clock.reset();
  expect(Math.abs(clock.nowMs() - Date.now())).toBeLessThan(1000);
  expect(calls.map(({ body }) => body)).toEqual([
    undefined,
    { advanceSeconds: 25 * 3600 - 60 + 30 },
    { now: '2027-01-01T00:00:00.000Z' },
    { now: null },
  ]);
});

test('a code that is not taken yet moves the clock to where it is', async () => {
  let takenInSeconds = 0;
  const { calls, url } = await serviceWith({
    'GET users/mia%40acme.example/code': () => ({ code: '123456', secondsLeft: 90, takenInSeconds }),
    'PUT clock': reading(20),
  });
  const testMode = new TestMode(url);
  expect(await testMode.nextCode('mia@acme.example')).toBe('123456');
  takenInSeconds = 20;
  expect(await testMode.nextCode('mia@acme.example')).toBe('123456');
  expect(calls.filter(({ call }) => call === 'PUT clock')).toEqual([
    { call: 'PUT clock', body: { advanceSeconds: 20 } },
  ]);
});

test('a mailbox reads the mails of the test mode', async () => {
  const mail = { to: 'mia@acme.example', subject: 'Choose', text: 'http://localhost/reset-password#token=one' };
  const { url } = await serviceWith({ 'GET mails?to=mia%40acme.example': () => ({ items: [mail] }) });
  const mailbox = new Mailbox(new TestMode(url));
  expect(await mailbox.all('mia@acme.example')).toEqual([mail]);
  expect(await mailbox.link('mia@acme.example', '/reset-password')).toBe('http://localhost/reset-password#token=one');
});

test('a service that is not in test mode, and one that refuses, are told by name', async () => {
  const plain = await serviceWith({ 'GET clock': reading(0) }, false);
  await expect(new TestMode(plain.url).clock.now()).rejects.toThrow(`${plain.url} is not in test mode`);
  const { url } = await serviceWith({});
  await expect(new TestMode(url).seed({ partners: [] })).rejects.toThrow('The service refused with 404');
  // What is gone already is no fault.
  await new TestMode(url).removeTenant('acme');
});

/** As the service gives ids to what a seed file names. */
const withIds = ({ partners }: { partners: { slug: string; users: { email: string }[]; customers?: [] }[] }) => {
  const all = partners.flatMap((partner) => [partner, ...(partner.customers ?? [])]) as typeof partners;
  return {
    organizations: all.map(({ slug }) => ({ id: `id of ${slug}`, slug })),
    users: all.flatMap(({ slug, users }) =>
      users.map(({ email }) => ({ id: `id of ${email}`, email, organizationId: `id of ${slug}` })),
    ),
  };
};

test('a tenant is one seed file under the partner, with the ids that the service gave', async () => {
  const { calls, url } = await serviceWith({ 'POST tenants': withIds });
  const partner = { id: 'p', slug: 'northwind', name: 'Northwind' };
  const [one, other] = [await seedTenant(new TestMode(url), partner), await seedTenant(new TestMode(url), partner)];
  expect(calls).toHaveLength(2);
  expect(one.customer.slug).not.toBe(other.customer.slug);
  expect(one.customer.id).toBe(`id of ${one.customer.slug}`);
  for (const { id, email, password } of [one.partnerAdmin, one.customerAdmin, one.readOnlyAdmin, one.member]) {
    expect(id).toBe(`id of ${email}`);
    expect(password).toMatch(/^Quiet-Harbour-/);
  }
  expect(one.partner).toBe(partner);
});

test('a server that runs in test mode has a partner for each worker, which goes after it', async () => {
  const { calls, url } = await serviceWith({ 'POST tenants': withIds });
  const seen: Server[] = [];
  await useServer({ url, testMode: true }, async (server) => void seen.push(server));
  const [server] = seen;
  expect(server).toMatchObject({ url, isInTestMode: true, stays: true });
  expect(server?.admin.email).toMatch(/^pat@partner-\w+\.example$/);
  const slug = server?.admin.email.replace(/^pat@|\.example$/g, '');
  expect(calls.map(({ call }) => call)).toEqual(['POST tenants', `DELETE tenants/${slug}`]);
});
