import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { root } from './repository.js';

const folder = mkdtempSync(join(tmpdir(), 'sallyport-deploy-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const analyze = (...args: string[]) => spawnSync('systemd-analyze', args, { encoding: 'utf8' });
const hasSystemd = analyze('--version').status === 0;

describe.skipIf(!hasSystemd)('the systemd unit (skipped where there is no systemd-analyze)', () => {
  const unit = join(folder, 'sallyport.service');
  copyFileSync(join(root, 'docs/deploy/sallyport.service'), unit);

  test('is one that systemd understands', () => {
    const { stderr } = analyze('verify', '--man=no', unit);
    // Where Node lies elsewhere, or the product does not lie in /opt, that alone is told.
    const faults = stderr
      .split('\n')
      .filter((line) => line.includes('sallyport.service') && !/is not executable/.test(line));
    expect(faults).toEqual([]);
  });

  test('leaves the service little to harm with', () => {
    // Tenths, of ten: systemd.exec(5) calls what is below 2 "OK".
    const { status, stdout } = analyze('security', '--offline=true', '--threshold=20', unit);
    expect(status, stdout).toBe(0);
  });
});
