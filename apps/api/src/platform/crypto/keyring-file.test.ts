import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

// Starting processes takes its time where other tests keep the processors busy.
test('of several processes that start at once, all get the one key', { timeout: 30_000 }, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'sallyport-keys-'));
  try {
    const file = join(folder, 'data', 'encryption-keys');
    const module = new URL('./keyring-file.ts', import.meta.url).href;
    const script = `
      import { readOrGenerateKeysFile } from ${JSON.stringify(module)};
      process.stdout.write(readOrGenerateKeysFile(${JSON.stringify(file)}));`;
    const start = () =>
      promisify(execFile)(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', script]);
    const texts = (await Promise.all([start(), start(), start()])).map(({ stdout }) => stdout);
    expect(texts).toEqual(Array(3).fill(await readFile(file, 'utf8')));
    expect(await readdir(join(folder, 'data'))).toEqual(['encryption-keys']);
  } finally {
    await rm(folder, { recursive: true });
  }
});
