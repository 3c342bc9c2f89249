import { randomInt } from 'node:crypto';
import { CHALLENGE_ATTEMPTS, passwordPolicy, secondFactorPolicy } from '@sallyport/core';
import { type Attack, atOnce, done, takenOf } from './attempt.ts';
import type { Enrolled, Person, Scene } from './scene.ts';
import type { Answer, Visitor } from './visitor.ts';

/** The count of failures that SEC-3 allows before a pause; one guess more that is judged is one too many. */
const CODES = secondFactorPolicy.freeAttempts;
const PASSWORDS = passwordPolicy.freeAttempts;
/** Guesses of an attack beyond what is allowed. */
const MORE = 10;

const tooMany = (judged: number, allowed: number): string | null =>
  judged > allowed ? `${judged} wrong ones were judged, and ${allowed} are to be` : null;

/** Also where it was taken. */
const wasJudged = (answer: Answer): boolean =>
  done(answer) || answer.code === 'invalid_code' || answer.code === 'invalid_credentials';

const forged = (): Record<string, string> => ({ 'x-forwarded-for': `198.51.100.${randomInt(1, 255)}` });

/** A backup code of the right form that nobody has. */
const noBackupCode = (index: number): string => `0000-0000-${String(index).padStart(4, '0')}`;

/** How a wrong code is shown. */
interface Guess {
  visitor: () => Visitor;
  method: string;
  code: (index: number) => string;
}

/** Begins one sign-in after another and shows wrong codes in each, until there is a pause. @returns how many were judged */
async function guessAtSignIn(scene: Scene, victim: Person, { visitor, method, code }: Guess): Promise<number> {
  let judged = 0;
  while (judged < CODES + MORE) {
    const pending = await scene.pending(victim, visitor());
    for (let tried = 0; tried < CHALLENGE_ATTEMPTS; tried++) {
      const answer = await pending.post('/auth/login/mfa', { method, code: code(judged) });
      if (!wasJudged(answer)) return judged;
      judged += 1;
    }
  }
  return judged;
}

const wrongCodes = (scene: Scene, victim: Enrolled, visitor = () => scene.visitor()): Guess => ({
  visitor,
  method: 'totp',
  code: (index) => victim.app.wrong(index),
});

/** A victim whose second factor is at rest for too many wrong codes. */
async function lockedVictim(scene: Scene): Promise<Enrolled> {
  const victim = await scene.enrolled();
  await guessAtSignIn(scene, victim, wrongCodes(scene, victim));
  return victim;
}

/** What lets a second factor, or the password before it, be guessed. */
export const guesses: readonly Attack[] = [
  {
    name: 'codes guessed over many sign-ins',
    published:
      'CVE-2024-21500 caddy-security; CVE-2024-0227 devise-two-factor; CVE-2024-32868 Zitadel; CVE-2026-56450 AIL',
    tried: 'wrong codes, with the right password again before every fifth',
    run: async (scene) => {
      const victim = await scene.enrolled();
      return tooMany(await guessAtSignIn(scene, victim, wrongCodes(scene, victim)), CODES);
    },
  },
  {
    name: 'codes guessed from many addresses',
    published: 'glanceapp/glance#1031 (GHSA-427g-2pm7-r356); CVE-2021-41177 Nextcloud',
    tried: 'the same, with another X-Forwarded-For each time',
    run: async (scene) => {
      const victim = await scene.enrolled();
      const guess = wrongCodes(scene, victim, () => scene.visitor(forged()));
      return tooMany(await guessAtSignIn(scene, victim, guess), CODES);
    },
  },
  {
    name: 'codes guessed at once',
    published: 'CVE-2023-47111 Zitadel; idenplane/idenplane#398',
    tried: `${CODES + 2 * MORE} wrong codes in several sign-ins at the same moment`,
    run: async (scene) => {
      const victim = await scene.enrolled();
      const visitors: Visitor[] = [];
      while (visitors.length < CODES + 2 * MORE) {
        const pending = await scene.pending(victim);
        for (let tried = 0; tried < CHALLENGE_ATTEMPTS; tried++) visitors.push(pending.copy());
      }
      const answers = await atOnce(visitors, (visitor, index) =>
        visitor.post('/auth/login/mfa', { method: 'totp', code: victim.app.wrong(index) }),
      );
      return tooMany(answers.filter(wasJudged).length, CODES);
    },
  },
  {
    name: 'backup codes guessed over many sign-ins',
    published: 'ezBookkeeping 0.7.0 (delta.cyberm.ca)',
    tried: 'wrong backup codes, with the right password again before every fifth',
    run: async (scene) => {
      const victim = await scene.enrolled();
      const guess = { visitor: () => scene.visitor(), method: 'backup_code', code: noBackupCode };
      return tooMany(await guessAtSignIn(scene, victim, guess), CODES);
    },
  },
  {
    name: 'a lock that is not kept',
    published: 'CVE-2026-35597 Vikunja; CVE-2025-64102 Zitadel',
    tried: 'a good code and a good backup code after too many wrong ones',
    run: async (scene) => {
      const victim = await lockedVictim(scene);
      const pending = await scene.pending(victim);
      const [backupCode] = victim.backupCodes;
      return takenOf({
        'a code': await pending.post('/auth/login/mfa', { method: 'totp', code: await victim.app.next() }),
        'a backup code': await pending.post('/auth/login/mfa', { method: 'backup_code', code: backupCode }),
      });
    },
  },
  {
    name: 'another door past the lock',
    published: 'CVE-2026-7820 pgAdmin; CVE-2026-9798 Keycloak',
    tried: 'after too many wrong codes at the sign-in, a good one at each route that asks for a code',
    run: async (scene) => {
      const { app, password, session } = await lockedVictim(scene);
      const code = await app.next();
      const newPassword = 'violet harbour 27 lanterns';
      return takenOf({
        'the change of password': await session.post('/me/password', { currentPassword: password, newPassword, code }),
        'new backup codes': await session.post('/me/mfa/backup-codes', { password, code }),
        'a fresh proof': await session.post('/auth/step-up', { password, code }),
        'the end of the factor': await session.post('/me/mfa/disable', { password, code }),
      });
    },
  },
  {
    name: 'codes guessed inside a session',
    published: 'CVE-2026-27801 Vaultwarden',
    tried: 'wrong codes where a second factor is turned off',
    run: async (scene) => {
      const { app, password, session } = await scene.enrolled();
      let judged = 0;
      while (judged < CODES + MORE) {
        const answer = await session.post('/me/mfa/disable', { password, code: app.wrong(judged) });
        if (!wasJudged(answer)) break;
        judged += 1;
      }
      return tooMany(judged, CODES);
    },
  },
  {
    name: 'passwords guessed under many spellings',
    published: 'AlfrescoArchive/alfresco-repository#51; HCSEC-2025-20 Vault (CVE-2025-6013)',
    tried: 'wrong passwords for one address in upper and lower case and with spaces around',
    run: async (scene) => {
      const { email } = await scene.person();
      const spellings = [email, email.toUpperCase(), ` ${email}`, email.replace('attack', 'Attack'), `${email} `];
      let judged = 0;
      for (let index = 0; index < PASSWORDS + MORE; index++) {
        const spelled = spellings[index % spellings.length];
        const answer = await scene.visitor().post('/auth/login', { email: spelled, password: `wrong ${index}` });
        if (wasJudged(answer)) judged += 1;
      }
      return tooMany(judged, PASSWORDS);
    },
  },
  {
    name: 'passwords guessed at once',
    published: 'CVE-2023-47111 Zitadel',
    tried: `${PASSWORDS + MORE} wrong passwords at the same moment`,
    run: async (scene) => {
      const { email } = await scene.person();
      const visitors = Array.from({ length: PASSWORDS + MORE }, () => scene.visitor());
      const answers = await atOnce(visitors, (visitor, index) =>
        visitor.post('/auth/login', { email, password: `wrong ${index}` }),
      );
      return tooMany(answers.filter(wasJudged).length, PASSWORDS);
    },
  },
];
