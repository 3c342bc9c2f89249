import { expect, test } from 'vitest';
import { Metrics } from './metrics.ts';
import { HashPool } from './passwords/hash-pool.ts';

const sample = (text: string, series: string): number | undefined => {
  const line = text.split('\n').find((candidate) => candidate.startsWith(`${series} `));
  return line === undefined ? undefined : Number(line.split(' ')[1]);
};

test('requests are counted by route, never by URL', async () => {
  const metrics = new Metrics();
  metrics.observeRequest({ method: 'GET', route: '/api/v1/users/:id', status: 200, seconds: 0.02 });
  metrics.observeRequest({ method: 'GET', route: '/api/v1/users/:id', status: 200, seconds: 0.2 });
  const text = await metrics.text();
  const labels = 'method="GET",route="/api/v1/users/:id",status="200"';
  expect(sample(text, `sallyport_http_request_duration_seconds_count{${labels}}`)).toBe(2);
  expect(sample(text, `sallyport_http_request_duration_seconds_bucket{le="0.025",${labels}}`)).toBe(1);
});

test('the hash pool shows slots, queue, waits and what it shed', async () => {
  const metrics = new Metrics();
  const pool = new HashPool({ slots: 1, queueLimit: 1, observer: metrics.hashPoolObserver });
  metrics.watchHashPool(pool);
  let end = () => {};
  const running = pool.run(
    'password',
    () =>
      new Promise<void>((resolve) => {
        end = resolve;
      }),
  );
  const waiting = pool.run('backup_code', async () => undefined);
  await expect(pool.run('backup_code', async () => undefined)).rejects.toThrow();
  const busy = await metrics.text();
  expect(sample(busy, 'sallyport_hash_slots')).toBe(1);
  expect(sample(busy, 'sallyport_hashes_running')).toBe(1);
  expect(sample(busy, 'sallyport_hashes_waiting{reason="backup_code"}')).toBe(1);
  expect(sample(busy, 'sallyport_hashes_waiting{reason="password"}')).toBe(0);
  expect(sample(busy, 'sallyport_hashes_shed_total{reason="backup_code"}')).toBe(1);
  end();
  await Promise.all([running, waiting]);
  const idle = await metrics.text();
  expect(sample(idle, 'sallyport_hashes_running')).toBe(0);
  expect(sample(idle, 'sallyport_hash_wait_seconds_count{reason="password"}')).toBe(1);
  expect(sample(idle, 'sallyport_hashes_waiting{reason="backup_code"}')).toBe(0);
});

test('sign-ins are counted by outcome', async () => {
  const metrics = new Metrics();
  metrics.countSignIn('authenticated');
  metrics.countSignIn('invalid_credentials');
  metrics.countSignIn('invalid_credentials');
  const text = await metrics.text();
  expect(sample(text, 'sallyport_sign_ins_total{outcome="invalid_credentials"}')).toBe(2);
});

test('SEC-53: a gauge that cannot be read hides no other', async () => {
  const metrics = new Metrics();
  let waiting: () => Promise<number> = async () => 3;
  metrics.watchMail(() => waiting());
  expect(sample(await metrics.text(), 'sallyport_mails_waiting')).toBe(3);
  waiting = () => Promise.reject(new Error('no database'));
  const text = await metrics.text();
  expect(sample(text, 'sallyport_mails_waiting')).toBe(3);
  expect(sample(text, 'process_start_time_seconds')).toBeGreaterThan(0);
});

test('several services fit in a process', async () => {
  const [one, other] = [new Metrics(), new Metrics()];
  one.countSignIn('authenticated');
  expect(sample(await other.text(), 'sallyport_sign_ins_total{outcome="authenticated"}')).toBeUndefined();
  expect(one.contentType).toContain('text/plain');
});

test('what several processes measured is one text, each series with the number of its process', async () => {
  const [one, other] = [new Metrics(), new Metrics()];
  const all = () => Promise.all([one, other].map((metrics) => metrics.ownText()));
  one.joinGroup(1, all);
  other.joinGroup(2, all);
  one.countSignIn('authenticated');
  other.countSignIn('authenticated');
  other.countSignIn('authenticated');
  const text = await one.text();
  expect(sample(text, 'sallyport_sign_ins_total{outcome="authenticated",process="1"}')).toBe(1);
  expect(sample(text, 'sallyport_sign_ins_total{outcome="authenticated",process="2"}')).toBe(2);
  expect(text.match(/^# TYPE sallyport_sign_ins_total counter$/gm)).toHaveLength(1);
  expect(text.endsWith('\n')).toBe(true);
});
