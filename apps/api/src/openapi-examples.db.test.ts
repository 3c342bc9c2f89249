import { DAY_MS } from '@sallyport/core';
import { testKeyPair } from '@sallyport/testkit/saml-provider';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readSeedDocument } from './features/seed/service.ts';
import { GOOD_PASSWORD } from './testing/app.ts';
import type { Browser } from './testing/browser.ts';
import { startDnsServer } from './testing/dns-server.ts';
import { documentedApi } from './testing/documented.ts';
import { mailsTo, tokenIn } from './testing/mails.ts';
import { ExampleRecorder } from './testing/recorded-examples.ts';
import { SoftwareAuthenticator } from './testing/software-authenticator.ts';
import { SsoScene, type TestConnection } from './testing/sso.ts';

/*
 * The examples of the OpenAPI document are what the product answered here, and this test fails when it answers
 * otherwise. After a change that is meant: run it with `-u`, then `pnpm generate:client`.
 */

const records = new Map<string, string[]>();
let dns: Awaited<ReturnType<typeof startDnsServer>>;
let scene: SsoScene;
beforeAll(async () => {
  dns = await startDnsServer(records);
  scene = await SsoScene.start({ SALLYPORT_DNS_SERVERS: dns.address });
});
afterAll(async () => {
  await scene.stop();
  dns.stop();
});

const NEW_PASSWORD = 'willow canyon teapot ember';

const tenants = {
  partners: [
    {
      slug: 'northwind',
      name: 'Northwind MSP',
      domains: ['northwind.example'],
      users: [person('pat@northwind.example', 'Pat', 'admin', 'read_write')],
      customers: [
        {
          slug: 'acme',
          name: 'Acme',
          domains: ['acme.example'],
          users: [
            person('alex@acme.example', 'Alex', 'admin', 'read_write'),
            person('ann@acme.example', 'Ann', 'member', 'read_only'),
            person('max@acme.example', 'Max', 'member', 'read_write'),
          ],
        },
      ],
    },
  ],
};

function person(email: string, name: string, role: string, access: string) {
  return { email, name, role, access, password: GOOD_PASSWORD };
}

test('the examples of the document are what the product answers', async () => {
  const { service } = scene;
  await service.services.seed.apply(readSeedDocument(JSON.stringify(tenants)), { actorName: 'operator: seed' });
  const recorder = new ExampleRecorder(await documentedApi(), service.clock.now().getTime());
  const record = (browser: Browser, name?: string) => recorder.of(browser, name);
  const next = () => service.clock.advance({ seconds: 30 });
  const credentials = (name: string, password = GOOD_PASSWORD) => ({ email: `${name}@acme.example`, password });
  const device = () => service.browser({ headers: { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0' } });
  const mailed = async (email: string) => tokenIn((await mailsTo(service, email)).at(-1));

  // A user signs in and sets up MFA.
  const ann = device();
  await record(ann).get('/auth/sign-in-options?email=ann%40acme.example');
  await record(ann, 'signed_in').post('/auth/login', credentials('ann'));
  await record(ann).get('/me');
  await record(ann).get('/me/export');
  await record(ann).patch('/me', { name: 'Ann Archer' });
  const { secret } = (await record(ann).post('/me/mfa/totp')).body;
  const proof = () => ({ password: GOOD_PASSWORD, code: service.code(secret) });
  await record(ann).post('/me/mfa/totp/confirm', proof());
  await record(ann).get('/me/mfa');
  next();
  const { backupCodes } = (await record(ann).post('/me/mfa/backup-codes', proof())).body;
  next();

  const phone = device();
  await record(phone, 'mfa_required').post('/auth/login', credentials('ann'));
  await record(phone, 'totp').post('/auth/login/mfa', { method: 'totp', code: service.code(secret) });
  next();
  const tablet = device();
  await tablet.post('/auth/login', credentials('ann'));
  await record(tablet, 'backup_code').post('/auth/login/mfa', { method: 'backup_code', code: backupCodes[0] });
  await record(tablet).post('/auth/refresh');
  await record(ann).post('/auth/step-up', { ...proof(), method: 'totp' });
  next();
  const { secret: another } = (await record(ann).post('/me/mfa/totp/candidate', proof())).body;
  await record(ann).post('/me/mfa/totp/candidate/confirm', { code: service.code(another) });
  await record(ann, 'changing_phones').get('/me/mfa');
  await record(ann).delete('/me/mfa/totp/candidate');
  next();
  await record(ann).post('/me/mfa/totp/check', { code: service.code(secret) });
  await record(ann).post('/me/mfa/backup-codes/check', { code: backupCodes[1] });
  next();
  const sessions = (await record(ann).get('/me/sessions')).body.items;
  await record(ann).delete(`/me/sessions/${sessions.find(({ current }: { current: boolean }) => !current).id}`);
  await record(ann).delete('/me/sessions');
  const [lately] = (await record(ann).get('/me/events?limit=3')).body.items;
  await record(ann).post('/me/not-me', { eventId: lately.id });
  await ann.post('/auth/logout');
  const { id: partnerId } = await service.db.organization.findUniqueOrThrow({ where: { slug: 'northwind' } });
  await service.db.organization.update({ where: { id: partnerId }, data: { rememberedDeviceDays: 30 } });
  await record(ann, 'remembering_offered').post('/auth/login', credentials('ann'));
  const totp = { method: 'totp', code: service.code(secret) };
  await record(ann, 'remembered').post('/auth/login/mfa', { ...totp, rememberDevice: true });
  next();
  const [remembered] = (await record(ann).get('/me/devices')).body.items;
  await record(ann).delete(`/me/devices/${remembered.id}`);
  await record(ann).delete('/me/devices');
  await record(ann).post('/me/password', {
    currentPassword: GOOD_PASSWORD,
    newPassword: NEW_PASSWORD,
    code: service.code(secret),
  });
  next();
  await record(ann).post('/me/mfa/disable', { password: NEW_PASSWORD, code: service.code(secret) });
  await record(ann).post('/auth/logout');
  await record(ann).post('/auth/password-reset', { email: 'ann@acme.example' });
  await record(ann).post('/auth/password-reset/confirm', {
    token: await mailed('ann@acme.example'),
    newPassword: GOOD_PASSWORD,
  });

  // A user with a passkey.
  const maxAtHome = device();
  await maxAtHome.post('/auth/login', credentials('max'));
  const laptop = new SoftwareAuthenticator();
  const begun = await record(maxAtHome).post('/me/mfa/passkeys/options', { password: GOOD_PASSWORD });
  const added = await record(maxAtHome).post('/me/mfa/passkeys', {
    name: 'Laptop',
    response: laptop.create(begun.body),
  });
  const passkey = `/me/mfa/passkeys/${added.body.factor.id}`;
  await record(maxAtHome).patch(passkey, { name: 'Work laptop' });
  const desk = device();
  await desk.post('/auth/login', credentials('max'));
  const asked = await record(desk).post('/auth/login/mfa/passkey-options');
  await record(desk, 'passkey').post('/auth/login/mfa', { method: 'passkey', response: laptop.get(asked.body) });
  const { secret: second } = (await maxAtHome.post('/me/mfa/totp')).body;
  await maxAtHome.post('/me/mfa/totp/confirm', { password: GOOD_PASSWORD, code: service.code(second) });
  await service.db.organization.update({ where: { slug: 'acme' }, data: { passwordlessEnabled: true } });
  const anybody = await record(desk).post('/auth/passkey/options');
  await record(desk).post('/auth/passkey', { response: laptop.get(anybody.body) });
  const shown = await record(maxAtHome).post('/me/mfa/passkey-options');
  await record(maxAtHome).post('/me/mfa/totp/remove', { password: GOOD_PASSWORD, response: laptop.get(shown.body) });
  await record(maxAtHome).post(`${passkey}/remove`, { password: GOOD_PASSWORD, code: added.body.backupCodes[0] });

  // An admin of the customer.
  const alex = device();
  await alex.post('/auth/login', credentials('alex'));
  await record(alex).get('/users?q=acme&limit=2');
  const { organization } = (await alex.get('/me')).body;
  const created = await record(alex).post('/users', {
    email: 'nina@acme.example',
    name: 'Nina',
    organizationId: organization.id,
    role: 'member',
    access: 'read_only',
  });
  const nina = `/users/${created.body.id}`;
  await record(alex).get(nina);
  await record(alex).get(`${nina}/export`);
  const gone = { email: 'gone@acme.example', name: 'Gone', organizationId: organization.id };
  const { id: goneId } = (await alex.post('/users', { ...gone, role: 'member', access: 'read_only' })).body;
  await record(alex).post(`/users/${goneId}/erase`, { email: gone.email });
  await record(alex, 'rights').patch(nina, { access: 'read_write' }, { 'if-match': String(created.headers.etag) });
  await record(alex).post(`${nina}/invitation`);
  const invitation = { token: await mailed('nina@acme.example') };
  await record(device()).post('/auth/invitation', invitation);
  await record(device()).post('/auth/invitation/accept', { ...invitation, password: NEW_PASSWORD });
  await ann.post('/auth/login', credentials('ann'));
  const { secret: third } = await service.enroll(ann);
  const annId = (await ann.get('/me')).body.id;
  // Without an admin.
  await service.db.organization.update({ where: { slug: 'acme' }, data: { recoveryDelayHours: 24 } });
  const anothersProof = () => {
    next();
    return { password: GOOD_PASSWORD, code: service.code(third) };
  };
  await record(ann).post('/me/recovery-address', { address: 'ann@home.example', ...anothersProof() });
  await record(device()).post('/auth/recovery-address/confirm', { token: await mailed('ann@home.example') });
  await record(ann).get('/me/recovery-address');
  const locked = device();
  await record(locked, 'recovery_offered').post('/auth/login', credentials('ann'));
  await record(locked).post('/auth/login/recovery');
  await record(device()).post('/auth/recovery', { token: await mailed('ann@home.example') });
  await record(ann).post('/me/recovery-address/remove', anothersProof());
  await service.db.organization.update({ where: { slug: 'acme' }, data: { recoveryDelayHours: null } });
  await record(alex).get(`/users/${annId}/security`);
  // Another admin of the customer, and a reset that waits.
  const zoe = await service.signIn(await service.user({ organization, role: 'admin', access: 'read_write' }));
  const why = { mfaEnabled: false, reason: 'Lost the phone' };
  const waits = async () => {
    await alex.patch(`/organizations/${organization.id}/settings`, {
      resetNeedsSecondAdmin: true,
      resetDelayHours: 24,
    });
    return record(alex, 'reset_that_waits').patch(`/users/${annId}`, why);
  };
  await waits();
  await record(zoe).post(`/users/${annId}/mfa-reset/approve`);
  await record(zoe).delete(`/users/${annId}/mfa-reset`);
  await alex.patch(`/users/${annId}`, why);
  await record(ann).delete('/me/mfa/reset');
  const settings = { resetNeedsSecondAdmin: null, resetDelayHours: null, reenrollmentPass: true };
  await alex.patch(`/organizations/${organization.id}/settings`, settings);
  await record(alex, 'reset_of_mfa').patch(`/users/${annId}`, why);
  await record(device()).post('/auth/mfa-reset/dispute', { token: await mailed('ann@acme.example') });
  await record(alex).post(`/users/${annId}/reenrollment-pass`);

  // An admin of the partner.
  const pat = device();
  await pat.post('/auth/login', { email: 'pat@northwind.example', password: GOOD_PASSWORD });
  await record(pat).get('/organizations?limit=1');
  const globex = (await record(pat).post('/organizations', { name: 'Globex', slug: 'globex' })).body;
  await record(pat).get(`/organizations/${globex.id}`);
  await record(pat).patch(`/organizations/${globex.id}`, { name: 'Globex Europe' });

  // A program.
  const acme = `/organizations/${organization.id}`;
  const program = await record(alex).post(`${acme}/service-accounts`, {
    name: 'Nightly import',
    role: 'admin',
    access: 'read_write',
    expiresAt: new Date(service.clock.now().getTime() + 90 * DAY_MS).toISOString(),
  });
  const byKey = service.browser({ headers: { authorization: `Bearer ${program.body.key}` } });
  await record(byKey).get('/service-account');
  await record(byKey).post('/tokens', { audience: 'https://reports.acme.example' });
  await record(alex).get(`${acme}/service-accounts`);
  await record(alex).delete(`${acme}/service-accounts/${program.body.id}`);

  // How people of the customer come in.
  await record(alex).get(`${acme}/settings`);
  await record(alex).patch(`${acme}/settings`, { sessionIdleMinutes: 30 });
  await record(alex).get(`${acme}/domains`);
  const { record: proofOfDomain } = (await record(alex).post(`${acme}/domains`, { name: 'acme-labs.example' })).body;
  records.set('acme-labs.example', [proofOfDomain.value]);
  await record(alex).post(`${acme}/domains/acme-labs.example/verify`);
  await record(alex).delete(`${acme}/domains/acme-labs.example`);

  const client = { clientId: '482.apps.googleusercontent.com', clientSecret: 'GOCSPX-example' };
  const made = await record(alex).post(`${acme}/sso-connections`, {
    kind: 'google',
    name: 'Google Workspace',
    domains: ['acme.example'],
    config: { ...client, hostedDomains: ['acme.example'] },
  });
  const { id, urls } = made.body;
  scene.providers.google.addClient({ ...client, redirectUri: urls.redirectUri, method: 'client_secret_post' });
  const connection: TestConnection = {
    id,
    organization,
    domain: 'acme.example',
    kind: 'google',
    issuer: scene.providers.google,
  };
  const account = (name: string) => ({
    sub: `1098-${name}`,
    name,
    hd: 'acme.example',
    email: `${name}@acme.example`,
    email_verified: true,
  });
  const path = `${acme}/sso-connections/${id}`;
  await record(alex).get(path);
  await record(alex).patch(path, { enabled: true }, { 'if-match': String(made.headers.etag) });
  const test = (await record(alex).post(`${path}/test`, { returnTo: '/settings' })).body;
  await alex.get(await scene.through(connection, account('alex'), test.url));
  await record(alex).get(`${path}/test`);
  await record(alex).get(`${acme}/sso-connections`);
  await record(alex).post(`${acme}/saml-metadata`, { xml: await samlMetadata() });
  await record(device()).get(`/auth/sso/${id}/start?returnTo=%2F`);

  // Accounts there and here.
  await ann.post('/auth/login', credentials('ann'));
  const link = { password: GOOD_PASSWORD, returnTo: '/account/identities' };
  const { url } = (await record(ann).post(`/me/identities/${id}/link`, link)).body;
  await ann.get(await scene.through(connection, account('ann'), url));
  await scene.signIn(connection, account('ann'));
  const identities = (await record(ann).get('/me/identities')).body;
  await record(alex).get(`/users/${annId}/identities`);
  await record(ann).delete(`/me/identities/${identities.items[0].id}`);
  const max = (await alex.get('/users?q=max')).body.items[0];
  await record(alex).post(`/users/${max.id}/sso-link`);
  const mailedLink = { token: await mailed('max@acme.example') };
  await record(device()).post('/auth/sso-link', mailedLink);
  const maxDevice = device();
  const started = await record(maxDevice).post('/auth/sso-link/start', { ...mailedLink, connectionId: id });
  await maxDevice.get(await scene.through(connection, account('max'), started.body.url));
  await record(alex).post(`${acme}/settings/preview`, { localSignInEnabled: false });
  await record(alex).post(`/users/${max.id}/local-password/remove`);
  const [ofNina] = await linkedOf(alex, connection, account('nina'), created.body.id);
  await record(alex).delete(`${nina}/identities/${ofNina.id}`);
  const { config } = (await alex.get(path)).body;
  await alex.patch(path, { config: { ...config, hostedDomains: ['acme.example', 'acme-labs.example'] } });
  await record(alex).delete(`${path}/pending-change`);
  await record(alex).delete(path);

  const events = (await record(alex).get('/audit-events?action=user.created&limit=1')).body;
  await service.services.sealer.seal();
  await record(alex).get(`/audit-events/${events.items[0].id}/proof`);
  await record(alex).get('/audit-keys');
  await record(device()).get('/problems/invalid_code');

  // A second factor is required of everybody, at once.
  await record(alex, 'required_mfa').post(`${acme}/settings/preview?limit=2`, {
    mfaRequired: 'everybody',
    mfaGraceDays: 0,
  });
  await record(alex, 'required_mfa').patch(`${acme}/settings`, { mfaRequired: 'everybody', mfaGraceDays: 0 });
  await record(device(), 'enrollment_required').post('/auth/login', credentials('ann'));

  await expect(recorder.text()).toMatchFileSnapshot('./http/openapi/examples.json');
}, 180_000);

/** Links an account to a user with a password by the link that is mailed, and gives what the user has then. */
async function linkedOf(admin: Browser, connection: TestConnection, account: { email: string }, userId: string) {
  const { service } = scene;
  await admin.post(`/users/${userId}/sso-link`);
  const browser = service.browser();
  const token = tokenIn((await mailsTo(service, account.email)).at(-1));
  const { url } = (await browser.post('/auth/sso-link/start', { token, connectionId: connection.id })).body;
  await browser.get(await scene.through(connection, { sub: '', ...account }, url));
  return (await admin.get(`/users/${userId}/identities`)).body.items;
}

async function samlMetadata(): Promise<string> {
  const { certificate } = await testKeyPair('identity-provider');
  const base64 = certificate.replaceAll(/-----[A-Z ]+-----/g, '');
  return `<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="https://idp.acme.example/saml">
<IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol"><KeyDescriptor use="signing">
<KeyInfo xmlns="http://www.w3.org/2000/09/xmldsig#"><X509Data><X509Certificate>${base64}</X509Certificate></X509Data>
</KeyInfo></KeyDescriptor><NameIDFormat>urn:oasis:names:tc:SAML:2.0:nameid-format:persistent</NameIDFormat>
<SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="https://idp.acme.example/sso"/>
</IDPSSODescriptor></EntityDescriptor>`;
}
