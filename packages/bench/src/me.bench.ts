import { availableParallelism } from 'node:os';
import { load } from './load.ts';
import { cookiesOf, startWithAccounts } from './people.ts';
import { report } from './report.ts';

/**
 * `GET /me` (a token, a session row, its user) beside `GET /healthz`, which touches nothing; and its p99 while every
 * hash slot is busy with sign-ins beside its p99 on an idle service (SEC-51).
 */
const BUSY_SIGN_INS = availableParallelism() * 4;
const { sallyport, accounts } = await startWithAccounts(BUSY_SIGN_INS + 1);
const [first, ...others] = accounts;
if (!first) throw new Error('There is no account.');
const cookie = await cookiesOf(sallyport, first);
const me = { url: `${sallyport.url}/api/v1/me`, connections: 8, headers: { cookie } };

const health = await load({ url: `${sallyport.url}/healthz`, connections: 8 });
const idle = await load(me);
report({
  what: 'GET /me',
  measured: idle.perSecond,
  yardstick: 'GET /healthz',
  reference: health.perSecond,
  unit: '/s',
});

let busy = true;
const signIns = others.map(async (account) => {
  while (busy) await cookiesOf(sallyport, account);
});
const underLoad = await load(me);
busy = false;
await Promise.all(signIns);
await sallyport.dispose();
report({
  what: 'GET /me p99 while all slots hash',
  measured: underLoad.p99,
  yardstick: 'p99 when idle',
  reference: Math.max(idle.p99, 1),
  unit: 'ms',
});
if (underLoad.refused > 0) process.stdout.write(`${underLoad.refused} answers to GET /me were not 200\n`);
