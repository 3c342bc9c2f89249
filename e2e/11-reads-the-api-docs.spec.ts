import { expect, test } from '@sallyport/testkit/workspace';

test('a developer browses the API at /docs', async ({ page, request }) => {
  const document = await (await request.get('/api/v1/openapi.json')).json();
  expect(document.openapi).toMatch(/^3\.1/);
  expect(Object.keys(document.paths)).toContain('/api/v1/me/mfa/totp/confirm');

  await page.goto('/docs');
  await expect(page.getByText('/api/v1/me/mfa/totp/confirm').first()).toBeVisible();
});
