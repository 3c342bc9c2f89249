import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TestApp, type TestOrganization, type TestUser } from '../../testing/app.ts';
import type { Browser } from '../../testing/browser.ts';

let service: TestApp;
let customer: TestOrganization;
let admin: Browser;
let partnerAdmin: Browser;
let user: TestUser;

const readWrite = { role: 'admin', access: 'read_write' } as const;

beforeAll(async () => {
  service = await TestApp.start();
  const partner = await service.partner();
  customer = await service.customer(partner);
  user = await service.user({ organization: customer });
  admin = await service.signIn(await service.user({ organization: customer, ...readWrite }));
  partnerAdmin = await service.signIn(await service.user({ organization: partner, ...readWrite }));
  for (const name of ['One', 'Two', 'Three', 'Four', 'Five']) {
    service.clock.advance({ seconds: 10 });
    await admin.patch(`/users/${user.id}`, { name });
  }
});
afterAll(() => service.stop());

const list = async (browser: Browser, query: Record<string, string> = {}) =>
  browser.get(`/audit-events?${new URLSearchParams(query)}`);

const named = (items: { details: { name?: string[] } }[]) => items.map(({ details }) => details.name?.[1]);

describe('GET /audit-events', () => {
  test('SEC-41: says who did what to whom, when, from where, and what came of it', async () => {
    const [event] = (await list(admin, { limit: '1' })).body.items;
    expect(event).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      sequence: expect.any(Number),
      occurredAt: service.clock.now().toISOString(),
      action: 'user.updated',
      outcome: 'success',
      actor: { id: expect.any(String), name: expect.stringContaining('@example.com') },
      subject: { id: user.id, name: user.email },
      organizationId: customer.id,
      address: '192.0.2.1',
      userAgent: expect.any(String),
      requestId: expect.any(String),
      details: { name: ['Four', 'Five'] },
    });
  });

  test('pages run from the newest to the oldest, each event once', async () => {
    const whole = (await list(admin, { limit: '100' })).body;
    expect(whole.nextCursor).toBeNull();
    const seen: { sequence: number }[] = [];
    let cursor: string | null = null;
    do {
      const { body } = await list(admin, { limit: '3', ...(cursor === null ? {} : { cursor }) });
      expect(body.items.length).toBeLessThanOrEqual(3);
      seen.push(...body.items);
      cursor = body.nextCursor;
    } while (cursor !== null);
    expect(seen).toEqual(whole.items);
    const sequences = seen.map(({ sequence }) => sequence);
    expect(sequences).toEqual(sequences.toSorted((a, b) => b - a));
  });

  test('can be narrowed to a user, an action, a time', async () => {
    const ofUser = (await list(partnerAdmin, { userId: user.id })).body.items;
    expect(named(ofUser)).toEqual(['Five', 'Four', 'Three', 'Two', 'One']);
    const signIns = (await list(partnerAdmin, { action: 'session.signed_in' })).body.items;
    expect(signIns).toHaveLength(2);
    const now = service.clock.now().getTime();
    const secondsAgo = (seconds: number) => new Date(now - seconds * 1000).toISOString();
    const within = await list(admin, { userId: user.id, from: secondsAgo(30), to: secondsAgo(10) });
    expect(named(within.body.items)).toEqual(['Three', 'Two']);
  });

  test('a Partner Admin sees its customers too, and can name one', async () => {
    const all = (await list(partnerAdmin)).body.items as { organizationId: string }[];
    expect(new Set(all.map(({ organizationId }) => organizationId)).size).toBe(2);
    const some = (await list(partnerAdmin, { organizationId: customer.id })).body.items as { organizationId: string }[];
    expect(new Set(some.map(({ organizationId }) => organizationId))).toEqual(new Set([customer.id]));
  });

  test('SEC-40: a user outside of the scope has no events', async () => {
    const other = await service.user();
    await service.signIn(other);
    expect((await list(partnerAdmin, { userId: other.id })).body.items).toEqual([]);
  });

  test.each([
    { action: 'no.such.action' },
    { from: 'yesterday' },
    { from: '2026-12-31T23:59:60Z' },
    { to: '0000-01-01T00:00:00Z' },
    { to: '9999-12-31T23:59:59-23:59' },
    { userId: 'x' },
    { limit: '0' },
    { limit: '101' },
    { cursor: 'x' },
    { cursor: Buffer.from('12345678-1').toString('base64url') },
    { unknown: '1' },
  ])('SEC-50: %j is refused', async (query) => {
    expect(await list(admin, query as Record<string, string>)).toMatchObject({
      status: 400,
      body: { code: 'invalid_request' },
    });
  });

  test('a cursor belongs to its filter', async () => {
    const { nextCursor } = (await list(admin, { limit: '1' })).body;
    const answer = await list(admin, { limit: '1', action: 'user.updated', cursor: nextCursor });
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ pointer: '#/query/cursor' }] } });
  });
});
