import { availableParallelism } from 'node:os';
import { hash, verify } from '@node-rs/argon2';
import { cookiesOf, startWithAccounts } from './people.ts';
import { report } from './report.ts';

/** Whole sign-ins over HTTP, beside bare argon2id verifications of the same cost and the same parallelism. */
const SECONDS = 5;
const PARALLEL = availableParallelism() * 2;
const parameters = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

async function perSecond(task: (lane: number) => Promise<unknown>): Promise<number> {
  const end = performance.now() + SECONDS * 1000;
  let done = 0;
  const lane = async (index: number): Promise<void> => {
    while (performance.now() < end) {
      await task(index);
      done += 1;
    }
  };
  await Promise.all(Array.from({ length: PARALLEL }, (_, index) => lane(index)));
  return done / SECONDS;
}

const password = 'quarry lantern thistle 9';
const phc = await hash(password, parameters);
const reference = await perSecond(() => verify(phc, password));

const { sallyport, accounts } = await startWithAccounts(PARALLEL);
const measured = await perSecond((lane) => cookiesOf(sallyport, accounts[lane] ?? { email: '', password: '' }));
await sallyport.dispose();

report({ what: 'sign-ins', measured, yardstick: 'bare argon2id', reference, unit: '/s' });
