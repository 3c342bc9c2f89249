import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { AccountMenu, expect, SignInPage, test } from '@sallyport/testkit/workspace';

/** `  email  password  note`, as the first start prints the demo accounts. */
const account = /^\s+(?<email>\S+@\S+)\s+(?<password>\S+)\s{2,}(?<note>.*)$/gm;

test('a newcomer starts Sallyport in an empty folder and signs in with a demo account', async ({
  page,
  newSallyport,
}) => {
  test.setTimeout(180_000);
  const sallyport = newSallyport({ demo: true });
  await sallyport.start();
  await expect.poll(() => sallyport.log).toContain(sallyport.url);
  const accounts = [...sallyport.log.matchAll(account)].flatMap(({ groups }) => (groups ? [groups] : []));
  expect(accounts.length).toBeGreaterThanOrEqual(6);
  const { email = '', password = '' } = accounts.find((each) => !each.password?.startsWith('(')) ?? {};

  await page.goto(`${sallyport.url}/sign-in`);
  await new SignInPage(page).submit({ email, password });
  await expect(new AccountMenu(page).avatar).toBeVisible();

  // The calls that it printed work as they stand.
  const calls = sallyport.log.match(/(?<=^ +)curl .+$/gm) ?? [];
  const cwd = test.info().outputPath();
  mkdirSync(cwd, { recursive: true });
  const answers = execFileSync('sh', ['-ec', calls.join('\n')], { cwd, encoding: 'utf8' }).split('\n');
  expect(JSON.parse(answers[1] ?? '')).toMatchObject({ email, role: 'admin' });

  // The accounts are shown again, and the session goes on.
  await sallyport.stop();
  const before = sallyport.log.length;
  await sallyport.start();
  await expect.poll(() => sallyport.log.slice(before)).toContain(password);
  await page.reload();
  await expect(new AccountMenu(page).avatar).toBeVisible();
});
