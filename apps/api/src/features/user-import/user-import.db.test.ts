import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { GOOD_PASSWORD, TestApp, type TestOrganization } from '../../testing/app.ts';
import { ImportRefused, type ImportRow, UserImportService } from './service.ts';

let service: TestApp;
let imports: UserImportService;
let organization: TestOrganization;

beforeAll(async () => {
  service = await TestApp.start();
  imports = new UserImportService({ ...service.resources, ...service.services });
  organization = await service.customer(await service.partner());
});
afterAll(() => service.stop());

const actorName = 'operator: users import';

let lines = 1;

function row(email: string, more: Partial<ImportRow> = {}): ImportRow {
  lines += 1;
  const { slug } = organization;
  return {
    line: lines,
    email,
    name: 'Some One',
    organization: slug,
    role: 'member',
    access: 'read_only',
    password: '',
    ...more,
  };
}

const faultsOf = (rows: ImportRow[]) =>
  imports.run(rows, { actorName }).then(
    () => [],
    (error: unknown) => {
      if (error instanceof ImportRefused) return error.faults;
      throw error;
    },
  );

describe('users import', () => {
  test('creates users with a password, and invites those without by mail', async () => {
    const rows = [
      row('Ann@import.example', { role: 'admin', access: 'read_write', password: GOOD_PASSWORD }),
      row('bob@import.example'),
    ];
    expect(await imports.run(rows, { actorName })).toEqual({ created: 2, invited: 1 });

    const ann = await service.browser().post('/auth/login', { email: 'ann@import.example', password: GOOD_PASSWORD });
    expect(ann.body).toMatchObject({ user: { role: 'admin', organization: { slug: organization.slug } } });

    const [text = ''] = await service.mailTextsTo('bob@import.example');
    const token = /#token=([\w-]+)/.exec(text)?.[1];
    const accepted = await service
      .browser()
      .post('/auth/invitation/accept', { token, password: 'violet canyon orbit plum' });
    expect(accepted.status).toBe(204);

    const events = await service.db.auditEvent.findMany({ where: { action: 'users.imported' } });
    const emails = ['ann@import.example', 'bob@import.example'];
    const users = await service.db.user.findMany({ where: { email: { in: emails } }, orderBy: { email: 'asc' } });
    const ids = users.map(({ id }) => id);
    expect(events).toMatchObject([
      {
        actorName,
        organizationId: organization.id,
        details: { count: 2, users: ids },
      },
    ]);
  });

  test('refuses the whole file with every fault by line, and writes nothing', async () => {
    const taken = await service.user({ organization });
    const good = row('good@import.example');
    const rows = [
      good,
      row('no address', { role: 'king', access: '', name: ' ' }),
      row(taken.email.toUpperCase()),
      row('GOOD@import.example'),
      row('lost@import.example', { organization: 'nowhere' }),
      row('weak@import.example', { password: 'password' }),
    ];
    const users = await service.db.user.count();
    expect(await faultsOf(rows)).toEqual([
      { line: rows[1]?.line, message: 'email must be an email address' },
      { line: rows[1]?.line, message: 'name must be 1 to 200 characters and not blank' },
      { line: rows[1]?.line, message: 'role must be one of admin, member' },
      { line: rows[1]?.line, message: 'access must be one of read_write, read_only' },
      { line: rows[2]?.line, message: 'email belongs to a user already' },
      { line: rows[3]?.line, message: `email is the same as in line ${good.line}` },
      { line: rows[4]?.line, message: 'organization is not the slug of an organization' },
      { line: rows[5]?.line, message: expect.stringMatching(/^password does not fit: /) },
    ]);
    expect(await service.db.user.count()).toBe(users);
  });

  test('SEC-6: no password where it would be of no use', async () => {
    const off = await service.customer(await service.partner(), { localSignInEnabled: false });
    const rows = [
      row('with@off.example', { organization: off.slug, password: 'quarry lantern thistle 9' }),
      row('without@off.example', { organization: off.slug, password: '' }),
    ];
    expect(await faultsOf(rows)).toEqual([
      { line: rows[0]?.line, message: expect.stringMatching(/^password must be empty: /) },
    ]);
  });

  test('a check writes nothing', async () => {
    await imports.check([row('checked@import.example')]);
    expect(await service.db.user.count({ where: { email: 'checked@import.example' } })).toBe(0);
  });

  test('of two imports of one file at once, one is refused', async () => {
    const rows = Array.from({ length: 5 }, (_, index) => row(`twice-${index}@import.example`));
    const outcomes = await Promise.all([faultsOf(rows), faultsOf(rows)]);
    expect(outcomes.map((faults) => faults.length).sort()).toEqual([0, 5]);
  });

  test('takes a thousand rows, and says how far it is', async () => {
    const rows = Array.from({ length: 1000 }, (_, index) =>
      row(`many-${index}@import.example`, { password: index % 2 === 0 ? GOOD_PASSWORD : '' }),
    );
    const seen: Record<string, [number, number]> = {};
    const outcome = await imports.run(rows, {
      actorName,
      onProgress: (phase, done, total) => {
        seen[phase] = [done, total];
      },
    });
    expect(outcome).toEqual({ created: 1000, invited: 500 });
    expect(seen).toEqual({ hashing: [500, 500], writing: [1000, 1000] });
  }, 60_000);
});
