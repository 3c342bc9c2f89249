import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { newId } from '../../platform/crypto/ids.ts';
import type { Turn } from '../../platform/limits/fair-queue.ts';
import { TestApp, type TestUser } from '../../testing/app.ts';
import type { Answer, Browser } from '../../testing/browser.ts';

/** A flood takes its time on a busy machine. */
vi.setConfig({ testTimeout: 120_000 });

let service: TestApp;
beforeAll(async () => {
  service = await TestApp.start();
});
afterAll(() => service.stop());

const FLOODER = '198.51.100.66';

const signIn = (browser: Browser, user: TestUser, password = user.password) =>
  browser.post('/auth/login', { email: user.email, password });

const wrong = (user: TestUser, address: string) => signIn(service.browser({ address }), user, 'not the right one');

const statusesOf = (answers: Answer[]) => answers.map(({ status }) => status);

/** A user whose account strangers locked. */
async function lockedUser(): Promise<TestUser> {
  const user = await service.user();
  for (let n = 0; n <= 10; n++) await wrong(user, `192.0.2.${100 + n}`);
  expect((await wrong(user, '192.0.2.99')).status).toBe(429);
  return user;
}

/** Twelve tries of the same, three at once. */
async function twelve(ask: () => Promise<Answer>): Promise<Answer[]> {
  const answers: Answer[] = [];
  while (answers.length < 12) answers.push(...(await Promise.all([ask(), ask(), ask()])));
  return answers;
}

/** More than wait in any queue. */
const AT_ONCE = 150;

/** Does `work` while `ask` is asked over and over, so many times at once; the answers that it got. */
async function during<T>(ask: (n: number) => Promise<Answer>, work: () => Promise<T>) {
  let isOver = false;
  let asked = 0;
  const answered: number[] = [];
  const lane = async () => {
    while (!isOver) answered.push((await ask(asked++)).status);
  };
  const lanes = Array.from({ length: AT_ONCE }, lane);
  try {
    return { result: await work(), answered };
  } finally {
    isOver = true;
    await Promise.all(lanes);
  }
}

describe('SEC-3: a flood from one address', () => {
  test("at a locked account never keeps the owner's known browser out: 12 of 12", async () => {
    const user = await service.user();
    const known = await service.signIn(user, service.browser({ address: '203.0.113.9' }));
    for (let n = 0; n <= 10; n++) await wrong(user, `192.0.2.${130 + n}`);
    const flood = () => wrong(user, FLOODER);
    const { result, answered } = await during(flood, () => twelve(() => signIn(known.copy(), user)));
    expect(statusesOf(result)).toEqual(Array(12).fill(200));
    expect(answered.length).toBeGreaterThan(AT_ONCE);
    expect(new Set(answered)).toEqual(new Set([429]));
  });

  test('at accounts that nobody has does not, nor does it keep out who comes from elsewhere for the first time', async () => {
    const user = await service.user();
    const known = await service.signIn(user, service.browser({ address: '203.0.113.10' }));
    const nobody = (n: number) =>
      service
        .browser({ address: '198.51.100.67' })
        .post('/auth/login', { email: `nobody-${n}@example.com`, password: 'not the right one' });
    const { result } = await during(nobody, async () => [
      ...(await twelve(() => signIn(known.copy(), user))),
      ...(await twelve(() => signIn(service.browser({ address: '203.0.113.11' }), user))),
    ]);
    expect(statusesOf(result)).toEqual(Array(24).fill(200));
  });

  test("from the owner's own address does not keep the known browser out either", async () => {
    const user = await service.user();
    const address = '198.51.100.68';
    const known = await service.signIn(user, service.browser({ address }));
    for (let n = 0; n < 300; n++) await service.resources.limiter.fail(address);
    expect((await signIn(service.browser({ address }), user)).status).toBe(429);
    expect((await signIn(known.copy(), user)).status).toBe(200);
    // Its own count still bounds what it may guess.
    for (let n = 0; n < 10; n++) expect((await signIn(known.copy(), user, 'not the right one')).status).toBe(401);
    expect((await signIn(known.copy(), user)).status).toBe(429);
  });
});

describe('SEC-3: what is refused takes no place', () => {
  test('an attempt on a locked account asks the database no more than it has to, and waits in no queue', async () => {
    const user = await lockedUser();
    const { door, hasher, queue } = service.resources;
    const spies = [vi.spyOn(queue, 'run'), vi.spyOn(door, 'run'), vi.spyOn(hasher, 'verify')];
    const answers = await Promise.all(Array.from({ length: 50 }, () => wrong(user, '198.51.100.69')));
    expect(new Set(statusesOf(answers))).toEqual(new Set([429]));
    for (const answer of answers) expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
    for (const spy of spies) expect(spy).not.toHaveBeenCalled();
    vi.restoreAllMocks();
  });

  test('a block is asked for again soon: what lifted it elsewhere counts', async () => {
    const user = await lockedUser();
    await service.db.attemptCount.updateMany({ data: { blockedUntil: null, failures: 0 } });
    expect((await signIn(service.browser(), user)).status).toBe(429);
    service.clock.advance({ seconds: 1 });
    expect((await signIn(service.browser(), user)).status).toBe(200);
  });

  test('a source that is refused again and again is not listened to for a while, whoever it asks for', async () => {
    const user = await lockedUser();
    const address = '198.51.100.70';
    for (let n = 0; n < 100; n++) expect((await wrong(user, address)).status).toBe(429);
    const other = await service.user();
    expect(await signIn(service.browser({ address }), other)).toMatchObject({ status: 429 });
    expect((await signIn(service.browser({ address: '198.51.100.71' }), other)).status).toBe(200);
  });

  test('refusals for overload count against the source too, and for nothing else', async () => {
    const user = await service.user();
    const address = '198.51.100.72';
    const ask = () => signIn(service.browser({ address }), user);
    const held = vi.spyOn(service.resources.pause, 'take');
    await service.overloaded(async () => {
      for (let n = 0; n < 100; n++) expect((await ask()).status).toBe(503);
    });
    expect(held).toHaveBeenCalledTimes(100);
    vi.restoreAllMocks();
    expect((await ask()).status).toBe(429);
    expect((await signIn(service.browser({ address: '198.51.100.73' }), user)).status).toBe(200);
  });
});

describe('SEC-51: while more sign in than can be served', () => {
  /** Fills every place behind the door, and the row in front of it, while `work` is done. */
  async function crowded<T>(turnOf: (n: number) => Omit<Turn, 'lane'>, work: () => Promise<T>) {
    const { door } = service.resources;
    let leave = (): void => undefined;
    const stay = new Promise<void>((resolve) => {
      leave = resolve;
    });
    const taken = Array.from({ length: 500 }, (_, n) =>
      door.run({ ...turnOf(n), lane: 'strangers' }, () => stay).catch(() => undefined),
    );
    const run = door.run.bind(door);
    const arrived = new Promise<void>((resolve) => {
      vi.spyOn(door, 'run').mockImplementationOnce((turn, task) => {
        const result = run(turn, task);
        resolve();
        return result;
      });
    });
    const working = work();
    await Promise.race([arrived, working]);
    vi.restoreAllMocks();
    leave();
    await Promise.all(taken);
    return working;
  }

  test('a session is read although nobody leaves a place', async () => {
    const user = await service.user();
    const reader = await service.signIn(user);
    const status = await crowded(
      (n) => ({ source: `192.0.2.${n % 200}` }),
      async () => (await reader.get('/me')).status,
    );
    expect(status).toBe(200);
  });

  test('one source that asks for everybody keeps no other out', async () => {
    const user = await service.user();
    const one = (n: number) => ({ source: '198.51.100.80', tenant: `organization-${n}.example` });
    expect((await crowded(one, () => signIn(service.browser(), user))).status).toBe(200);
  });

  test('one organisation that is asked for from everywhere keeps no other out', async () => {
    const user = await service.user({ email: `user-${newId()}@quiet.example` });
    const one = (n: number) => ({ source: `source ${n}`, tenant: 'attacked.example' });
    expect((await crowded(one, () => signIn(service.browser(), user))).status).toBe(200);
    const victim = await service.user({ email: `user-${newId()}@attacked.example` });
    expect((await crowded(one, () => signIn(service.browser(), victim))).status).toBe(503);
  });

  test('who has passed the first step is not kept from the second', async () => {
    const user = await service.user();
    const { secret } = await service.enroll(await service.signIn(user));
    service.clock.advance({ seconds: 30 });
    const browser = service.browser();
    expect((await signIn(browser, user)).status).toBe(200);
    const all = (n: number) => ({ source: `source ${n}`, tenant: `organization-${n}.example` });
    const code = () => browser.post('/auth/login/mfa', { method: 'totp', code: service.code(secret) });
    expect((await crowded(all, code)).status).toBe(200);
    expect((await crowded(all, () => signIn(service.browser(), user))).status).toBe(503);
  });
});
