import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TestApp, type TestOrganization } from '../../testing/app.ts';
import type { Browser } from '../../testing/browser.ts';

let service: TestApp;
let customer: TestOrganization;
let admin: Browser;

const readWrite = { role: 'admin', access: 'read_write' } as const;

beforeAll(async () => {
  service = await TestApp.start();
  customer = await service.customer(await service.partner());
  admin = await service.signIn(await service.user({ organization: customer, ...readWrite }));
});
afterAll(() => service.stop());

const liveSessions = (userId: string) => service.db.session.count({ where: { userId, revokedAt: null } });

describe('changes while the user signs in', () => {
  test('neither stops the other', async () => {
    const user = await service.user({ organization: customer });
    const { email, password } = user;
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, index) =>
        index % 2
          ? service.browser().post('/auth/login', { email, password })
          : admin.patch(`/users/${user.id}`, { name: `Name ${index}` }),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(12).fill(200));
  });

  test('SEC-16: of a reset and a second step at once, both end, and no session is left', async () => {
    for (let round = 0; round < 5; round++) {
      const { user, secret } = await service.enrolledUser({ organization: customer });
      await admin.post('/auth/refresh');
      const { email, password } = user;
      const browser = service.browser();
      await browser.post('/auth/login', { email, password });
      const [second, reset] = await Promise.all([
        browser.post('/auth/login/mfa', { method: 'totp', code: service.code(secret) }),
        admin.patch(`/users/${user.id}`, { mfaEnabled: false }),
      ]);
      expect(reset).toMatchObject({ status: 200, body: { mfaEnabled: false } });
      expect([200, 401]).toContain(second.status);
      expect(await liveSessions(user.id)).toBe(0);
    }
  });
});
