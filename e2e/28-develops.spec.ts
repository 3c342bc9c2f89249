import { AccountMenu, expect, SignInPage, test } from '@sallyport/testkit/workspace';
import { Checkout } from './checkout.ts';

test.describe('a contributor at work', () => {
  let checkout: Checkout;

  test.beforeAll(async () => {
    test.setTimeout(240_000);
    checkout = new Checkout();
    await checkout.develop();
  });
  test.afterAll(() => checkout?.remove());

  test('changes texts, the API and what both are made of, and loses nothing', async ({ page }) => {
    test.setTimeout(240_000);
    const { url } = checkout;
    const accounts = () => [...checkout.log.matchAll(/^ +(pat@\S+) +(\S+) +admin/gm)];
    const [, email = '', password = ''] = accounts()[0] ?? [];

    await page.goto(`${url}/sign-in`);
    const form = new SignInPage(page);
    await form.email.fill(email);
    await page.evaluate(() => Object.assign(window, { isThePageItWas: true }));

    await test.step('a text', async () => {
      checkout.change('apps/web/src/features/sign-in/texts.ts', (text) =>
        text.replace("title: 'Sign in to Sallyport'", "title: 'Come in'"),
      );
      await expect(page.getByRole('heading', { name: 'Come in' })).toBeVisible();
      // And once more, over the first change.
      checkout.change('apps/web/src/features/sign-in/texts.ts', (text) => text.replace('Come in', 'Come on in'));
      await expect(page.getByRole('heading', { name: 'Come on in' })).toBeVisible();
      await expect(form.email).toHaveValue(email);
      expect(await page.evaluate(() => 'isThePageItWas' in window)).toBe(true);
    });

    await form.submit({ email, password });
    await expect(new AccountMenu(page).avatar).toBeVisible();

    /** Called again and again through each change: no call fails. */
    const title = async () => {
      const answer = await fetch(`${url}/api/v1/nothing`);
      expect(answer.status).toBe(404);
      return (await answer.json()).title;
    };
    const often = { intervals: [20], timeout: 60_000 };

    await test.step('the vocabulary, of which the API is made too', async () => {
      checkout.change('packages/core/src/problem.ts', (text) => text.replace('There is no such thing here', 'Nothing'));
      await expect.poll(title, often).toBe('Nothing');
    });

    await test.step('a change that is none: the API stays as it is', async () => {
      checkout.change('apps/api/src/http/problems.ts', (text) => `${text}\nexport const = ;\n`);
      await expect.poll(() => checkout.log).toContain('The API is as it was before the change.');
      expect(await title()).toBe('Nothing');
      checkout.change('apps/api/src/http/problems.ts', (text) => text.replace('\nexport const = ;\n', '\n// mended\n'));
      checkout.change('packages/core/src/problem.ts', (text) => text.replace("'Nothing'", "'Nothing at all'"));
      await expect.poll(title, often).toBe('Nothing at all');
    });

    // One database all the time: who signed in still is.
    await page.reload();
    await expect(new AccountMenu(page).avatar).toBeVisible();

    expect(await checkout.stop()).toBe(0);
    expect(accounts()).toHaveLength(1);
    expect(checkout.log).not.toContain('ECONNREFUSED');
  });
});
