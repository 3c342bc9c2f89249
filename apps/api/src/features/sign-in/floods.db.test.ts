import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
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
    await service.overloaded(async () => {
      for (let n = 0; n < 100; n++) expect((await ask()).status).toBe(503);
    });
    expect((await ask()).status).toBe(429);
    expect((await signIn(service.browser({ address: '198.51.100.73' }), user)).status).toBe(200);
  });
});

test('SEC-51: a session is read while sign-ins fill every place and every queue', async () => {
  const user = await service.user();
  const reader = await service.signIn(user);
  const { door } = service.resources;
  let leave = (): void => undefined;
  const stay = new Promise<void>((resolve) => {
    leave = resolve;
  });
  const taken = Array.from({ length: 500 }, (_, n) =>
    door.run({ lane: 'strangers', source: `192.0.2.${n % 200}` }, () => stay).catch(() => undefined),
  );
  expect((await reader.get('/me')).status).toBe(200);
  leave();
  await Promise.all(taken);
});
