import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { access, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';

export interface MailMessage {
  /** One address. */
  to: string;
  subject: string;
  text: string;
  html: string;
}

/** A message with its identity: sending it twice is sending one and the same mail. */
export interface Mail extends MailMessage {
  id: string;
  createdAt: Date;
}

export interface Mailer {
  /** Hands the mail on. Rejects when it was not taken; then it may be sent again. */
  send(mail: Mail): Promise<void>;
  /** Rejects where no mail would be taken now: no connection, no TLS, wrong credentials, no right to write. */
  verify(): Promise<void>;
  close(): void;
}

export interface MailerOptions {
  /** `smtp:` or `smtps:` URL; null means files in `<dataDir>/outbox/`. */
  smtpUrl: string | null;
  mailFrom: string;
  publicUrl: URL;
  dataDir: string;
}

/** Mails sent at once. */
export const MAIL_CONNECTIONS = 5;

export function createMailer(options: MailerOptions): Mailer {
  return options.smtpUrl === null ? fileMailer(options) : smtpMailer(options.smtpUrl, options);
}

function smtpMailer(url: string, options: MailerOptions): Mailer {
  const transport = createTransport({
    url,
    pool: true,
    maxConnections: MAIL_CONNECTIONS,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 20_000,
  });
  return {
    async send(mail) {
      await transport.sendMail(envelope(mail, options));
    },
    verify: async () => {
      await transport.verify();
    },
    close: () => transport.close(),
  };
}

function fileMailer(options: MailerOptions): Mailer {
  const folder = join(options.dataDir, 'outbox');
  const transport = createTransport({ streamTransport: true, buffer: true, newline: 'windows' });
  return {
    async send(mail) {
      const { message } = await transport.sendMail(envelope(mail, options));
      const temporary = join(folder, `.${mail.id}-${randomBytes(4).toString('hex')}.tmp`);
      try {
        await inFolder(folder, () => writeFile(temporary, message, { flag: 'wx', mode: 0o600 }));
        // A reader of the folder sees whole files only.
        await rename(temporary, join(folder, fileName(mail)));
      } catch (error) {
        await rm(temporary, { force: true });
        throw error;
      }
    },
    verify: async () => {
      await inFolder(folder, () => access(folder, constants.W_OK));
    },
    close: () => undefined,
  };
}

/** The folder is made where it is missing, be it that somebody emptied the outbox with it. */
async function inFolder(folder: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await work();
  }
}

/** Sorts by time, and tells whom it is for. */
function fileName({ id, createdAt, to }: Mail): string {
  const recipient = to.replace(/[^a-z0-9@._+-]/gi, '_').slice(0, 100);
  return `${createdAt.toISOString().replaceAll(':', '-')}_${recipient}_${id}.eml`;
}

function envelope(mail: Mail, { mailFrom, publicUrl }: MailerOptions) {
  return {
    from: mailFrom,
    // An object, so that no spelling of an address is read as two.
    to: { name: '', address: mail.to },
    subject: mail.subject,
    text: mail.text,
    html: mail.html,
    date: mail.createdAt,
    messageId: `<${mail.id}@${publicUrl.hostname}>`,
    // RFC 3834 section 5: keeps out-of-office replies away.
    headers: { 'Auto-Submitted': 'auto-generated' },
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}
