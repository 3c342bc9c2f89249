import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { announced, TaskFailed, task } from './progress.ts';
import { commandOf, runTool } from './run.ts';
import { clearStamp, fingerprint, isFresh, setStamp } from './stamp.js';

const client = {
  name: 'Prisma client',
  product: 'apps/api/src/platform/database/generated/client.ts',
  sources: ['prisma/schema.prisma', 'prisma.config.ts', 'pnpm-lock.yaml'],
};

/**
 * Generates the Prisma client where the schema changed since the last time. Works offline: the native schema engine,
 * which Prisma's command line wants to download, is named by a variable and never started (see docs/decisions).
 *
 * @throws TaskFailed with Prisma's own words
 */
export async function ensureGenerated({ anew = false } = {}): Promise<void> {
  const print = fingerprint(client.sources);
  if (!anew && isFresh(client.name, client.product, print)) return;
  await announced('Generating the Prisma client', async () => {
    clearStamp(client.name);
    const { exitCode, output } = await runTool(commandOf('prisma'), ['generate'], {
      env: {
        PRISMA_SCHEMA_ENGINE_BINARY: existsSync('/bin/true') ? '/bin/true' : process.execPath,
        PRISMA_HIDE_UPDATE_MESSAGE: '1',
        CHECKPOINT_DISABLE: '1',
      },
    });
    if (exitCode !== 0) throw new TaskFailed(`\nThe Prisma client cannot be generated:\n${output}`);
    setStamp(client.name, print);
  });
}

/**
 * Writes the next migration, which leads from the migrations there are to prisma/schema.prisma, for review: what Prisma
 * cannot express (checks, triggers, expression indexes) is added to it by hand.
 */
async function writeMigration(name: string): Promise<void> {
  if (!/^[a-z0-9]+(_[a-z0-9]+)*$/.test(name)) throw new TaskFailed('Name the migration like this: add_trusted_devices');
  const { createMigration } = await import('../../../apps/api/src/platform/database/create-migration.ts');
  const file = await announced('Comparing the migrations with the schema', () => createMigration(name));
  process.stdout.write(file === null ? 'They agree: nothing to migrate.\n' : `Read it before you commit it: ${file}\n`);
}

/** `pnpm generate` makes the client anew; `pnpm generate --migration NAME` also writes the next migration, offline. */
if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await task(async () => {
    const [option, name] = process.argv.slice(2);
    if (option !== undefined && option !== '--migration') throw new TaskFailed(`Unknown option ${option}`);
    await ensureGenerated({ anew: true });
    if (option !== undefined) await writeMigration(name ?? '');
  });
}
