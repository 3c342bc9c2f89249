import { Problem } from '@sallyport/core';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { SignInDoor } from './door.ts';

const origin = { address: '192.0.2.7', userAgent: 'test', requestId: 'request' };
const stranger = { accountKey: 'account', deviceKey: null, domain: 'acme.example' };

const door = { run: vi.fn(async (_turn: object, judge: () => Promise<unknown>) => judge()) };
const pause = { take: vi.fn(async () => undefined) };
const limiter = { check: async () => null, spent: async () => null, spend: vi.fn(async () => null) };
const signInDoor = new SignInDoor({
  ...{ door, pause, limiter },
  attempts: { rememberedBlock: () => null },
  queue: { run: (_key: string, work: () => Promise<unknown>) => work() },
  clock: { now: () => new Date(0) },
} as never);

beforeEach(() => vi.clearAllMocks());

const failing = (error: Error) => () => Promise.reject(error);

describe('SEC-51: the door of the sign-in', () => {
  test('has a lane for strangers, one for known browsers and one for second steps', async () => {
    const judge = async () => 'judged';
    expect(await signInDoor.password(origin, stranger, judge)).toBe('judged');
    expect(await signInDoor.password(origin, { ...stranger, deviceKey: 'device' }, judge)).toBe('judged');
    expect(await signInDoor.code(origin, judge)).toBe('judged');
    expect(door.run.mock.calls.map(([turn]) => turn)).toEqual([
      { lane: 'strangers', source: '192.0.2.7', tenant: 'acme.example' },
      { lane: 'known browsers', source: '192.0.2.7', tenant: 'acme.example' },
      { lane: 'second steps', source: '192.0.2.7' },
    ]);
  });

  test.each(['too_many_attempts', 'overloaded'] as const)(
    '%s is told later, and held against the source',
    async (code) => {
      await expect(signInDoor.password(origin, stranger, failing(new Problem(code)))).rejects.toMatchObject({ code });
      expect(pause.take).toHaveBeenCalledOnce();
      expect(limiter.spend).toHaveBeenCalledExactlyOnceWith(
        { bucket: 'refused-sign-ins', points: 100, seconds: 10 },
        '192.0.2.7',
      );
    },
  );

  test.each([new Problem('invalid_credentials'), new TypeError('a fault of ours')])(
    '%s is told at once, and held against nobody here',
    async (error) => {
      await expect(signInDoor.password(origin, stranger, failing(error))).rejects.toBe(error);
      await expect(signInDoor.code(origin, failing(error))).rejects.toBe(error);
      expect(pause.take).not.toHaveBeenCalled();
      expect(limiter.spend).not.toHaveBeenCalled();
    },
  );
});
