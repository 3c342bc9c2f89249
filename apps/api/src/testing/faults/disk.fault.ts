import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { Installation } from './installation.ts';
import { Ledger } from './ledger.ts';
import { say, toldOf } from './said.ts';

/** Enough for the database, and full soon. */
const SIZE = '192m';

/** A file system of its own. @returns null where it may not be mounted */
function mountSmall(): string | null {
  const folder = mkdtempSync(join(tmpdir(), 'sallyport-disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${SIZE}`, 'tmpfs', folder], { stdio: 'ignore' });
  } catch {
    rmSync(folder, { recursive: true });
    return null;
  }
  onTestFinished(() => {
    execFileSync('umount', ['--lazy', folder]);
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}

/** Takes what is left of the disk. */
function fill(file: string): void {
  for (const bytes of [1 << 20, 1 << 12, 1]) {
    try {
      for (;;) appendFileSync(file, Buffer.alloc(bytes));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
    }
  }
}

test('SEC-52: the disk of the embedded database is full, under writes', async (context) => {
  const folder = mountSmall();
  if (folder === null) return context.skip('a file system may not be mounted here');
  const installation = new Installation({}, join(folder, 'data'));
  onTestFinished(() => installation.dispose());
  await installation.begin();
  const ledger = await Ledger.open(installation);
  const filler = join(folder, 'filler');
  await ledger.during(async () => {
    await ledger.grown(30);
    fill(filler);
    await wait(5000);
    rmSync(filler);
    await wait(500);
  });
  const before = ledger.acknowledged;
  await ledger.during(() => wait(1000));
  const goesOn = ledger.acknowledged > before;
  if (!goesOn) await installation.kill();
  expect(await ledger.losses()).toEqual([]);
  expect(ledger.outrages).toEqual([]);
  await installation.stop();
  await installation.verifyAudit();
  const how = goesOn ? 'it goes on by itself once there is room' : 'it goes on after a restart';
  say(context, `${how}, ${toldOf(ledger)}`);
});
