import { type Attack, first, NotApplicable, takenOf } from './attempt.ts';
import type { Person, Scene } from './scene.ts';
import type { Answer } from './visitor.ts';

const FOREIGN = 'https://sallyport-attack.invalid';

/** The words where the second factor of a person is gone. */
const gone = async (scene: Scene, person: Person): Promise<string | null> =>
  (await scene.hasMfa(person)) ? null : 'two-factor authentication is off';

/** What ends or replaces a second factor that is on. */
export const changes: readonly Attack[] = [
  {
    name: 'turned off without a code',
    published: 'CVE-2026-3429 Keycloak',
    tried: 'in a session: the password alone, a wrong code, an empty one, and nothing at all',
    run: async (scene) => {
      const victim = await scene.enrolled();
      const { app, password, session } = victim;
      const tries: Record<string, Answer> = {};
      for (const path of ['/me/mfa/disable', '/me/mfa/totp/remove']) {
        tries[`${path} by password`] = await session.post(path, { password });
        tries[`${path} by a wrong code`] = await session.post(path, { password, code: app.wrong() });
        tries[`${path} by an empty code`] = await session.post(path, { password, code: '' });
        tries[`${path} by nothing`] = await session.post(path, {});
      }
      return first(takenOf(tries), await gone(scene, victim));
    },
  },
  {
    name: 'another authenticator in its place',
    published: 'KeeperHub/keeperhub#1523',
    tried: 'with a stolen session: to begin an enrolment where one is confirmed',
    run: async (scene) => {
      const { session } = await scene.enrolled();
      return takenOf({ 'a new enrolment': await session.post('/me/mfa/totp') });
    },
  },
  {
    name: 'the password changed without a code',
    published: 'keygen-sh/keygen-api#432',
    tried: 'in a session: the password alone, and with a wrong code',
    run: async (scene) => {
      const { app, password, session } = await scene.enrolled();
      const change = { currentPassword: password, newPassword: 'violet harbour 27 lanterns' };
      return takenOf({
        'by password': await session.post('/me/password', change),
        'by a wrong code': await session.post('/me/password', { ...change, code: app.wrong() }),
      });
    },
  },
  {
    name: 'a fresh proof without a code',
    published: 'CVE-2026-3429 Keycloak',
    tried: 'in a session: a step-up by password alone, and with a wrong code',
    run: async (scene) => {
      const { app, password, session } = await scene.enrolled();
      return takenOf({
        'by password': await session.post('/auth/step-up', { password }),
        'by a wrong code': await session.post('/auth/step-up', { password, code: app.wrong() }),
      });
    },
  },
  {
    name: 'sessions that outlive the change',
    published: 'CVE-2024-21722 Joomla',
    tried: 'a session of before, once another has turned two-factor authentication on',
    run: async (scene) => {
      const person = await scene.person();
      const thief = await scene.signIn(person);
      await scene.enrol(person, await scene.signIn(person));
      return takenOf({ '/me': await thief.get('/me'), 'a refresh': await thief.post('/auth/refresh') });
    },
  },
  {
    name: 'the own profile takes too much',
    published: 'CVE-2018-20301 Coherence; ibm-openbmc/bmcweb#1139',
    tried: 'a change of the own name that also names mfaEnabled, mfa, role and access',
    run: async (scene) => {
      const victim = await scene.enrolled();
      const { session } = victim;
      const more = { mfaEnabled: false, mfa: { enabled: false }, role: 'admin', access: 'read_write' };
      await session.patch('/me', { name: 'Throwaway', ...more });
      const { body } = await session.get('/me');
      return first(await gone(scene, victim), body.role === 'admin' && 'the member became an admin');
    },
  },
  {
    name: 'the own form of an admin',
    published: 'ibm-openbmc/bmcweb#1139',
    tried: 'an admin takes its own second factor away as it would that of another',
    run: async (scene) => {
      const admin = await scene.enrolled({ role: 'admin', access: 'read_write' });
      await admin.session.patch(`/users/${admin.id}`, { mfaEnabled: false });
      return gone(scene, admin);
    },
  },
  {
    name: 'reset by somebody who may not',
    published: 'CVE-2025-14427 Shield Security',
    tried: 'a member and an admin who may only read take the second factor of another away',
    run: async (scene) => {
      const victim = await scene.enrolled();
      const member = await scene.signIn(await scene.person());
      const reader = await scene.signIn(await scene.person({ role: 'admin', access: 'read_only' }));
      await member.patch(`/users/${victim.id}`, { mfaEnabled: false });
      await reader.patch(`/users/${victim.id}`, { mfaEnabled: false });
      return gone(scene, victim);
    },
  },
  {
    name: 'turned off from another site',
    published: 'CVE-2026-8903 IP Vault',
    tried: "with the victim's cookies and good proofs, but another Origin; and as a form that needs no preflight",
    run: async (scene) => {
      const victim = await scene.enrolled();
      const { password, session } = victim;
      const proofs = { password, code: await victim.app.next() };
      const form = JSON.stringify(proofs);
      const tries = {
        'another Origin': await session.post('/me/mfa/disable', proofs, { origin: FOREIGN }),
        'no Origin, and cross-site': await session.post('/me/mfa/disable', proofs, { 'sec-fetch-site': 'cross-site' }),
        'a form': await session.post('/me/mfa/disable', form, { 'content-type': 'text/plain', origin: FOREIGN }),
      };
      return first(takenOf(tries), await gone(scene, victim));
    },
  },
  {
    name: 'a reset mailed to two addresses',
    published: 'CVE-2023-7028 GitLab',
    tried: "a reset of the password for a list of the victim's address and another",
    run: async (scene) => {
      const { email } = await scene.person();
      const other = 'other@sallyport.invalid';
      const visitor = scene.visitor();
      return takenOf({
        'a list': await visitor.post('/auth/password-reset', { email: [email, other] }),
        'two fields': await visitor.post('/auth/password-reset', { email, emails: [email, other] }),
      });
    },
  },
  {
    name: 'a mailed reset that signs in',
    published: 'pallets-eco/flask-security#258; CVE-2026-28268 Vikunja',
    tried: 'nothing: a link that was mailed is not seen from outside',
    run: async () => {
      throw new NotApplicable('it takes the mailed link; the tests of SEC-5 follow it');
    },
  },
  {
    name: 'a provider that vouches for an address',
    published: 'GHSA-6g38-8j4p-j3pr Nhost; CVE-2025-64717 Zitadel',
    tried: 'which providers serve the domain of the victim: without one nobody links an account by its address',
    run: async (scene) => {
      const { email } = await scene.person();
      const { body } = await scene.visitor().get(`/auth/sign-in-options?email=${encodeURIComponent(email)}`);
      if (!Array.isArray(body.connections)) throw new Error('the ways to sign in were refused');
      if (body.connections.length > 0) return 'a provider serves a domain that is of nobody';
      throw new NotApplicable('no provider serves the domain; the tests of SEC-31 play a hostile one');
    },
  },
];
