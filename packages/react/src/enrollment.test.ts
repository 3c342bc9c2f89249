import { afterEach, expect, test, vi } from 'vitest';
import { createEnrollment } from './enrollment.ts';
import { sessionOf } from './session.ts';
import { ada, held, json, refusal, service } from './testing/service.ts';

afterEach(() => vi.useRealTimers());

const backupCodes = Array.from({ length: 10 }, (_, index) => `code-${index}`);
const proof = { password: 'quarry lantern', code: '123456' };
const secret = { secret: 'JBSWY3DPEHPK3PXP', otpauthUri: 'otpauth://totp/x', qrCode: 'data:image/svg+xml;base64,' };
const pending = (seconds = 600) =>
  json({ ...secret, expiresAt: new Date(Date.now() + seconds * 1000).toISOString() }, 201);

function begin(answers: Parameters<typeof service>[0]) {
  const { client, ...rest } = service({ 'POST /me/mfa/totp': () => pending(), 'GET /me': () => json(ada), ...answers });
  const session = sessionOf(client);
  const enrollment = createEnrollment(client, session);
  const leave = enrollment.subscribe(() => undefined);
  return { session, enrollment, leave, ...rest };
}

test('secret, password and code, backup codes, done; and the user is read again', async () => {
  const { session, enrollment, answers, asked } = begin({
    'POST /me/mfa/totp/confirm': () => json({ backupCodes }),
  });
  await session.load();
  expect(enrollment.get()).toEqual({ step: 'idle' });
  const started = enrollment.start();
  expect(enrollment.get()).toEqual({ step: 'starting' });
  expect(await started).toMatchObject({ step: 'confirm', ...secret, pending: false, problem: null });
  answers['GET /me'] = () => json({ ...ada, mfa: { ...ada.mfa, enabled: true, canEnroll: false } });
  const confirmed = enrollment.confirm(proof);
  expect(enrollment.get()).toMatchObject({ step: 'confirm', pending: true });
  expect(await confirmed).toEqual({ step: 'backup_codes', backupCodes });
  await vi.waitFor(() => expect(session.get()).toMatchObject({ user: { mfa: { enabled: true } } }));
  enrollment.codesKept();
  expect(enrollment.get()).toEqual({ step: 'done' });
  expect(asked.filter(([key]) => key.endsWith('/confirm'))).toEqual([['POST /me/mfa/totp/confirm', proof]]);
});

test('a further factor brings no codes', async () => {
  const { enrollment } = begin({ 'POST /me/mfa/totp/confirm': () => json({ backupCodes: [] }) });
  await enrollment.start();
  expect(await enrollment.confirm(proof)).toEqual({ step: 'done' });
});

test.each(['invalid_code', 'invalid_credentials', 'too_many_attempts'])(
  '%s leaves the secret where it is',
  async (code) => {
    const { enrollment } = begin({ 'POST /me/mfa/totp/confirm': () => refusal(401, code) });
    await enrollment.start();
    expect(await enrollment.confirm(proof)).toMatchObject({
      step: 'confirm',
      ...secret,
      pending: false,
      problem: { code },
    });
  },
);

test('a start that fails is said, and may be tried again', async () => {
  const replies = [refusal(409, 'mfa_already_enabled')];
  const { enrollment } = begin({ 'POST /me/mfa/totp': () => replies.shift() ?? pending() });
  expect(await enrollment.start()).toMatchObject({ step: 'failed', problem: { code: 'mfa_already_enabled' } });
  expect(await enrollment.start()).toMatchObject({ step: 'confirm' });
});

test('two starts at once make one secret, and a later one another', async () => {
  const { enrollment, asked } = begin({});
  await Promise.all([enrollment.start(), enrollment.start()]);
  expect(asked).toHaveLength(1);
  await enrollment.start();
  expect(asked).toHaveLength(2);
});

test('another enrolment took its place, or its time is over', async () => {
  vi.useFakeTimers();
  const { enrollment } = begin({ 'POST /me/mfa/totp/confirm': () => refusal(409, 'no_pending_enrollment') });
  await enrollment.start();
  expect(await enrollment.confirm(proof)).toEqual({ step: 'over' });
  await enrollment.start();
  await vi.advanceTimersByTimeAsync(598_000);
  expect(enrollment.get().step).toBe('confirm');
  await vi.advanceTimersByTimeAsync(2_000);
  expect(enrollment.get()).toEqual({ step: 'over' });
  expect(await enrollment.confirm(proof)).toEqual({ step: 'over' });
});

test('who leaves is given the codes all the same: they are shown once', async () => {
  const late = held();
  const { enrollment, leave } = begin({ 'POST /me/mfa/totp/confirm': late.answer });
  await enrollment.start();
  const confirmed = enrollment.confirm(proof);
  leave();
  await new Promise((resolve) => setTimeout(resolve));
  late.release(json({ backupCodes }));
  expect(await confirmed).toEqual({ step: 'backup_codes', backupCodes });
});
