import { randomBytes } from 'node:crypto';
import { secretBytes } from '@sallyport/core/totp';
import { product } from '@sallyport/testkit/product';
import { Sallyport } from '@sallyport/testkit/server';
import { codeFor } from '../codes.ts';
import type { Contender } from '../contender.ts';
import { BenchDatabase } from '../database.ts';
import { oneByOne, people, seedOf } from '../people.ts';

/** The built product on PostgreSQL, as an operator runs it. */
export async function startSallyport(
  count: number,
  environment: Readonly<Record<string, string>> = {},
): Promise<Contender & { databaseUrl: string }> {
  const database = await BenchDatabase.create();
  const sallyport = new Sallyport({
    product,
    environment: {
      ...environment,
      DATABASE_URL: database.url,
      SALLYPORT_ENCRYPTION_KEYS: `k1:${randomBytes(32).toString('base64')}`,
    },
  });
  const persons = people(count);
  await sallyport.seed(seedOf(persons));
  await sallyport.start();
  return {
    name: 'Sallyport',
    url: sallyport.url,
    pid: sallyport.pid,
    databaseUrl: database.url,
    mePath: '/api/v1/me',
    databaseCpuSeconds: (work) => database.cpuSecondsOf(work),
    analyze: () => database.analyze(),
    newcomers: oneByOne(persons),
    signInByPassword: async (browser, { email, password }) => {
      await browser.post('/api/v1/auth/login', { email, password });
    },
    enrol: async (browser, person) => {
      const { secret } = await browser.post<{ secret: string }>('/api/v1/me/mfa/totp');
      const enrolled = { ...person, secret: secretBytes(secret), lastStep: 0 };
      await browser.post('/api/v1/me/mfa/totp/confirm', { password: person.password, code: codeFor(enrolled) });
      return enrolled;
    },
    signIn: async (browser, { email, password }, code) => {
      await browser.post('/api/v1/auth/login', { email, password });
      await browser.post('/api/v1/auth/login/mfa', { method: 'totp', code });
    },
    dispose: async () => {
      await sallyport.dispose();
      await database.drop();
    },
  };
}
