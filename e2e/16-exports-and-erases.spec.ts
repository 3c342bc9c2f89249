import { downloaded, expect, SignInPage, test } from '@sallyport/testkit/workspace';

test('an admin exports what is kept of a user, and erases the user for good', async ({
  page,
  seeded,
  signIn,
  usersPage,
  userEditPage,
  auditPage,
  mailbox,
  otherBrowser,
}) => {
  const { member } = seeded;
  const theirs = await otherBrowser();
  await signIn(member, theirs);
  await signIn(seeded.customerAdmin);
  await usersPage.open();
  await usersPage.edit(member.email);

  const { fileName, text } = await userEditPage.exportData();
  await expect(page.getByText('The file was downloaded.').first()).toBeVisible();
  expect(fileName).toContain(member.email);
  const { user, data } = JSON.parse(text);
  expect(user).toMatchObject({ id: member.id, email: member.email });
  expect(data.sessions).toHaveLength(1);
  expect(text).not.toMatch(/argon2|password_?hash/i);

  await userEditPage.eraseButton.click();
  await userEditPage.confirmErasure(seeded.readOnlyAdmin.email);
  await expect(userEditPage.eraseDialog).toContainText('This is not the address of the user.');
  await userEditPage.confirmErasure(member.email.toUpperCase());
  await expect(page).toHaveURL(/\/users$/);
  await expect(page.getByText(`${member.name} was erased.`).first()).toBeVisible();
  await expect(usersPage.row(seeded.readOnlyAdmin.email)).toBeVisible();
  await expect(usersPage.row(member.email)).toHaveCount(0);
  await mailbox.newest(member.email, /erased/i);

  await theirs.goto('/account');
  await expect(theirs).toHaveURL(/\/sign-in/);
  await new SignInPage(theirs).signIn(member);
  await expect(theirs.getByRole('alert')).toContainText('wrong');

  await auditPage.open();
  await expect(auditPage.about(seeded.customerAdmin.email, 'erased a user')).toBeVisible();
  await expect(auditPage.about('exported what is kept of an erased person')).toBeVisible();
  await expect(auditPage.about(member.email)).toHaveCount(0);
});

test('a user exports the own data', async ({ page, seeded, signIn }) => {
  await signIn(seeded.member);
  await page.goto('/account');
  const { text } = await downloaded(page.getByRole('button', { name: 'Export my data' }));
  expect(JSON.parse(text).user.email).toBe(seeded.member.email);
});
