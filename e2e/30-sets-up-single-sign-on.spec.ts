import { expect, SsoSettingsPage, test } from '@sallyport/testkit/workspace';

test('an admin claims a domain and adds a connection, which who may only read sees and cannot change', async ({
  seeded,
  signedInAs,
}) => {
  const [admin, reader] = await Promise.all([signedInAs(seeded.customerAdmin), signedInAs(seeded.readOnlyAdmin)]);
  const settings = new SsoSettingsPage(admin);
  const domain = `${seeded.customer.slug}.example`;
  await settings.open();
  await settings.addDomain(domain);
  await expect(settings.verifyButton(domain)).toBeVisible();
  await expect(settings.recordValue).toHaveValue(/\S{20,}/);

  await settings.addConnection('Google Workspace', {
    Name: 'Acme Google',
    'Client ID': 'client.apps.googleusercontent.com',
    'Client secret': 'not a secret',
    'Google Workspace domains': [domain],
  });
  await expect(settings.testButton).toBeVisible();

  const reading = new SsoSettingsPage(reader);
  await reading.open();
  await expect(reading.connection('Acme Google')).toBeVisible();
  await expect(reading.addConnectionLink).toHaveCount(0);
  await expect(reading.addDomainButton).toHaveCount(0);

  await settings.deleteConnection('Acme Google');
  await expect(settings.connection('Acme Google')).toHaveCount(0);
});
