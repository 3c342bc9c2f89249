import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import type { Browser } from '../browser.ts';
import { documentedApi } from '../documented.ts';
import { Installation } from './installation.ts';
import { type FuzzedRequest, RequestMaker } from './requests.ts';
import { say } from './said.ts';

const REQUESTS = 13_000;
const LANES = 6;
/** What ends sessions is asked of one that nothing else needs. */
const ENDING = new Set(['signOut', 'revokeOtherSessions', 'refreshSession']);
/** After so many a lane looks whether it is still signed in. */
const LOOK_EVERY = 50;

test('SEC-50: requests made of the document are answered as it says, and never with 5xx', async (context) => {
  const installation = new Installation({
    // Nobody is asked of domains and by providers.
    SALLYPORT_DNS_SERVERS: '127.0.0.1:1',
  });
  onTestFinished(() => installation.dispose());
  await installation.begin();
  const api = await documentedApi();
  const admin = await installation.signedIn(installation.admin);
  const ids: string[] = [];
  for (let count = 0; count < 5; count++) {
    const customer = (await admin.post('/organizations', { slug: `fuzz-${count}`, name: `Fuzz ${count}` })).body;
    const rights = { role: 'member', access: 'read_only', password: 'violet harbour 27 lanterns' };
    const input = { email: `victim-${count}@faults.example`, name: 'Victim', organizationId: customer.id, ...rights };
    ids.push(customer.id, (await admin.post('/users', input)).body.id);
  }

  const maker = new RequestMaker(api.document, ids);
  const seed = Number(process.env.SALLYPORT_FUZZ_SEED || Date.now() % 2 ** 31);
  const operations = Object.entries(api.document.paths).flatMap(([path, byMethod]) =>
    Object.entries(byMethod).map(([method, operation]) => ({ path, method, operation })),
  );
  const each = Math.ceil(REQUESTS / operations.length);
  const waiting = operations.flatMap(({ path, method, operation }, index) =>
    fc.sample(maker.of(path, method, operation), { numRuns: each, seed: seed + index }),
  );
  shuffle(waiting, seed);

  const faults: string[] = [];
  const statuses = new Map<number, number>();
  const answered = async (browser: Browser, request: FuzzedRequest): Promise<void> => {
    const cookie = [...browser.jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await fetch(new URL(request.url, installation.server.url), {
      method: request.method,
      redirect: 'manual',
      headers: { ...request.headers, cookie, 'x-forwarded-for': browser.address },
      ...(request.body === undefined || request.method === 'GET' ? {} : { body: request.body }),
    });
    const text = await answer.text();
    const type = answer.headers.get('content-type') ?? undefined;
    const body = text === '' ? null : type?.includes('json') ? JSON.parse(text) : text;
    statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
    const documented = api.faultOf(request, { status: answer.status, type, body });
    const fault = answer.status >= 500 ? `${answer.status} ${text}` : documented;
    if (fault !== undefined)
      faults.push(`${request.method} ${request.url} ${request.body?.slice(0, 300) ?? ''}: ${fault}`);
  };
  const lane = async (): Promise<void> => {
    let browser = await installation.signedIn(installation.admin);
    const leaver = await installation.signedIn(installation.bystander);
    for (let sent = 1, request = waiting.pop(); request !== undefined; sent += 1, request = waiting.pop()) {
      const isOut = sent % LOOK_EVERY === 0 && (await browser.get('/me')).status !== 200;
      if (isOut) browser = await installation.signedIn(installation.admin);
      const operationId = api.find(request)?.operation.operationId ?? '';
      await answered(ENDING.has(operationId) ? leaver : browser, request);
    }
  };
  const count = waiting.length;
  await Promise.all(Array.from({ length: LANES }, lane));
  expect(faults.slice(0, 20), `seed ${seed}, ${faults.length} faults`).toEqual([]);
  expect(statuses.get(200)).toBeGreaterThan(count / 50);
  await installation.stop();
  await installation.verifyAudit();
  const seen = [...statuses].sort(([one], [other]) => one - other).map(([status, times]) => `${times} × ${status}`);
  say(context, `${count} requests of ${operations.length} operations (seed ${seed}): ${seen.join(', ')}`);
});

/** Fisher and Yates, from the seed. */
function shuffle(items: unknown[], seed: number): void {
  let state = seed;
  for (let last = items.length - 1; last > 0; last -= 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const other = state % (last + 1);
    [items[last], items[other]] = [items[other], items[last]];
  }
}
