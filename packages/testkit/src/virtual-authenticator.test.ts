import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { totpCode } from './totp-code.ts';
import { VirtualAuthenticator } from './virtual-authenticator.ts';

const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
const step = 59_000_000;

beforeEach(() => vi.useFakeTimers({ toFake: ['Date'] }));
afterEach(() => vi.useRealTimers());

function scannedAt(secondsIntoStep: number): VirtualAuthenticator {
  vi.setSystemTime((step * 30 + secondsIntoStep) * 1000);
  const authenticator = new VirtualAuthenticator();
  authenticator.enterKey('gezd gnbv gy3t qojq gezd gnbv gy3t qojq');
  return authenticator;
}

test('three codes come from one window, in ascending order', async () => {
  const authenticator = scannedAt(5);
  const codes = [await authenticator.nextCode(), await authenticator.nextCode(), await authenticator.nextCode()];
  expect(codes).toEqual([step - 1, step, step + 1].map((each) => totpCode(secret, each)));
  expect(authenticator.lastCode()).toBe(codes[2]);
});

test('a code that is about to end is not handed out', async () => {
  const authenticator = scannedAt(25);
  expect(await authenticator.nextCode()).toBe(totpCode(secret, step));
});

test('a wrong code is none of the valid ones', () => {
  const wrong = scannedAt(0).wrongCode();
  const valid = [-1, 0, 1].map((offset) => totpCode(secret, step + offset));
  expect(wrong).toMatch(/^\d{6}$/);
  expect(valid).not.toContain(wrong);
});
