import pg from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { TestApp } from '../../testing/app.ts';

let service: TestApp;
beforeEach(async () => {
  service = await TestApp.start();
});
afterEach(() => service.stop());

const ready = async (): Promise<number> => (await service.app.inject('/readyz')).statusCode;

/** Has the database refuse every write, or take them again, as one does that failed over or was locked by its admin. */
async function refuseWrites(refuse: boolean): Promise<void> {
  const { database } = service.resources;
  if (database.kind === 'embedded') {
    await database.pglite.exec(`SET default_transaction_read_only = ${refuse ? 'on' : 'off'}`);
    return;
  }
  const admin = new pg.Client(database.connection);
  await admin.connect();
  const { rows } = await admin.query<{ name: string }>('SELECT current_database() AS name');
  await admin.query('SET default_transaction_read_only = off');
  await admin.query(`ALTER DATABASE ${rows[0]?.name} SET default_transaction_read_only = ${refuse ? 'on' : 'off'}`);
  // Sessions keep what they began with.
  await admin.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()`);
  await admin.end();
}

test('SEC-53: readyz says 503 while the database refuses writes, and so does whatever writes', async () => {
  const user = await service.user();
  expect(await ready()).toBe(200);
  await refuseWrites(true);
  try {
    service.clock.advance({ seconds: 10 });
    expect(await ready()).toBe(503);
    const { status } = await service.browser().post('/auth/login', { email: user.email, password: user.password });
    expect(status).toBe(503);
  } finally {
    await refuseWrites(false);
  }
  expect(await ready()).toBe(200);
});

test('asking whether the service is ready writes once in a while', async () => {
  expect(await ready()).toBe(200);
  await refuseWrites(true);
  try {
    expect(await ready()).toBe(200);
    service.clock.advance({ seconds: 5 });
    expect(await ready()).toBe(503);
  } finally {
    await refuseWrites(false);
  }
});
