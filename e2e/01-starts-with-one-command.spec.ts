import { AccountMenu, expect, Sallyport, SignInPage, test } from '@sallyport/testkit';

/** `  email  password  note`, as the first start prints the demo accounts. */
const account = /^\s+(?<email>\S+@\S+)\s+(?<password>\S+)\s{2,}(?<note>.*)$/gm;

test('a newcomer starts Sallyport in an empty folder and signs in with a demo account', async ({ page }) => {
  const sallyport = new Sallyport({ demo: true });
  try {
    await sallyport.start();
    await expect.poll(() => sallyport.log).toContain(sallyport.url);
    const accounts = [...sallyport.log.matchAll(account)].flatMap(({ groups }) => (groups ? [groups] : []));
    expect(accounts.length).toBeGreaterThanOrEqual(6);
    const admin = accounts.find(({ password }) => password !== undefined && !password.startsWith('('));

    await page.goto(`${sallyport.url}/sign-in`);
    await new SignInPage(page).submit({ email: admin?.email ?? '', password: admin?.password ?? '' });
    await expect(new AccountMenu(page).avatar).toBeVisible();

    // The passwords are shown once; the accounts stay.
    await sallyport.stop();
    const before = sallyport.log.length;
    await sallyport.start();
    expect(sallyport.log.slice(before)).not.toContain(admin?.password);
    await page.reload();
    await expect(new AccountMenu(page).avatar).toBeVisible();
  } finally {
    await sallyport.dispose();
  }
});
