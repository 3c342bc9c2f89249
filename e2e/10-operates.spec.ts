import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AccountMenu, apiOf, enroll, expect, newPassword, SignInPage, test } from '@sallyport/testkit/workspace';

const email = 'olga@harbour.example';
const password = newPassword();
const seedFile = {
  partners: [
    {
      slug: 'harbour',
      name: 'Harbour Services',
      domains: ['harbour.example'],
      users: [{ email, name: 'Olga', role: 'admin', access: 'read_write', password }],
      customers: [],
    },
  ],
};

test('an operator keeps Sallyport running from the command line', async ({ page, playwright, newSallyport }) => {
  test.setTimeout(300_000);
  const sallyport = newSallyport();
  const file = (name: string): string => join(sallyport.dataDir, name);

  await test.step('prepares an empty database, and seeds it as often as it likes', async () => {
    expect(await sallyport.command('migrate')).toMatchObject({ exitCode: 0 });
    await sallyport.seed(seedFile);
    await sallyport.seed(seedFile);
  });

  await test.step('is told where a seed file is wrong, and nothing is written', async () => {
    writeFileSync(file('wrong.json'), JSON.stringify({ partners: [{ slug: 'Not a slug', name: 'X' }] }));
    const { exitCode, stderr } = await sallyport.command('seed', file('wrong.json'));
    expect(exitCode).toBe(65);
    expect(stderr).toContain('/partners/0/slug');
  });

  await test.step('imports users from a file, after looking what would happen', async () => {
    const head = 'email,name,organization,role,access,password';
    writeFileSync(file('users.csv'), `${head}\nivo@harbour.example,Ivo,harbour,member,read_write,${newPassword()}\n`);
    expect(await sallyport.command('users', 'import', file('users.csv'), '--dry-run')).toMatchObject({ exitCode: 0 });
    const imported = await sallyport.command('users', 'import', file('users.csv'), '--json');
    expect(imported.exitCode).toBe(0);
    expect(JSON.parse(imported.stdout)).toMatchObject({ created: 1 });

    writeFileSync(file('wrong.csv'), `${head}\nnot an address,Ivo,harbour,member,read_write,\n`);
    const refused = await sallyport.command('users', 'import', file('wrong.csv'));
    expect(refused.exitCode).toBe(65);
    expect(refused.stderr).toContain('line 2');
  });

  await test.step('cannot open the database while the server runs', async () => {
    await sallyport.start();
    const request = await playwright.request.newContext({ baseURL: sallyport.url });
    await enroll(apiOf(request), { email, password });
    await request.dispose();
    const { exitCode, stderr } = await sallyport.command('mfa', 'reset', email);
    expect(exitCode).toBe(75);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    await sallyport.stop();
  });

  await test.step('seals every secret again under a new key', async () => {
    const keys = file('encryption-keys');
    writeFileSync(keys, `next:${randomBytes(32).toString('base64')},${readFileSync(keys, 'utf8')}`);
    const rotated = await sallyport.command('keys', 'rotate', '--json');
    expect(rotated).toMatchObject({ exitCode: 0 });
    expect(JSON.parse(rotated.stdout)).toMatchObject({ keyId: 'next' });
  });

  await test.step('helps a user in who lost phone and backup codes', async () => {
    expect(await sallyport.command('mfa', 'reset', email)).toMatchObject({ exitCode: 0 });
    expect(await sallyport.command('mail', 'deliver')).toMatchObject({ exitCode: 0 });
    await sallyport.mailbox.newest(email, /reset/i);
    await sallyport.start();
    await page.goto(`${sallyport.url}/sign-in`);
    await new SignInPage(page).submit({ email, password });
    await expect(new AccountMenu(page).avatar).toBeVisible();
    await sallyport.stop();
  });

  await test.step('checks that nobody altered the audit log', async () => {
    const verified = await sallyport.command('audit', 'verify', '--json');
    expect(verified).toMatchObject({ exitCode: 0 });
    expect(JSON.parse(verified.stdout)).toMatchObject({ ok: true });
  });
});

test('an operator switches local sign-in on again where nobody can get in', async ({
  playwright,
  template,
  newSallyport,
}) => {
  test.setTimeout(180_000);
  const sallyport = newSallyport({ copyOf: template.dataDir });
  const [partner] = seedFile.partners;
  await sallyport.seed({ partners: [{ ...partner, settings: { localSignInEnabled: false } }] });
  await sallyport.start();
  const request = await playwright.request.newContext({ baseURL: sallyport.url });
  const signIn = () => apiOf(request).POST('/api/v1/auth/login', { body: { email, password } });
  const refused = await signIn();
  expect(refused.response.status).toBe(403);
  expect(refused.error).toMatchObject({ code: 'local_sign_in_disabled' });
  await sallyport.stop();

  expect(await sallyport.command('local-sign-in', 'enable', 'harbour')).toMatchObject({ exitCode: 0 });
  await sallyport.start();
  expect((await signIn()).response.status).toBe(200);
  await request.dispose();
});
