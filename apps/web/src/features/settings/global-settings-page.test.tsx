// @vitest-environment happy-dom
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { me, refusal, renderPages, serve } from '../../testing/page.tsx';
import { Component } from './global-settings-page.tsx';

const inherited = {
  localSignInEnabled: true,
  minimumPasswordLength: 8,
  sessionLifetimeMinutes: 720,
  sessionIdleMinutes: 60,
  auditRetentionDays: 3650,
  mfaRequired: 'nobody',
  mfaGraceDays: 14,
  rememberedDeviceDays: 0,
  reenrollmentPass: false,
  resetDelayHours: 0,
  resetNeedsSecondAdmin: false,
  recoveryDelayHours: 0,
  mfaPhishingResistant: false,
  passwordlessEnabled: false,
  passkeyModels: null,
};
const nothing = Object.fromEntries(Object.keys(inherited).map((name) => [name, null]));
const path = `/organizations/${me.organization.id}/settings`;

const stranded = (id: string, name: string) => ({
  id,
  name,
  email: `${name}@elsewhere.test`,
  organization: me.organization,
  why: 'no_domain',
});
const counts = {
  ready: 5,
  otherwise: 1,
  inGrace: 2,
  stranded: 2,
  customers: [{ id: '02', slug: 'small', name: 'Small' }],
};
const firstPage = { ...counts, users: [stranded('u1', 'bob')], nextCursor: 'next' };
const secondPage = { ...counts, users: [stranded('u2', 'eve')], nextCursor: null };

function open(own: object, signedInAs = me, partner: object = {}, fixed: string[] = []) {
  const sent: unknown[] = [];
  const asked: unknown[] = [];
  const groups: unknown[] = [];
  const from = { ...inherited, ...partner };
  const view = (set: object) => ({ ...from, fixed, own: { ...nothing, ...own, ...set }, inherited: from });
  serve({
    'GET /me': () => ({ body: signedInAs }),
    [`GET ${path}`]: () => ({ body: view({}) }),
    [`POST ${path}/preview`]: (body, query) => {
      asked.push(body);
      groups.push(query.get('group'));
      return { body: query.get('cursor') === null ? firstPage : secondPage };
    },
    [`PATCH ${path}`]: (body) => {
      sent.push(body);
      const { localSignInEnabled } = body as { localSignInEnabled?: boolean };
      return localSignInEnabled === false ? refusal(409, 'no_working_sso') : { body: view(body as object) };
    },
  });
  renderPages([{ path: '/', Component }], '/', signedInAs);
  return { asked, groups, sent, user: userEvent.setup() };
}

const field = () => screen.findByLabelText('Minimum password length');
const save = () => screen.getByRole('button', { name: 'Save' });

test.each([
  ['8', true],
  ['64', true],
  ['7', false],
  ['65', false],
])('a minimum password length of %s: %s', async (value, good) => {
  const { sent, user } = open({ minimumPasswordLength: 12 });
  await user.clear(await field());
  await user.type(await field(), value);
  await user.click(save());
  if (good) await screen.findByText('The settings were saved.');
  else await screen.findByText('Enter a whole number from 8 to 64.');
  expect(sent).toEqual(good ? [{ minimumPasswordLength: Number(value) }] : []);
  if (!good) expect(document.activeElement).toBe(await field());
});

test('a setting that follows is sent as following', async () => {
  const { sent, user } = open({ minimumPasswordLength: 12, sessionIdleMinutes: 30 });
  await user.clear(await field());
  screen.getByText('Follows the partner: 8');
  await user.click(screen.getByRole('button', { name: 'Follow the partner' }));
  await user.click(save());
  await screen.findByText('The settings were saved.');
  expect(sent).toEqual([{ minimumPasswordLength: null, sessionIdleMinutes: null }]);
});

test('the last way in cannot be switched off, and the page leads to where that is mended', async () => {
  const { user } = open({});
  await user.click(await screen.findByRole('switch', { name: /Allow local sign-in/ }));
  await user.click(save());
  const link = await screen.findByRole('link', { name: 'Open Single Sign-On' });
  expect(link.getAttribute('href')).toBe(`/settings/sso?organization=${me.organization.id}`);
});

test('SEC-35: switching off shows by name who would be left without a way in, before it is saved', async () => {
  const { asked, sent, user } = open({});
  await user.click(await screen.findByRole('switch', { name: /Allow local sign-in/ }));
  await screen.findByText('Without local sign-in 2 users could not sign in');
  expect(screen.getByRole('link', { name: 'bob' }).getAttribute('href')).toBe('/users/u1/edit');
  screen.getByText(/2 users have a password in the way/);
  screen.getByText(/They keep their passwords: Small\./);
  await user.click(screen.getByRole('button', { name: 'Load more' }));
  await screen.findByRole('link', { name: 'eve' });
  expect({ asked, sent }).toEqual({ asked: Array(2).fill({ localSignInEnabled: false }), sent: [] });
});

test('the button asks beforehand', async () => {
  const { asked, user } = open({});
  const beside = await screen.findByRole('group', { name: 'Preview: Allow local sign-in' });
  await user.click(within(beside).getByRole('button', { name: 'Preview' }));
  await screen.findByText('Without local sign-in 2 users could not sign in');
  expect(asked).toEqual([{ localSignInEnabled: false }]);
});

test('each preview says of which setting it is, also where its button alone is heard', async () => {
  open({});
  const previews = await screen.findAllByRole('group', { name: /^Preview: / });
  const described = previews.map((preview) => {
    const button = within(preview).getByRole('button', { name: 'Preview' });
    return [preview.getAttribute('aria-label'), button.getAttribute('aria-description')];
  });
  const settings = [
    'Allow local sign-in',
    'Allow sign-in with a passkey alone',
    'Require two-factor authentication',
    'Only passkeys of these models',
    'Remember a device for (days)',
    'A reset needs a second admin',
    'Recovery without an admin waits for (hours)',
  ];
  expect(described).toEqual(settings.map((setting) => [`Preview: ${setting}`, setting]));
  expect(screen.getAllByRole('button', { name: 'Preview' })).toHaveLength(settings.length);
});

test('a second factor is required of whom is chosen, after the days that are', async () => {
  const { sent, user } = open({});
  const choices = await screen.findByRole('radiogroup', { name: /Require two-factor authentication/ });
  expect(within(choices).getByRole('radio', { name: /Of nobody/ })).toHaveProperty('checked', true);
  await user.click(within(choices).getByRole('radio', { name: /Of administrators/ }));
  await user.clear(screen.getByLabelText('Days to set it up'));
  await user.type(screen.getByLabelText('Days to set it up'), '91');
  await user.click(save());
  await screen.findByText('Enter a whole number from 0 to 90.');
  await user.clear(screen.getByLabelText('Days to set it up'));
  await user.type(screen.getByLabelText('Days to set it up'), '7');
  await user.click(save());
  await screen.findByText('The settings were saved.');
  expect(sent).toEqual([{ mfaRequired: 'admins', mfaGraceDays: 7 }]);
});

test('a preview names who is ready, who has days left and who would be stopped, before it is saved', async () => {
  const { asked, groups, sent, user } = open({});
  const choices = await screen.findByRole('radiogroup', { name: /Require two-factor authentication/ });
  await user.click(within(choices).getByRole('radio', { name: /Of everybody/ }));
  await user.type(screen.getByLabelText('Days to set it up'), '0');
  const beside = screen.getByRole('group', { name: 'Preview: Require two-factor authentication' });
  await user.click(within(beside).getByRole('button', { name: 'Preview' }));
  await screen.findByText('Today 2 users would be asked to set up a second factor before anything else');
  expect(within(beside).getByRole('link', { name: 'bob' }).getAttribute('href')).toBe('/users/u1/edit');
  await user.click(within(beside).getByRole('button', { name: 'Load more' }));
  await within(beside).findByRole('link', { name: 'eve' });
  await user.click(within(beside).getByRole('radio', { name: 'Days left: 2' }));
  await waitFor(() => expect(groups.at(-1)).toBe('in_grace'));
  expect(asked.at(-1)).toEqual({ mfaRequired: 'everybody', mfaGraceDays: 0, mfaPhishingResistant: null });
  expect(sent).toEqual([]);
  await user.type(screen.getByLabelText('Days to set it up'), '99');
  expect(within(beside).getByRole('button', { name: 'Preview' })).toHaveProperty('disabled', true);
});

test('a customer chooses nothing laxer than its partner', async () => {
  open({}, me, { mfaRequired: 'admins' });
  const choices = await screen.findByRole('radiogroup', { name: /Require two-factor authentication/ });
  const disabled = within(choices)
    .getAllByRole<HTMLInputElement>('radio')
    .map((radio) => [radio.value, radio.disabled]);
  expect(disabled).toEqual([
    ['nobody', true],
    ['admins', false],
    ['everybody', false],
  ]);
  screen.getByText('Follows the partner: Of administrators');
});

test('a customer remembers devices for as many days as its partner at most', async () => {
  const { sent, user } = open({}, me, { rememberedDeviceDays: 30 });
  const days = await screen.findByLabelText('Remember a device for (days)');
  await user.type(days, '31');
  await user.click(save());
  await screen.findByText('Enter a whole number from 0 to 30.');
  await user.clear(days);
  await user.type(days, '7');
  await user.click(save());
  await screen.findByText('The settings were saved.');
  expect(sent).toEqual([{ rememberedDeviceDays: 7 }]);
});

test('a reset waits at a customer for as long as at its partner at least', async () => {
  const { sent, user } = open({}, me, { resetDelayHours: 24, resetNeedsSecondAdmin: true }, ['resetNeedsSecondAdmin']);
  const hours = await screen.findByLabelText('A reset waits for (hours)');
  expect(screen.getByLabelText(/^A reset needs a second admin/)).toHaveProperty('disabled', true);
  await user.type(hours, '2');
  await user.click(save());
  await screen.findByText('Enter a whole number from 24 to 168.');
  await user.clear(hours);
  await user.type(hours, '48');
  await user.click(save());
  await screen.findByText('The settings were saved.');
  expect(sent).toEqual([{ resetDelayHours: 48 }]);
});

test('a customer lets people recover without an admin no sooner than its partner, or not at all', async () => {
  const { sent, user } = open({}, me, { recoveryDelayHours: 24 });
  const hours = await screen.findByLabelText('Recovery without an admin waits for (hours)');
  await user.type(hours, '2');
  await user.click(save());
  await screen.findByText('Enter a whole number from 24 to 168.');
  await user.clear(hours);
  await user.type(hours, '0');
  await user.click(save());
  await screen.findByText('The settings were saved.');
  expect(sent).toEqual([{ recoveryDelayHours: 0 }]);
});

test('who may only look sees the settings and no button', async () => {
  open({}, { ...me, access: 'read_only' });
  await waitFor(async () => expect(await field()).toHaveProperty('disabled', true));
  expect(screen.queryByRole('button', { name: 'Save' })).toBeNull();
  screen.getByText(/Changes need an administrator/);
});

test('passkeys alone are allowed, and required, by switches beside the rest', async () => {
  const { sent, user } = open({});
  await user.click(await screen.findByRole('switch', { name: /Allow sign-in with a passkey alone/ }));
  await user.click(screen.getByRole('switch', { name: /Passkeys only/ }));
  await user.click(screen.getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(sent).toEqual([{ mfaPhishingResistant: true, passwordlessEnabled: true }]));
});

const BLUE = '2fc0579f-8113-47ea-b116-bb5a8db9202a';
const PEM = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----';
const models = () => screen.findByLabelText('Only passkeys of these models');
const roots = () => screen.findByLabelText('Certificates of their makers');

test('models of passkeys are named with the certificates of their makers, and what does not fit is said', async () => {
  const { sent, user } = open({});
  await user.type(await models(), 'YubiKey');
  await user.click(save());
  await screen.findByText('This line does not begin with an AAGUID: YubiKey');
  expect(document.activeElement).toBe(await models());
  await user.clear(await models());
  await user.type(await models(), `${BLUE} Blue key`);
  await user.click(save());
  await screen.findByText('Paste at least one certificate: without it a model proves nothing.');
  await user.click(await roots());
  await user.paste(PEM);
  await user.click(save());
  await screen.findByText('The settings were saved.');
  const passkeyModels = { models: [{ aaguid: BLUE, name: 'Blue key' }], roots: [PEM] };
  expect(sent).toEqual([{ passkeyModels }]);
  // And back to any.
  await user.click(screen.getByRole('button', { name: 'Follow the partner' }));
  await user.click(save());
  await waitFor(() => expect(sent.at(-1)).toEqual({ passkeyModels: null }));
});

test('a customer begins with the models of its partner, and keeps its certificates', async () => {
  const green = { aaguid: 'c5ef55ff-ad9a-4b9f-b580-adebafe026d0', name: 'Green key' };
  const { sent, user } = open({}, me, {
    passkeyModels: { models: [{ aaguid: BLUE, name: 'Blue key' }, green], roots: [PEM] },
  });
  const field = await models();
  screen.getByText('Follows the partner: 2 models');
  await user.clear(field);
  await user.type(field, `${green.aaguid} ${green.name}`);
  await user.click(save());
  await waitFor(() => expect(sent).toEqual([{ passkeyModels: { models: [green], roots: [PEM] } }]));
});

test.each([
  [
    'Allow sign-in with a passkey alone',
    'Without it one user types email and password',
    { passwordlessEnabled: false },
  ],
  ['Remember a device for (days)', 'One user is asked for the second step again', { rememberedDeviceDays: 0 }],
  ['Recovery without an admin waits for (hours)', 'One user has a recovery address', { recoveryDelayHours: 0 }],
  ['A reset needs a second admin', 'With it nobody could reset', { resetNeedsSecondAdmin: true }],
  ['Only passkeys of these models', 'One user has a passkey that works on', { passkeyModels: null }],
])('beside %s a preview names for whom it becomes otherwise', async (label, title, changes) => {
  const { asked, groups, sent, user } = open({ rememberedDeviceDays: 0, recoveryDelayHours: 0 });
  const beside = await screen.findByRole('group', { name: `Preview: ${label}` });
  await user.click(within(beside).getByRole('button', { name: 'Preview' }));
  await within(beside).findByText(new RegExp(`^${title}`));
  within(beside).getByRole('link', { name: 'bob' });
  expect({ asked, groups, sent }).toEqual({ asked: [changes], groups: ['otherwise'], sent: [] });
});

test('what the service would not take is not previewed', async () => {
  const { user } = open({});
  await user.type(await models(), 'YubiKey');
  const beside = screen.getByRole('group', { name: 'Preview: Only passkeys of these models' });
  expect(within(beside).getByRole('button', { name: 'Preview' })).toHaveProperty('disabled', true);
});

test('what the partner leaves no choice in cannot be changed, and says so', async () => {
  open({}, me, {}, ['passwordlessEnabled', 'recoveryDelayHours']);
  const alone = await screen.findByRole('switch', { name: /Allow sign-in with a passkey alone/ });
  expect(alone).toHaveProperty('disabled', true);
  screen.getByText('Your partner decided, and leaves no choice: off');
  expect(screen.getByLabelText('Recovery without an admin waits for (hours)')).toHaveProperty('disabled', true);
  screen.getByText('Your partner decided, and leaves no choice: 0');
  expect(screen.getByRole('switch', { name: /Passkeys only/ })).toHaveProperty('disabled', false);
});
