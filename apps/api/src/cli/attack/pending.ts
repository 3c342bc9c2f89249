import { type Attack, done, first, NotApplicable, takenOf } from './attempt.ts';
import type { Answer, Visitor } from './visitor.ts';

const basic = (user: string, password: string): string =>
  `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;

function challengeOf(visitor: Visitor): { name: string; value: string } {
  const cookie = visitor.cookie('challenge');
  if (cookie === undefined) throw new NotApplicable('the password step gives no cookie');
  return cookie;
}

/** The id of whom a browser is signed in as; null for nobody. */
const whoIs = async (visitor: Visitor): Promise<unknown> => {
  const answer = await visitor.get('/me');
  return done(answer) ? answer.body.id : null;
};

/** What the time between password and second factor can be used for. */
export const pendingSignIns: readonly Attack[] = [
  {
    name: 'the second step left out',
    published: 'GHSA-xg6x-h9c9-2m83 better-auth; CVE-2025-64103 Zitadel; GHSA-3q28-qjrv-qr39 Tinyauth; MISP/MISP#10807',
    tried: 'with the cookies of the password step alone: the own account, its sessions, factors, users, a refresh',
    run: async (scene) => {
      const victim = await scene.enrolled({ role: 'admin', access: 'read_write' });
      const visitor = await scene.pending(victim);
      const tries: Record<string, Answer> = {};
      for (const path of ['/me', '/me/sessions', '/me/mfa', '/users', '/organizations', '/audit-events']) {
        tries[path] = await visitor.get(path);
      }
      tries['/auth/refresh'] = await visitor.post('/auth/refresh');
      return takenOf(tries);
    },
  },
  {
    name: 'the pending sign-in shown as a session',
    published: 'CVE-2026-45691 and CVE-2026-45690 Nextcloud',
    tried: 'the challenge as a Bearer token, as Basic credentials, as access and as refresh cookie',
    run: async (scene) => {
      const victim = await scene.enrolled();
      const { name, value } = challengeOf(await scene.pending(victim));
      const named = (kind: string) => name.replace('sallyport_challenge', `sallyport_${kind}`);
      const cookies = [named('access'), named('refresh'), `__Host-sallyport_access`];
      const cookie = cookies.map((each) => `${each}=${value}`).join('; ');
      return takenOf({
        Bearer: await scene.visitor().get('/me', { authorization: `Bearer ${value}` }),
        Basic: await scene.visitor().get('/me', { authorization: basic(victim.email, value) }),
        'an access cookie': await scene.visitor().get('/me', { cookie }),
        'a refresh cookie': await scene.visitor().post('/auth/refresh', undefined, { cookie }),
      });
    },
  },
  {
    name: 'the password alone, in a header',
    published: 'CVE-2023-49947 Forgejo; GHSA-47cr-f226-r4pq Vikunja; CVE-2019-11576 Gitea',
    tried: 'address and password as Basic credentials',
    run: async (scene) => {
      const victim = await scene.enrolled();
      const headers = { authorization: basic(victim.email, victim.password) };
      return takenOf({
        '/me': await scene.visitor().get('/me', headers),
        '/me/mfa': await scene.visitor().get('/me/mfa', headers),
      });
    },
  },
  {
    name: 'an enrolment instead of the second step',
    published: 'oliwarner/django-multifactor#107',
    tried: 'between the steps: to begin and confirm an authenticator, and to ask for a passkey of the own',
    run: async (scene) => {
      const victim = await scene.enrolled();
      const visitor = await scene.pending(victim);
      const { password } = victim;
      return takenOf({
        'a new authenticator': await visitor.post('/me/mfa/totp'),
        'its confirmation': await visitor.post('/me/mfa/totp/confirm', { password, code: '123456' }),
        'a passkey': await visitor.post('/me/mfa/passkeys/options', { password }),
        'backup codes': await visitor.post('/me/mfa/backup-codes', { password, code: '123456' }),
      });
    },
  },
  {
    name: 'an unfinished enrolment that counts',
    published: 'goauthentik/authentik#2330',
    tried: 'to confirm an authenticator from another session, and to sign in with its codes before it is confirmed',
    run: async (scene) => {
      const person = await scene.person();
      const [owner, thief] = [await scene.signIn(person), await scene.signIn(person)];
      const app = await scene.startEnrollment(owner);
      const confirm = { password: person.password, code: await app.next() };
      const stolen = await thief.post('/me/mfa/totp/confirm', confirm);
      return first(
        takenOf({ 'from another session': stolen }),
        (await scene.hasMfa(person)) && 'two-factor authentication is on before it was confirmed',
      );
    },
  },
  {
    name: 'a pending sign-in used twice',
    published: 'CVE-2025-13587 Two Factor via Email',
    tried: 'the challenge of a sign-in that is done, with another good code',
    run: async (scene) => {
      const victim = await scene.enrolled();
      const visitor = await scene.pending(victim);
      const thief = visitor.copy();
      const [one = '', other = ''] = victim.backupCodes;
      const done = await visitor.post('/auth/login/mfa', { method: 'backup_code', code: one });
      if (done.status !== 200) throw new Error('a good backup code was refused');
      return takenOf({
        'the same challenge': await thief.post('/auth/login/mfa', { method: 'backup_code', code: other }),
      });
    },
  },
  {
    name: 'another user named in the second step',
    published: 'CVE-2025-14427 Shield Security',
    tried: "the attacker's own challenge and code, with id and address of the victim in the body",
    run: async (scene) => {
      const [victim, attacker] = [await scene.enrolled(), await scene.enrolled()];
      const visitor = await scene.pending(attacker);
      const { id, email } = victim;
      const code = attacker.backupCodes[0];
      await visitor.post('/auth/login/mfa', { method: 'backup_code', code, email, id, userId: id, sub: id });
      return (await whoIs(visitor)) === id ? 'the attacker is signed in as the victim' : null;
    },
  },
  {
    name: 'a planted session',
    published: 'CVE-2026-7507 Keycloak',
    tried: "the victim signs in with cookies that the attacker put there: a session of the attacker's, a challenge",
    run: async (scene) => {
      const [victim, attacker] = [await scene.enrolled(), await scene.person()];
      const thief = await scene.signIn(attacker);
      const browser = await scene.pending(victim, thief.copy());
      const planted = browser.copy();
      const code = await victim.app.next();
      const { status } = await browser.post('/auth/login/mfa', { method: 'totp', code });
      if (status !== 200) throw new Error('a good code was refused');
      return first(
        (await whoIs(thief)) === victim.id && "the attacker's session became the victim's",
        (await whoIs(planted)) === victim.id && 'what stood there before the second step is signed in after it',
      );
    },
  },
];
