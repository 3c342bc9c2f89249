import { startAuthentication, WebAuthnAbortService } from '@simplewebauthn/browser';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { sessionOf } from './session.ts';
import { createSignIn, type SecondStep } from './sign-in.ts';
import { ada, held, json, refusal, service } from './testing/service.ts';

vi.mock('@simplewebauthn/browser');

beforeEach(() => vi.resetAllMocks());
afterEach(() => vi.useRealTimers());

const password = { email: 'ada@customer.test', password: 'quarry lantern' };
const code = { method: 'totp', code: '123456' } as const;
const authenticated = () => json({ status: 'authenticated', user: ada });
const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1000).toISOString();
const challenge = () =>
  json({ status: 'mfa_required', methods: ['totp', 'passkey', 'backup_code'], expiresAt: inSeconds(300) });
const secondStep = (seconds = 300): SecondStep => ({
  methods: ['totp', 'passkey', 'backup_code'],
  deadlineMs: Date.now() + seconds * 1000,
});

function begin(answers: Parameters<typeof service>[0], resume?: SecondStep) {
  const { client, ...rest } = service(answers);
  const session = sessionOf(client);
  const signIn = createSignIn(client, session, resume);
  const leave = signIn.subscribe(() => undefined);
  return { session, signIn, leave, ...rest };
}

describe('the first step', () => {
  test('is all there is without a second factor', async () => {
    const { session, signIn, asked } = begin({ 'POST /auth/login': authenticated });
    const submitted = signIn.submitPassword(password);
    expect(signIn.get()).toMatchObject({ step: 'password', pending: true });
    expect(await submitted).toMatchObject({ step: 'done', user: ada, method: 'password' });
    expect(session.get()).toMatchObject({ status: 'signed_in', user: ada });
    expect(asked).toEqual([['POST /auth/login', password]]);
    // Whoever is in stays in.
    expect(await signIn.submitPassword(password)).toMatchObject({ step: 'done' });
    expect(asked).toHaveLength(1);
  });

  test('may open enrolment alone', async () => {
    const user = { ...ada, mfa: { ...ada.mfa, mustEnroll: true } };
    const expiresAt = inSeconds(3600);
    const { session, signIn, asked } = begin({
      'POST /auth/login': () => json({ status: 'enrollment_required', user, expiresAt }),
    });
    const reached = await signIn.submitPassword(password);
    expect(reached).toMatchObject({ step: 'enrollment_required', user, pending: false, problem: null });
    const { deadlineMs } = reached as Extract<typeof reached, { step: 'enrollment_required' }>;
    expect(Math.abs(deadlineMs - Date.parse(expiresAt))).toBeLessThan(2000);
    expect(session.get()).toMatchObject({ status: 'signed_in', user });
    expect(await signIn.submitPassword(password)).toMatchObject({ step: 'enrollment_required' });
    expect(asked).toHaveLength(1);
  });

  test('is refused with what is to do, until something else is typed', async () => {
    const next = { action: 'use_sso' };
    const { signIn } = begin({ 'POST /auth/login': () => refusal(403, 'local_sign_in_disabled', { next }) });
    expect(await signIn.submitPassword(password)).toMatchObject({
      step: 'password',
      pending: false,
      problem: { code: 'local_sign_in_disabled', status: 403 },
      next,
    });
    signIn.dismiss();
    expect(signIn.get()).toEqual({ step: 'password', pending: false, problem: null, next: null });
  });

  test('without a connection is no refusal of the service', async () => {
    const { signIn } = begin({ 'POST /auth/login': () => Promise.reject(new TypeError('fetch failed')) });
    expect(await signIn.submitPassword(password)).toMatchObject({ problem: { code: 'network' }, next: null });
  });

  test('is sent once, however often the button is pressed', async () => {
    const { signIn, asked } = begin({ 'POST /auth/login': authenticated });
    const [first, second] = await Promise.all([signIn.submitPassword(password), signIn.submitPassword(password)]);
    expect([first.step, second.step]).toEqual(['done', 'password']);
    expect(asked).toHaveLength(1);
  });
});

describe('the second step', () => {
  test('keeps its methods and its time through wrong codes', async () => {
    const replies = [
      refusal(401, 'invalid_code', { reason: 'wrong', next: { action: 'second_step', attemptsLeft: 4 } }),
    ];
    const { session, signIn, asked } = begin({
      'POST /auth/login': challenge,
      'POST /auth/login/mfa': () => replies.shift() ?? authenticated(),
    });
    const reached = await signIn.submitPassword(password);
    expect(reached).toMatchObject({ step: 'second_step', methods: ['totp', 'passkey', 'backup_code'], problem: null });
    expect(await signIn.submitCode(code)).toEqual({
      ...reached,
      problem: expect.objectContaining({ code: 'invalid_code', reason: 'wrong' }),
      next: { action: 'second_step', attemptsLeft: 4 },
    });
    expect(session.get()).toEqual({ status: 'loading' });
    const backup = { method: 'backup_code', code: 'abcd-efgh' } as const;
    expect(await signIn.submitCode(backup)).toMatchObject({ step: 'done', user: ada, method: 'backup_code' });
    expect(asked.slice(1)).toEqual([
      ['POST /auth/login/mfa', code],
      ['POST /auth/login/mfa', backup],
    ]);
  });

  test.each([
    ['challenge_expired', { action: 'sign_in' }],
    ['invalid_code', { action: 'sign_in' }],
    // Of a service that says no more.
    ['challenge_expired', undefined],
  ])('is over after %s with %o, and starts from the password', async (problem, next) => {
    const { signIn } = begin({ 'POST /auth/login/mfa': () => refusal(401, problem, { next }) }, secondStep());
    expect(await signIn.submitCode(code)).toMatchObject({ step: 'over', problem: { code: problem } });
    signIn.startOver();
    expect(signIn.get()).toEqual({ step: 'password', pending: false, problem: null, next: null });
  });

  test('pauses where the service says so', async () => {
    const next = { action: 'wait', until: inSeconds(900) };
    const { signIn } = begin({ 'POST /auth/login/mfa': () => refusal(401, 'invalid_code', { next }) }, secondStep());
    expect(await signIn.submitCode(code)).toMatchObject({ step: 'second_step', next });
  });

  test('is over when its time is, unless an answer is awaited', async () => {
    vi.useFakeTimers();
    const late = held();
    const { signIn } = begin({ 'POST /auth/login/mfa': late.answer }, secondStep(10));
    await vi.advanceTimersByTimeAsync(9_999);
    expect(signIn.get().step).toBe('second_step');
    const submitted = signIn.submitCode(code);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(signIn.get()).toMatchObject({ step: 'second_step', pending: true });
    late.release(refusal(401, 'invalid_code', { next: { action: 'second_step' } }));
    expect(await submitted).toMatchObject({ step: 'over' });
    expect(begin({}, secondStep(-1)).signIn.get().step).toBe('over');
  });

  test('asks the browser for a passkey', async () => {
    const response = { id: 'answered' };
    vi.mocked(startAuthentication).mockResolvedValue(response as never);
    const { signIn, asked } = begin(
      {
        'POST /auth/login/mfa/passkey-options': () => json({ challenge: 'c' }),
        'POST /auth/login/mfa': authenticated,
      },
      secondStep(),
    );
    expect(await signIn.submitPasskey()).toMatchObject({ step: 'done', user: ada, method: 'passkey' });
    expect(startAuthentication).toHaveBeenCalledWith({ optionsJSON: { challenge: 'c' } });
    expect(asked.at(-1)).toEqual(['POST /auth/login/mfa', { method: 'passkey', response }]);
  });

  test('has the browser remembered where the person wishes it', async () => {
    const offered = { status: 'mfa_required', methods: ['totp', 'passkey'], expiresAt: inSeconds(300) };
    vi.mocked(startAuthentication).mockResolvedValue({ id: 'answered' } as never);
    const answers = {
      'POST /auth/login': () => json({ ...offered, rememberDeviceDays: 30 }),
      'POST /auth/login/mfa/passkey-options': () => json({}),
      'POST /auth/login/mfa': authenticated,
    };
    const byCode = begin(answers);
    expect(await byCode.signIn.submitPassword(password)).toMatchObject({ step: 'second_step', rememberDeviceDays: 30 });
    await byCode.signIn.submitCode({ ...code, rememberDevice: true });
    expect(byCode.asked.at(-1)).toEqual(['POST /auth/login/mfa', { ...code, rememberDevice: true }]);
    const byPasskey = begin(answers, secondStep());
    await byPasskey.signIn.submitPasskey({ rememberDevice: true });
    expect(byPasskey.asked.at(-1)?.[1]).toMatchObject({ method: 'passkey', rememberDevice: true });
    const notOffered = begin({ 'POST /auth/login': challenge });
    expect(await notOffered.signIn.submitPassword(password)).not.toHaveProperty('rememberDeviceDays');
  });

  test.each([
    ['NotAllowedError', 'cancelled'],
    ['SecurityError', 'unusable'],
  ])('%s of the browser is %s, and a code may follow', async (name, failure) => {
    vi.mocked(startAuthentication).mockRejectedValue(Object.assign(new Error('no'), { name }));
    const { signIn } = begin(
      { 'POST /auth/login/mfa/passkey-options': () => json({}), 'POST /auth/login/mfa': authenticated },
      secondStep(),
    );
    expect(await signIn.submitPasskey()).toMatchObject({ step: 'second_step', problem: { failure }, next: null });
    expect(await signIn.submitCode(code)).toMatchObject({ step: 'done' });
  });
});

describe('giving up', () => {
  test('starting over leaves an answer that is under way behind', async () => {
    const late = held();
    const { session, signIn, asked } = begin({ 'POST /auth/login/mfa': late.answer }, secondStep());
    const submitted = signIn.submitCode(code);
    await vi.waitFor(() => expect(asked).toHaveLength(1));
    signIn.startOver();
    late.release(authenticated());
    expect(await submitted).toMatchObject({ step: 'password', pending: false });
    expect(session.get()).toEqual({ status: 'loading' });
  });

  test('who leaves aborts the request, and finds the step as it was', async () => {
    const late = held();
    const { signIn, leave, asked } = begin({ 'POST /auth/login/mfa': late.answer }, secondStep());
    const submitted = signIn.submitCode(code);
    await vi.waitFor(() => expect(asked).toHaveLength(1));
    leave();
    expect(await submitted).toMatchObject({ step: 'second_step', pending: false, problem: null });
  });

  test('who is back at once has not left', async () => {
    const late = held();
    const { signIn, leave } = begin({ 'POST /auth/login/mfa': late.answer }, secondStep());
    const submitted = signIn.submitCode(code);
    leave();
    signIn.subscribe(() => undefined);
    await new Promise((resolve) => setTimeout(resolve));
    late.release(authenticated());
    expect(await submitted).toMatchObject({ step: 'done' });
  });

  test('who leaves takes away the question for a passkey', async () => {
    vi.mocked(startAuthentication).mockReturnValue(new Promise(() => undefined));
    const { signIn, leave } = begin({ 'POST /auth/login/mfa/passkey-options': () => json({}) }, secondStep());
    void signIn.submitPasskey();
    await vi.waitFor(() => expect(startAuthentication).toHaveBeenCalled());
    leave();
    await vi.waitFor(() => expect(WebAuthnAbortService.cancelCeremony).toHaveBeenCalledOnce());
  });
});
