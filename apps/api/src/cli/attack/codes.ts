import { type Attack, atOnce, done, first, takenOf } from './attempt.ts';
import type { Enrolled, Scene } from './scene.ts';
import type { Answer } from './visitor.ts';

const TOGETHER = 8;
/** RFC 4226 section 4, requirement 6. */
const LEAST_SECRET_BITS = 128;

/** The second step of a new sign-in. */
async function shown(scene: Scene, victim: Enrolled, code: unknown, method = 'totp'): Promise<Answer> {
  return (await scene.pending(victim)).post('/auth/login/mfa', { method, code });
}

/** The second steps of several sign-ins, all at once. @returns how many were let in */
async function letInAtOnce(scene: Scene, victim: Enrolled, code: string, method: string): Promise<number> {
  const visitors = [];
  while (visitors.length < TOGETHER) visitors.push(await scene.pending(victim));
  const answers = await atOnce(visitors, (one) => one.post('/auth/login/mfa', { method, code }));
  return answers.filter(done).length;
}

const oneOf = (count: number): string | null => (count > 1 ? `${count} of ${TOGETHER} were let in` : null);

/** What is wrong with how codes are taken. */
export const codes: readonly Attack[] = [
  {
    name: 'a code used twice',
    published: 'CVE-2015-7225 devise-two-factor; CVE-2021-45331 Gitea; CVE-2026-33473 Vikunja; CVE-2025-43798 Liferay',
    tried: 'the code of a whole sign-in, in another one',
    run: async (scene) => {
      const victim = await scene.enrolled();
      const code = await victim.app.next();
      await scene.spend(victim, code);
      return takenOf({ 'the same code': await shown(scene, victim, code) });
    },
  },
  {
    name: 'a code used twice at once',
    published: 'CVE-2026-20779 Gitea',
    tried: `one code in ${TOGETHER} sign-ins at the same moment`,
    run: async (scene) => {
      const victim = await scene.enrolled();
      return oneOf(await letInAtOnce(scene, victim, await victim.app.next(), 'totp'));
    },
  },
  {
    name: 'the code of the enrolment used again',
    published: 'better-auth/better-auth#10387',
    tried: 'the code that confirmed the authenticator, to sign in and to turn it off',
    run: async (scene) => {
      const person = await scene.person();
      const session = await scene.signIn(person);
      const app = await scene.startEnrollment(session);
      const proofs = { password: person.password, code: await app.next() };
      await session.post('/me/mfa/totp/confirm', proofs);
      const victim = { ...person, app, session, backupCodes: [] };
      const signIn = await shown(scene, victim, proofs.code);
      return takenOf({ 'at a sign-in': signIn, 'at the end of it': await session.post('/me/mfa/disable', proofs) });
    },
  },
  {
    name: 'an older code after a newer one',
    published: 'CVE-2021-43177 devise-two-factor',
    tried: 'the code of the present step once that of the next one is spent',
    run: async (scene) => {
      const victim = await scene.enrolled();
      const { step } = victim.app;
      await scene.spend(victim, victim.app.codeAt(step + 1));
      return takenOf({ 'the older code': await shown(scene, victim, victim.app.codeAt(step)) });
    },
  },
  {
    name: 'a spent code in another spelling',
    published: 'HCSEC-2025-19 Vault; openbao/openbao#1629 (CVE-2025-55003)',
    tried: 'a spent code with spaces around and within, in full-width digits, as a number and in a list',
    run: async (scene) => {
      const victim = await scene.enrolled();
      const code = await victim.app.next();
      await scene.spend(victim, code);
      const wide = code.replace(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit)));
      const visitor = await scene.pending(victim);
      const tries: Record<string, Answer> = {};
      for (const [name, spelled] of Object.entries({
        'a space after it': `${code} `,
        'spaces within': `${code.slice(0, 3)} ${code.slice(3)}`,
        'full-width digits': wide,
        'a number': Number(code),
        'a list': [code],
      })) {
        tries[name] = await visitor.post('/auth/login/mfa', { method: 'totp', code: spelled });
      }
      return takenOf(tries);
    },
  },
  {
    name: 'any code, or none',
    published: 'GHSA-jhmr-57cj-q6g9 Komari; GHSA-j679-vp39-qwqq Pingvin Share X; CVE-2025-13587 Two Factor via Email',
    tried: '000000, an empty one, null, none, and one of another length',
    run: async (scene) => {
      const victim = await scene.enrolled();
      const tries: Record<string, Answer> = {};
      for (const [name, body] of Object.entries({
        '000000': { method: 'totp', code: '000000' },
        'an empty code': { method: 'totp', code: '' },
        null: { method: 'totp', code: null },
        'no code': { method: 'totp' },
        'one digit': { method: 'totp', code: '0' },
        'no method': {},
      })) {
        tries[name] = await (await scene.pending(victim)).post('/auth/login/mfa', body);
      }
      return takenOf(tries);
    },
  },
  {
    name: 'codes of far time steps',
    published: 'RFC 6238 section 5.2, which asks for one step at most; no advisory',
    tried: 'codes that are 2, 20 and 2880 steps old or early',
    run: async (scene) => {
      const victim = await scene.enrolled();
      const tries: Record<string, Answer> = {};
      // A step may end meanwhile, which brings the early ones nearer.
      for (const steps of [-2, -20, -2880, 3, 20, 2880]) {
        const code = victim.app.codeAt(victim.app.step + steps);
        tries[`${steps} steps`] = await shown(scene, victim, code);
      }
      return takenOf(tries);
    },
  },
  {
    name: 'a forged answer of a device',
    published: 'CVE-2026-0723 GitLab',
    tried: 'an answer of a passkey that nobody registered, with a signature of nothing',
    run: async (scene) => {
      const victim = await scene.enrolled();
      const visitor = await scene.pending(victim);
      await visitor.post('/auth/login/mfa/passkey-options');
      const id = 'AAAAAAAAAAAAAAAAAAAAAA';
      const client = { type: 'webauthn.get', challenge: 'AAAA', origin: 'https://sallyport.invalid' };
      const clientDataJSON = Buffer.from(JSON.stringify(client)).toString('base64url');
      const response = { clientDataJSON, authenticatorData: id, signature: id, userHandle: null };
      const passkey = { id, rawId: id, type: 'public-key', response };
      return takenOf({
        'a passkey': await visitor.post('/auth/login/mfa', { method: 'passkey', response: passkey }),
      });
    },
  },
  {
    name: 'a secret that is short',
    published: 'CVE-2024-8796 devise-two-factor',
    tried: `the length of a new secret, which RFC 4226 asks ${LEAST_SECRET_BITS} bits of`,
    run: async (scene) => {
      const { bits } = await scene.startEnrollment(await scene.signIn(await scene.person()));
      return bits < LEAST_SECRET_BITS ? `it has ${bits} bits` : null;
    },
  },
  {
    name: 'a backup code used twice',
    published: 'CVE-2026-31875 Parse Server',
    tried: 'the backup code of a whole sign-in, in another one',
    run: async (scene) => {
      const victim = await scene.enrolled();
      const [code = ''] = victim.backupCodes;
      await scene.spend(victim, code, 'backup_code');
      return takenOf({
        'the same code': await shown(scene, victim, code, 'backup_code'),
        'in lower case': await shown(scene, victim, code.toLowerCase(), 'backup_code'),
      });
    },
  },
  {
    name: 'a backup code used twice at once',
    published: 'CVE-2026-33624 Parse Server',
    tried: `one backup code in ${TOGETHER} sign-ins at the same moment`,
    run: async (scene) => {
      const victim = await scene.enrolled();
      return oneOf(await letInAtOnce(scene, victim, victim.backupCodes[0] ?? '', 'backup_code'));
    },
  },
  {
    name: 'backup codes made too early, or kept too long',
    published: 'CVE-2022-36071 SFTPGo',
    tried: 'to make backup codes before there is a second factor; an old one once there are new ones',
    run: async (scene) => {
      const person = await scene.person();
      const early = await (await scene.signIn(person)).post('/me/mfa/backup-codes', {
        ...{ password: person.password, code: '123456' },
      });
      const victim = await scene.enrolled();
      const [code = ''] = victim.backupCodes;
      const proofs = { password: victim.password, code: await victim.app.next() };
      const renewed = await victim.session.post('/me/mfa/backup-codes', proofs);
      if (!done(renewed)) throw new Error('new backup codes were refused');
      return first(
        takenOf({ 'before there is a second factor': early }),
        takenOf({ 'an old one': await shown(scene, victim, code, 'backup_code') }),
      );
    },
  },
  {
    name: "a neighbour's codes",
    published: 'CVE-2025-13587 Two Factor via Email; GHSA-p6x6-9mx6-26wj Gogs',
    tried: "a good code and a good backup code of the attacker's own account, in a sign-in of the victim",
    run: async (scene) => {
      const [victim, attacker] = [await scene.enrolled(), await scene.enrolled()];
      return takenOf({
        'a code': await shown(scene, victim, await attacker.app.next()),
        'a backup code': await shown(scene, victim, attacker.backupCodes[0] ?? '', 'backup_code'),
      });
    },
  },
];
