import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { HOUR_MS } from '@sallyport/core';
import type { Clock } from '../time/clock.ts';
import { PARTIAL, writeBackupOf } from './backup.ts';
import type { EmbeddedDatabase } from './database.ts';

export interface BackupSchedule {
  /** Absolute path of a folder that holds the backups of this database alone; it is made when missing. */
  folder: string;
  /** Hours from one backup to the next, 1 to 8760. */
  everyHours: number;
  /** How many stay, at least 1: the oldest goes once a newer one is whole. */
  keep: number;
}

interface Deps {
  database: Pick<EmbeddedDatabase, 'backup'>;
  clock: Clock;
}

/** `sallyport-2026-11-29T10-40-34Z.tar.gz`: the moment in UTC, so that the order of names is the order in time. */
const NAME = /^sallyport-(\d{4}-\d\d-\d\d)T(\d\d)-(\d\d)-(\d\d)Z\.tar\.gz$/;

const nameAt = (moment: Date): string =>
  `sallyport-${moment
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replaceAll(':', '-')}.tar.gz`;

/** Null for the name of anything else. */
function momentOf(name: string): number | null {
  const [, day, hours, minutes, seconds] = NAME.exec(name) ?? [];
  return day === undefined ? null : Date.parse(`${day}T${hours}:${minutes}:${seconds}Z`);
}

/** Names of the whole backups, oldest first; none where there is no folder. @throws the file system's error */
async function backupsIn(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  return names.filter((name) => momentOf(name) !== null).sort();
}

/** When the newest backup in the folder was made, in Unix time in milliseconds; null where there is none. */
export const latestBackup = async (folder: string): Promise<number | null> =>
  momentOf((await backupsIn(folder)).at(-1) ?? '');

/** Backups of the embedded database that come by themselves; other files in their folder are left alone. */
export class ScheduledBackups {
  constructor(
    private readonly deps: Deps,
    private readonly schedule: BackupSchedule,
  ) {}

  /** Whether the newest backup is older than the schedule allows. One from the future says that a clock was wrong. */
  async isDue(): Promise<boolean> {
    const nowMs = this.deps.clock.now().getTime();
    const moments = (await backupsIn(this.schedule.folder)).map((name) => momentOf(name) ?? 0);
    return !moments.some((moment) => moment <= nowMs && nowMs - moment < this.schedule.everyHours * HOUR_MS);
  }

  /**
   * Writes a backup, and removes those beyond the number that stays, oldest first, with what a killed process left.
   *
   * @returns how many files were written and removed
   * @throws the file system's error; then nothing was removed
   */
  async run(): Promise<number> {
    const { folder, keep } = this.schedule;
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await writeBackupOf(this.deps.database, join(folder, nameAt(this.deps.clock.now())));
    const surplus = (await backupsIn(folder)).slice(0, -keep);
    const unfinished = (await readdir(folder)).filter(
      (name) => name.endsWith(PARTIAL) && momentOf(name.slice(0, -PARTIAL.length)) !== null,
    );
    for (const name of [...surplus, ...unfinished]) await rm(join(folder, name), { force: true });
    return 1 + surplus.length + unfinished.length;
  }

  /** See `latestBackup`. */
  async newestMs(): Promise<number | null> {
    return latestBackup(this.schedule.folder);
  }
}
