import { isSlug } from '@sallyport/core';
import { Command, InvalidArgumentError } from 'commander';
import { type About, readAbout } from '../platform/about.ts';
import { ADMIN_VARIABLES } from './attack/variables.ts';
import { keptHead } from './kept-head.ts';

const JSON_FLAG = ['--json', 'print the result as JSON'] as const;

/** @throws InvalidArgumentError */
function slugArgument(text: string): string {
  if (isSlug(text)) return text;
  throw new InvalidArgumentError('It takes 1 to 63 lower-case letters, digits and inner hyphens.');
}

/** @throws InvalidArgumentError */
function originArgument(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url !== null && /^https?:$/.test(url.protocol) && url.href === `${url.origin}/`) return url;
  throw new InvalidArgumentError('It takes an origin, http or https, without a path.');
}

const versionText = ({ version, build, schema }: About): string => `${version} (build ${build}, schema ${schema})`;

/** @throws InvalidArgumentError */
function uuid(text: string): string {
  if (/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(text)) return text;
  throw new InvalidArgumentError('It takes the id of an event, a UUID.');
}

/** The command line (contract section 6). A command is loaded when it runs. */
export function buildProgram(): Command {
  const program = new Command('sallyport')
    .description("Sallyport's command line for operators. The environment is the server's, see docs.")
    .version(versionText(readAbout()), '--version', 'which program this is')
    .showSuggestionAfterError(false)
    .exitOverride();

  program
    .command('migrate')
    .description('apply the migrations; safe when several instances start at once')
    .option(...JSON_FLAG)
    .action(async (options) => (await import('./migrate.ts')).migrate(options));

  program
    .command('seed')
    .description('create or update organizations, domains and users as a file says; may be run again')
    .argument('<file.json>', 'the seed file')
    .option(...JSON_FLAG)
    .action(async (file, options) => (await import('./seed.ts')).seed(file, options));

  program
    .command('organizations')
    .description('partners and their customers')
    .command('create')
    .description('create a partner, or a customer under one; audited')
    .argument('<slug>', '1 to 63 lower-case letters, digits and inner hyphens', slugArgument)
    .argument('<name>', 'the name that people read')
    .option('--partner <slug>', 'the partner that the customer is under')
    .option(...JSON_FLAG)
    .action(async (slug, name, options) =>
      (await import('./organizations-create.ts')).createOrganization(slug, name, options),
    );

  const users = program.command('users').description('users of all organizations');
  users
    .command('invite-admin')
    .description('make the first admin of an organization, and print the link with which to choose a password; audited')
    .argument('<email>', 'address of the admin')
    .requiredOption('--organization <slug>', 'slug of the organization')
    .option('--name <name>', 'name of the admin; the part before the @ unless told')
    .option(...JSON_FLAG)
    .action(async (email, options) => (await import('./users-invite-admin.ts')).inviteAdmin(email, options));
  users
    .command('unlock')
    .description('lift the pauses after wrong passwords and codes of a user, whom a mail tells; audited')
    .argument('<email>', 'address of the user')
    .action(async (email) => (await import('./users-unlock.ts')).unlock(email));
  users
    .command('export')
    .description('print everything that is kept of a user as JSON; audited')
    .argument('<user>', 'address or id of the user')
    .action(async (user) => (await import('./users-export.ts')).exportUser(user));
  users
    .command('erase')
    .description('erase a user for good, whom a last mail tells; audited')
    .argument('<user>', 'address or id of the user')
    .action(async (user) => (await import('./users-erase.ts')).eraseUser(user));
  users
    .command('import')
    .description('create users from a CSV file, all of them or none; without a password one is invited by mail')
    .argument('<file.csv>', 'with the columns email, name, organization (slug), role, access and, if wanted, password')
    .option('--dry-run', 'check the file and write nothing')
    .option(...JSON_FLAG)
    .action(async (file, options) => (await import('./users-import.ts')).importUsers(file, options));

  program
    .command('mfa')
    .description('two-factor authentication')
    .command('reset')
    .description('take away the authenticator and the backup codes of a user, whom a mail tells; audited')
    .argument('<email>', 'address of the user')
    .action(async (email) => (await import('./mfa-reset.ts')).resetMfa(email));

  program
    .command('sessions')
    .description('sessions of users')
    .command('end')
    .description(
      'sign a user, whom a mail tells, out everywhere, or after a restore everybody, whom none tells; audited',
    )
    .argument('[email]', 'address of the user')
    .option('--all', 'every session of everybody')
    .option(...JSON_FLAG)
    .action(async (email, options) => (await import('./sessions-end.ts')).endSessions(email, options));

  program
    .command('local-sign-in')
    .description('sign-in with a password')
    .command('enable')
    .description('allow it again in an organization whose single sign-on does not work; audited')
    .argument('<org-slug>', 'slug of the organization')
    .action(async (slug) => (await import('./local-sign-in-enable.ts')).enableLocalSignIn(slug));

  program
    .command('mail')
    .description('mail that waits')
    .command('deliver')
    .description('hand on all mail that is due, as the server does')
    .option(...JSON_FLAG)
    .action(async (options) => (await import('./mail-deliver.ts')).deliverMail(options));

  const keys = program.command('keys').description('encryption and signing keys');
  keys
    .command('rotate-signing')
    .description('make a new key for access tokens now; servers take it up within a minute; audited')
    .option(...JSON_FLAG)
    .action(async (options) => (await import('./keys-rotate-signing.ts')).rotateSigningKey(options));
  keys
    .command('rotate')
    .description('seal every secret again under the first key, while servers run; may be broken off and run again')
    .option(...JSON_FLAG)
    .action(async (options) => (await import('./keys-rotate.ts')).rotateKeys(options));

  const audit = program.command('audit').description('audit log');
  audit
    .command('verify')
    .description('check that no event was altered, removed, moved or slipped in')
    .option('--expect <head>', 'what `audit head` or an earlier run printed: the log must still hold it', keptHead)
    .option(...JSON_FLAG)
    .action(async (options) => (await import('./audit-verify.ts')).verifyAudit(options));
  audit
    .command('head')
    .description('print the signed head of the log, to keep elsewhere and to verify against later')
    .option(...JSON_FLAG)
    .action(async (options) => (await import('./audit-head.ts')).printHead(options));
  audit
    .command('prove')
    .description('print the proof that an event is in the sealed log')
    .argument('<event-id>', 'id of the event', uuid)
    .option(...JSON_FLAG)
    .action(async (id, options) => (await import('./audit-prove.ts')).proveAudit(id, options));

  program
    .command('demo')
    .description('the demo tenants of SALLYPORT_DEMO=1')
    .command('reset')
    .description('put the demo tenants back to how they were seeded, also while the server runs; audited')
    .option(...JSON_FLAG)
    .action(async (options) => (await import('./demo-reset.ts')).resetDemoTenants(options));

  program
    .command('doctor')
    .description('look at all that the service needs, and say what to do; changes nothing')
    .option(...JSON_FLAG)
    .action(async (options) => (await import('./doctor.ts')).doctor(options));

  program
    .command('attack')
    .description('try published ways around a second factor against a running service, with throwaway accounts')
    .argument('<url>', 'where the service is, such as https://login.example.com', originArgument)
    .option('--authorized', 'you have leave to attack a service that is not of this machine')
    .option(...JSON_FLAG)
    .addHelpText(
      'after',
      `\nThe admin who makes the accounts is read from ${Object.values(ADMIN_VARIABLES).join(', ')}, else asked for.`,
    )
    .action(async (url, options) => (await import('./attack.ts')).attack(url, options));

  program
    .command('backup')
    .description('write the embedded database to a file, also while the server runs')
    .argument('<file>', 'a gzipped tar; it holds no encryption keys')
    .action(async (file) => (await import('./backup.ts')).backup(file));

  program
    .command('restore')
    .description('make the embedded database of a backup, in a data folder that has none')
    .argument('<file>', 'what `backup` wrote')
    .option('--replace', 'put an existing database aside')
    .action(async (file, options) => (await import('./restore.ts')).restore(file, options));

  return program;
}
