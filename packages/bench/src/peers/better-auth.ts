import { secretBytes } from '@sallyport/core/totp';
import { codeFor } from '../codes.ts';
import type { Contender } from '../contender.ts';
import { BenchDatabase } from '../database.ts';
import { oneByOne, people } from '../people.ts';
import { startPeer } from './process.ts';

/** See better-auth.server.ts. */
export async function startBetterAuth(count: number): Promise<Contender> {
  const database = await BenchDatabase.create();
  const peer = await startPeer('better-auth', { databaseUrl: database.url, people: count });
  return {
    name: 'better-auth',
    url: peer.url,
    pid: peer.pid,
    mePath: '/api/auth/get-session',
    databaseCpuSeconds: (work) => database.cpuSecondsOf(work),
    analyze: () => database.analyze(),
    newcomers: oneByOne(people(count)),
    signInByPassword: async (browser, { email, password }) => {
      await browser.post('/api/auth/sign-in/email', { email, password });
    },
    enrol: async (browser, person) => {
      const { password } = person;
      const { totpURI } = await browser.post<{ totpURI: string }>('/api/auth/two-factor/enable', { password });
      const secret = secretBytes(new URL(totpURI).searchParams.get('secret') ?? '');
      const enrolled = { ...person, secret, lastStep: 0 };
      await browser.post('/api/auth/two-factor/verify-totp', { code: codeFor(enrolled) });
      return enrolled;
    },
    signIn: async (browser, { email, password }, code) => {
      await browser.post('/api/auth/sign-in/email', { email, password });
      await browser.post('/api/auth/two-factor/verify-totp', { code });
    },
    dispose: async () => {
      await peer.stop();
      await database.drop();
    },
  };
}
