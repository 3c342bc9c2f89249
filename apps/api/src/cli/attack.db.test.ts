import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { TestApp } from '../testing/app.ts';
import { CarelessService } from '../testing/careless-service.ts';
import { type CommandResult, runCommand } from '../testing/command.ts';
import { testDatabaseKind } from '../testing/database.ts';
import { postgresObstacle } from '../testing/postgres-server.ts';

// An attack waits for codes of the real clock.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

afterEach(() => vi.unstubAllEnvs());

const nobody = { SALLYPORT_ATTACK_EMAIL: '', SALLYPORT_ATTACK_PASSWORD: '', SALLYPORT_ATTACK_CODE: '' };
const attack = (args: readonly string[], admin: Record<string, string> = {}) =>
  runCommand(['attack', ...args], { ...nobody, ...admin });

interface Row {
  name: string;
  published: string;
  result: string;
  words?: string;
}
const rowsOf = ({ out }: CommandResult): Row[] => JSON.parse(out).attacks;
const credentials = ({ email, password }: { email: string; password: string }) => ({
  SALLYPORT_ATTACK_EMAIL: email,
  SALLYPORT_ATTACK_PASSWORD: password,
});

describe.runIf(testDatabaseKind() === 'embedded')('the command', () => {
  test.each([['x'], ['ftp://localhost/'], ['http://localhost/path'], []])(
    'takes an origin, and no %j',
    async (...args) => {
      expect(await attack(args)).toMatchObject({ code: 64, out: '' });
    },
  );

  test('attacks nothing elsewhere without being told that it may', async () => {
    const { code, err } = await attack(['https://login.example.com'], credentials({ email: 'a@b.c', password: 'x' }));
    expect(code).toBe(64);
    expect(err).toContain('--authorized');
  });

  test('says which variables it wants where nobody can be asked', async () => {
    const { code, err } = await attack(['http://localhost:1']);
    expect([code, err]).toEqual([64, 'SALLYPORT_ATTACK_EMAIL is not set, and there is no terminal to ask on.\n']);
  });

  test('finds every hole of a service that has them all', async () => {
    const careless = new CarelessService();
    const url = await careless.listen();
    try {
      const { code, out, err } = await attack([url.origin], {
        ...credentials(careless.admin),
        SALLYPORT_ATTACK_CODE: '000000',
      });
      const rows = out.split('\n').filter((line) => /^(held|BROKEN|not applicable|unclear) /.test(line));
      expect(rows.length).toBeGreaterThanOrEqual(40);
      expect(rows.filter((row) => !row.startsWith('BROKEN'))).toEqual([
        expect.stringMatching(/^not applicable +a mailed reset that signs in /),
      ]);
      expect(out).toMatch(/^BROKEN +a code used twice +CVE-2015-7225 .*\n +-> taken: the same code \(200\)\n/m);
      expect(err).toContain(`\n${rows.length - 1} attacks went through.\n`);
      expect(code).toBe(65);
    } finally {
      await careless.close();
    }
  });
});

/** Once, and on PostgreSQL where there is one: there requests truly overlap. */
const isHere = testDatabaseKind() === 'postgres' || (await postgresObstacle()) !== null;

describe.runIf(isHere)('the service', () => {
  let service: TestApp;
  let origin: string;
  let clock: { mockRestore(): void };
  beforeAll(async () => {
    service = await TestApp.start();
    // Those outside have only the real clock.
    clock = vi.spyOn(service.clock, 'now').mockImplementation(() => new Date());
    await service.app.listen({ port: 0, host: '127.0.0.1' });
    origin = `http://127.0.0.1:${(service.app.server.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    clock.mockRestore();
    await service.stop();
  });

  const rights = { role: 'admin', access: 'read_write' } as const;

  test('SEC-3, SEC-4, SEC-11 to SEC-16: holds against what was published of others, and keeps no account', async () => {
    const { id, email, password, organization } = await service.user(rights);
    const result = await attack([origin, '--json'], credentials({ email, password }));
    const rows = rowsOf(result);
    expect(rows.length).toBeGreaterThanOrEqual(40);
    expect(rows.filter((row) => row.result !== 'held').map((row) => [row.name, row.result, row.words])).toEqual([
      ['a mailed reset that signs in', 'not applicable', expect.any(String)],
      ['a provider that vouches for an address', 'not applicable', expect.any(String)],
    ]);
    expect(result.code).toBe(0);
    const made = await service.db.user.findMany({ where: { organizationId: organization.id, id: { not: id } } });
    expect(made.length).toBeGreaterThan(rows.length);
    expect(new Set(made.map(({ status }) => status))).toEqual(new Set(['disabled']));
    expect(result.err).toContain(`${made.length} throwaway accounts disabled.\n`);
  });

  test('takes the credentials of an admin who may change things alone, with the second factor', async () => {
    const reader = await service.user({ ...rights, access: 'read_only' });
    expect(await attack([origin], credentials(reader))).toMatchObject({ code: 65, out: '' });
    const nobody = await attack([origin], credentials({ ...reader, password: 'hunter2 hunter2' }));
    expect([nobody.code, nobody.err]).toEqual([69, 'The sign-in of the admin was refused: 401 invalid_credentials.\n']);
    const { user } = await service.enrolledUser(rights);
    const second = await attack([origin], { ...credentials(user), SALLYPORT_ATTACK_CODE: '12345' });
    expect([second.code, second.err]).toEqual([
      69,
      expect.stringContaining('The second step of the admin was refused'),
    ]);
  });
});
