import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { generateSync } from 'otplib';
import { expect, onTestFinished, test } from 'vitest';
import { Installation } from './installation.ts';
import { Ledger } from './ledger.ts';
import { say, toldOf } from './said.ts';

const HOUR_SECONDS = 3600;

test('the clock is stepped an hour forth and two back, under writes', async (context) => {
  const library = process.env.SALLYPORT_FAKETIME;
  if (!library) return context.skip('libfaketime cannot be had here');
  const folder = mkdtempSync(join(tmpdir(), 'sallyport-clock-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'offset');
  const step = (seconds: number): void => writeFileSync(file, `${seconds < 0 ? '' : '+'}${seconds}s`);
  step(0);
  const installation = new Installation({
    LD_PRELOAD: library,
    // Looked up at every call, but not for the clock that timers go by.
    FAKETIME_TIMESTAMP_FILE: file,
    FAKETIME_NO_CACHE: '1',
    FAKETIME_DONT_FAKE_MONOTONIC: '1',
  });
  onTestFinished(() => installation.dispose());
  await installation.begin();
  const ledger = await Ledger.open(installation);
  const someone = installation.bystander;
  const session = await installation.signedIn(someone);
  const { secret } = (await session.post('/me/mfa/totp')).body;
  const codeAt = (seconds: number): string => generateSync({ secret, epoch: Math.floor(Date.now() / 1000) + seconds });
  const { status } = await session.post('/me/mfa/totp/confirm', { password: someone.password, code: codeAt(0) });
  expect(status).toBe(200);

  const told: string[] = [];
  for (const seconds of [HOUR_SECONDS, -HOUR_SECONDS]) {
    await ledger.during(async () => {
      await ledger.grown(10);
      step(seconds);
      await wait(1500);
    });
    // Sessions have ended by the new clock; what was written is there all the same.
    await ledger.renew();
    expect(await ledger.losses()).toEqual([]);
    const code = codeAt(seconds);
    const shown = async () => {
      const browser = installation.browser();
      await browser.post('/auth/login', { email: someone.email, password: someone.password });
      return browser.post('/auth/login/mfa', { method: 'totp', code });
    };
    expect((await shown()).status).toBe(200);
    expect((await shown()).body.code).toBe('invalid_code');
    told.push(`${seconds / HOUR_SECONDS} h`);
  }
  expect(ledger.outrages).toEqual([]);
  await installation.stop();
  await installation.verifyAudit();
  say(context, `stepped by ${told.join(' and ')}, codes go by the new time, each once; ${toldOf(ledger)}`);
});
