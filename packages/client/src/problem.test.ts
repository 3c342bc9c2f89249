import { expect, test } from 'vitest';
import { localDeadline } from './local-deadline.ts';
import { isProblem, toApiError } from './problem.ts';

test('a problem document becomes an error with its code, faults and time to wait', () => {
  const response = new Response(null, { status: 429, headers: { 'Retry-After': '30' } });
  const errors = [{ pointer: '/email', message: 'is wrong' }, 'nonsense', { pointer: 1 }];
  const error = toApiError(response, { code: 'too_many_attempts', title: 'Too many', requestId: 'r', errors }, 1_000);
  expect(error).toMatchObject({
    code: 'too_many_attempts',
    status: 429,
    title: 'Too many',
    requestId: 'r',
    faults: [{ pointer: '/email', message: 'is wrong' }],
    retryAt: 31_000,
  });
  expect(isProblem(error, 'invalid_code', 'too_many_attempts')).toBe(true);
  expect(isProblem(new Error('other'), 'too_many_attempts')).toBe(false);
});

test('an error says what to do next, where the service does', () => {
  const next = { action: 'reauthenticate', methods: ['totp'] };
  const response = new Response(null, { status: 401 });
  expect(toApiError(response, { code: 'reauthentication_required', next }, 0).next).toEqual(next);
  expect(toApiError(response, { code: 'unauthenticated', next: 'nonsense' }, 0).next).toBeUndefined();
});

test.each([
  [503, 'unavailable'],
  [502, 'unexpected'],
])('an answer %i that is no problem document is %s', (status, code) => {
  expect(toApiError(new Response('<html>', { status }), '<html>', 0).code).toBe(code);
});

test('a deadline is counted from the clock of the service, not of this device', () => {
  const response = new Response(null, { headers: { Date: 'Tue, 24 Nov 2026 12:00:00 GMT' } });
  const wrongNow = Date.parse('2031-01-01T00:00:00Z');
  expect(localDeadline('2026-11-24T12:05:00Z', response, wrongNow)).toBe(wrongNow + 5 * 60_000 - 1_000);
  expect(localDeadline('2031-01-01T00:05:00Z', new Response(null), wrongNow)).toBe(wrongNow + 5 * 60_000);
});
