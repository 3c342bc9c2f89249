import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { Browser } from './testing/browser.ts';
import { OtlpReceiver, type ReceivedSpan } from './testing/otlp-receiver.ts';
import { type Server, Servers } from './testing/servers.ts';

// Each start loads the whole program, on a machine that is busy with other tests.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 180_000 });

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const CALLER = 'b7ad6b7169203331';
const WRONG_PASSWORD = 'wrong horse battery staple';

let servers: Servers;
let receiver: OtlpReceiver;
let silent: OtlpReceiver;
let server: Server;
let browser: Browser;
let exitCode: number | null;
/** What must not leave the service: by words for it. */
const secrets = new Map<string, string>();

/** A server that hands on to a receiver until it stops, and what a person asks of it. */
beforeAll(async () => {
  [receiver, silent] = await Promise.all([OtlpReceiver.start(), OtlpReceiver.start({ answers: false })]);
  servers = new Servers({ SALLYPORT_DEMO: '1' });
  server = await servers.start({
    OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
    OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
    OTEL_EXPORTER_OTLP_HEADERS: 'authorization=of-the-collector',
    OTEL_SERVICE_NAME: 'login',
    OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name=test',
    // Longer than the test: what arrives is what was left at the stop.
    OTEL_BSP_SCHEDULE_DELAY: '600000',
  });
  const [{ email, password }] = JSON.parse(readFileSync(join(server.dataDir, 'demo-accounts.json'), 'utf8'));
  const address = '192.0.2.77';
  const headers = { 'user-agent': 'An/unusual-browser' };
  browser = new Browser(server.send, { address, headers: { ...headers, traceparent: `00-${TRACE}-${CALLER}-01` } });
  const stranger = new Browser(server.send, { address, headers });
  const me = await browser.post('/auth/login', { email, password });
  expect(me.body.status).toBe('authenticated');
  expect((await browser.get(`/users/${me.body.user.id}`)).status).toBe(200);
  expect((await stranger.post('/auth/login', { email, password: WRONG_PASSWORD })).status).toBe(401);
  expect((await stranger.get(`/auth/sign-in-options?email=${email}`)).status).toBe(200);
  expect((await stranger.post('/auth/password-reset', { email })).status).toBe(202);
  expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
  await vi.waitFor(() => expect(readdirSync(join(server.dataDir, 'outbox'))).toHaveLength(1), { timeout: 20_000 });
  for (const [name, value] of browser.jar) secrets.set(`cookie ${name}`, value);
  const { id, organization } = me.body.user;
  for (const [words, value] of Object.entries({ email, password, WRONG_PASSWORD, address, id, ...headers })) {
    secrets.set(words, value);
  }
  secrets.set('organization', organization.id).set('header of the collector', 'of-the-collector');
  exitCode = await server.stop();
});
afterAll(async () => {
  await servers.dispose();
  for (const one of [receiver, silent]) one.stop();
});

const named = (name: string): ReceivedSpan => {
  const found = receiver.spans().find((span) => span.name === name);
  if (!found) throw new Error(`There is no span ${name}.`);
  return found;
};

const partsOf = ({ spanId, traceId }: ReceivedSpan): ReceivedSpan[] =>
  receiver.spans().filter((span) => span.parentSpanId === spanId && span.traceId === traceId);

test('SIGTERM hands on what is left, and a sign-in is one span under that of who asked, with its statements and its hash', () => {
  expect(exitCode).toBe(0);
  const signIn = receiver.spans().find((span) => span.traceId === TRACE && span.name === 'POST /api/v1/auth/login');
  expect(signIn).toMatchObject({ kind: 2, parentSpanId: CALLER, status: { code: 0 } });
  const parts = partsOf(signIn as ReceivedSpan);
  const hashes = parts.filter(({ name }) => name === 'hash');
  expect(hashes.map(({ attributes }) => attributes['sallyport.hash.reason'])).toEqual(['password']);
  const statements = parts.filter(({ kind }) => kind === 3);
  expect(statements.length).toBeGreaterThan(1);
  for (const { attributes } of statements) {
    expect(attributes['db.system.name']).toBe('postgresql');
    expect(String(attributes['db.query.text']).length).toBeLessThanOrEqual(1000);
  }
  expect(parts).toHaveLength(hashes.length + statements.length);
  for (const { startTimeUnixNano, endTimeUnixNano } of parts) {
    expect(BigInt(startTimeUnixNano)).toBeGreaterThanOrEqual(BigInt(signIn?.startTimeUnixNano ?? 0));
    expect(BigInt(endTimeUnixNano)).toBeLessThanOrEqual(BigInt(signIn?.endTimeUnixNano ?? 0));
  }
});

test('a request is named by its route, and one whose proof was refused is no error of the service', () => {
  expect(named('GET /api/v1/users/:id').attributes).toMatchObject({
    'http.request.method': 'GET',
    'http.route': '/api/v1/users/:id',
    'http.response.status_code': 200,
  });
  const refused = receiver.spans().find(({ attributes }) => attributes['http.response.status_code'] === 401);
  expect(refused).toMatchObject({ name: 'POST /api/v1/auth/login', status: { code: 0 } });
  expect(refused?.traceId).not.toBe(TRACE);
});

test('a mail is a span of its own, for nobody waits for it; health checks are none, nor is a statement by itself', () => {
  const mail = named('mail');
  expect(mail.parentSpanId).toBeUndefined();
  expect(mail.attributes).toEqual({ 'sallyport.mail.attempt': 1, 'sallyport.mail.outcome': 'delivered' });
  expect(partsOf(mail).map(({ name }) => name)).toEqual(['DELETE outgoing_mails']);
  const roots = receiver.spans().filter(({ parentSpanId }) => parentSpanId === undefined);
  expect(roots.filter(({ name }) => !/^(?:GET|POST) \/api\/v1\/|^mail$|^chore /.test(name))).toEqual([]);
});

test('SEC-42: no attribute holds a secret, an address or an id of a person', () => {
  expect(secrets.size).toBeGreaterThanOrEqual(11);
  const all = receiver.bodies.map(({ text }) => text).join('\n');
  for (const [words, value] of secrets) expect(all.includes(value), words).toBe(false);
});

test('metrics are those of Prometheus, under the same names, and the standard variables name the service', () => {
  const [signedIn] = receiver
    .points('sallyport_sign_ins_total')
    .filter(({ attributes }) => attributes.outcome === 'authenticated');
  expect(signedIn?.asDouble).toBe(1);
  const [request] = receiver
    .points('sallyport_http_request_duration_seconds')
    .filter(({ attributes }) => attributes.route === '/api/v1/users/:id');
  expect(Number(request?.count)).toBe(1);
  expect(request?.bucketCounts?.map(Number).reduce((sum, count) => sum + count)).toBe(1);
  expect(receiver.points('sallyport_hash_slots')[0]?.asDouble).toBeGreaterThan(0);
  for (const resource of receiver.resources()) {
    expect(resource).toMatchObject({ 'service.name': 'login', 'deployment.environment.name': 'test' });
    expect(resource['service.version']).toMatch(/^\d+\.\d+\.\d+$/);
  }
});

test('an endpoint that takes everything and never answers slows no request, and no stop for long', async () => {
  const stuck = await servers.start({
    SALLYPORT_DATA_DIR: server.dataDir,
    OTEL_EXPORTER_OTLP_ENDPOINT: silent.url,
    OTEL_BSP_SCHEDULE_DELAY: '10',
    OTEL_BSP_MAX_QUEUE_SIZE: '20',
    OTEL_BSP_MAX_EXPORT_BATCH_SIZE: '10',
    // Without a limit of ours the stop would wait for them, and be broken off with another exit code.
    OTEL_BSP_EXPORT_TIMEOUT: '600000',
    OTEL_EXPORTER_OTLP_TIMEOUT: '600000',
  });
  const visitor = new Browser(stuck.send);
  const statuses: number[] = [];
  for (let count = 0; count < 50; count += 1) statuses.push((await visitor.get('/me')).status);
  expect(new Set(statuses)).toEqual(new Set([401]));
  await vi.waitFor(() => expect(silent.bodies.length).toBeGreaterThan(0));
  expect(silent.bodies[0]).toMatchObject({ path: '/v1/traces', contentType: 'application/x-protobuf' });
  expect(await stuck.stop()).toBe(0);
});
