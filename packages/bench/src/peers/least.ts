import { availableParallelism } from 'node:os';
import type { Contender, Enrolled } from '../contender.ts';
import { BenchDatabase } from '../database.ts';
import { people } from '../people.ts';
import { leastSecret } from './least-secret.ts';
import { startPeer } from './process.ts';

/** See least.server.ts; with as many threads for hashes as there are cores. */
export async function startLeast(count: number): Promise<Contender & { enrolled: Enrolled[] }> {
  const database = await BenchDatabase.create();
  const threads = { UV_THREADPOOL_SIZE: String(availableParallelism()) };
  const peer = await startPeer('least', { databaseUrl: database.url, people: count }, threads);
  return {
    name: 'the least possible',
    url: peer.url,
    pid: peer.pid,
    mePath: '/me',
    enrolled: people(count).map((person, i) => ({ ...person, secret: leastSecret(i), lastStep: 0 })),
    databaseCpuSeconds: (work) => database.cpuSecondsOf(work),
    analyze: () => database.analyze(),
    newcomers: () => [],
    signInByPassword: async (browser, person) => {
      await browser.post('/password', person);
    },
    enrol: null,
    signIn: async (browser, { email, password }, code) => {
      await browser.post('/password', { email, password });
      await browser.post('/code', { code });
    },
    dispose: async () => {
      await peer.stop();
      await database.drop();
    },
  };
}
