import { constants } from 'node:fs';
import { access, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { HOUR_MS } from '@sallyport/core';
import type { Config } from '../../config.ts';
import { latestBackup } from '../../platform/database/scheduled-backups.ts';
import { pingRedis } from '../../platform/limits/redis.ts';
import { createMailer } from '../../platform/mail/mailer.ts';
import { codeOf, type Finding, fault, ok, skipped, warning } from './finding.ts';

const LEAST_FREE_BYTES = 500 * 1024 * 1024;

/** Whether the relay takes us, with its certificate and our credentials; sends nothing. */
export async function examineMail(config: Config): Promise<Finding> {
  const mailer = createMailer(config);
  try {
    await mailer.verify();
    return config.smtpUrl === null
      ? warning('mail', 'mail goes to files in the data folder, which nobody gets', 'set SMTP_URL')
      : ok('mail', 'the relay takes mail from here');
  } catch (error) {
    return fault('mail', `no mail can be handed on (${codeOf(error)})`, 'look at SMTP_URL, and at the relay');
  } finally {
    mailer.close();
  }
}

export async function examineRedis({ redisUrl, databaseUrl }: Config): Promise<Finding> {
  if (redisUrl === null) {
    return databaseUrl === null
      ? skipped('redis', 'not set; one server counts in its process')
      : warning('redis', 'not set: each of several servers counts by itself', 'set REDIS_URL where there are several');
  }
  try {
    await pingRedis(redisUrl);
    return ok('redis', 'it answers');
  } catch (error) {
    const todo = 'until it answers, each server counts by itself and more strictly';
    return fault('redis', `it does not answer (${codeOf(error)})`, todo);
  }
}

export async function examineDisk({ dataDir }: Config): Promise<Finding> {
  try {
    const { bavail, bsize } = await statfs(dataDir);
    const megabytes = Math.round((bavail * bsize) / 1024 / 1024);
    const words = `${megabytes} MiB are free for the data folder`;
    return bavail * bsize < LEAST_FREE_BYTES ? warning('disk', words, 'make room') : ok('disk', words);
  } catch (error) {
    return skipped('disk', `the data folder is not there yet (${codeOf(error)})`);
  }
}

/** Whether backups of the embedded database come, as far as their folder tells. @param now of this machine */
export async function examineBackups({ backups, databaseUrl }: Config, now: Date): Promise<Finding> {
  if (databaseUrl !== null) return skipped('backup', 'PostgreSQL is backed up with tools of its own');
  if (backups === null) return skipped('backup', 'none comes by itself; set BACKUP_DIR, or run `sallyport backup`');
  const { folder, everyHours } = backups;
  try {
    const newest = await latestBackup(folder);
    await access(newest === null ? dirname(folder) : folder, constants.W_OK);
    const hours = newest === null ? Number.POSITIVE_INFINITY : Math.round((now.getTime() - newest) / HOUR_MS);
    const words = newest === null ? 'there is none yet' : `the newest is ${hours} hours old`;
    return hours <= 2 * everyHours
      ? ok('backup', words)
      : warning('backup', words, 'let the server run, and look for `A chore failed` in its log');
  } catch (error) {
    return fault('backup', `the folder cannot be used (${codeOf(error)})`, 'let BACKUP_DIR name one of this user');
  }
}
