import { matchingTimeStep, newTotpSecret, secretText } from '@sallyport/core/totp';
import { verifySync } from 'otplib';
import { Bench } from 'tinybench';
import { printTable } from './report.ts';

/** Checking a code against three time steps, beside otplib, which does the same. */
const secret = newTotpSecret();
const text = secretText(secret);
const bench = new Bench({ time: 1000 });
bench
  .add('ours', () => {
    matchingTimeStep(secret, '123456', Date.now(), 0);
  })
  .add('otplib', () => {
    verifySync({ secret: text, token: '123456', epochTolerance: 30 });
  });
await bench.run();

const perSecond = (name: string): number => {
  const result = bench.getTask(name)?.result;
  if (result?.state !== 'completed') throw new Error(`${name} did not complete`);
  return result.throughput.mean;
};
const [ours, theirs] = [perSecond('ours'), perSecond('otplib')];
printTable(
  ['codes checked a second', 'ours', 'otplib', 'ratio'],
  [['three time steps', ours.toFixed(0), theirs.toFixed(0), (ours / theirs).toFixed(2)]],
);
