import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';

/** A package as npm would have it: packed, and installed in a folder outside the workspace. */
export class Packed {
  readonly tarball: Buffer;
  /** Where it is installed. */
  readonly folder: string;

  /** @param root of the workspace that is packed; once in each process */
  constructor(root: string, outside: string) {
    const name: string = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).name;
    this.tarball = archives.get(root) ?? archiveOf(root);
    archives.set(root, this.tarball);
    this.folder = join(outside, 'node_modules', name);
    mkdirSync(this.folder, { recursive: true });
    const unpack = ['-xzf', '-', '--strip-components=1', '-C', this.folder];
    execFileSync('tar', unpack, { input: this.tarball });
  }

  /** What publint and the compiler have to say of it, wherever ES modules may be imported; for `require()` there is nothing. */
  async faults(): Promise<unknown[]> {
    const { messages, pkg } = await publint({ pack: { tarball: new Uint8Array(this.tarball).buffer }, strict: true });
    const checked = await checkPackage(createPackageFromTarballData(new Uint8Array(this.tarball)));
    return [
      ...messages.map((message) => formatMessage(message, pkg) ?? message.code),
      ...(checked.types ? checked.problems.filter(({ kind }) => kind !== 'CJSResolvesToESM') : ['no types']),
    ];
  }

  /** The module, and its size as it is sent. */
  code(): { text: string; compressedBytes: number } {
    const code = readFileSync(join(this.folder, 'dist/index.js'));
    return { text: code.toString(), compressedBytes: gzipSync(code).byteLength };
  }

  files(): string[] {
    return execFileSync('tar', ['-tzf', '-'], { input: this.tarball }).toString().trim().split('\n');
  }

  manifest(): Record<'dependencies' | 'peerDependencies', Record<string, string>> {
    return JSON.parse(readFileSync(join(this.folder, 'package.json'), 'utf8'));
  }
}

const archives = new Map<string, Buffer>();

/** Where `pnpm test` has put the archives of all packages. */
const prepared = process.env.SALLYPORT_TEST_ARCHIVES;

function archiveOf(root: string): Buffer {
  if (prepared) return readFileSync(join(prepared, `${basename(root)}.tgz`));
  const folder = mkdtempSync(join(tmpdir(), 'sallyport-archive-'));
  execFileSync('pnpm', ['pack', '--pack-destination', folder], { cwd: root, stdio: 'pipe' });
  const [archive = ''] = readdirSync(folder);
  const tarball = readFileSync(join(folder, archive));
  rmSync(folder, { recursive: true });
  return tarball;
}

/** Puts what npm would install beside a package into the folder, from the workspace that has it already. */
export function installBeside(root: string, outside: string, names: readonly string[]): void {
  for (const name of names) {
    const link = join(outside, 'node_modules', name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(join(root, 'node_modules', name), link);
  }
}

type Resolution = 'NodeNext' | 'Bundler';

/**
 * Compiles files in a folder outside the workspace into its `out`, strictly and with the types of the packages, as Node
 * and as bundlers resolve them.
 *
 * @throws Error with what TypeScript says
 */
export function compileOutside(
  outside: string,
  files: Record<string, string>,
  resolutions: readonly Resolution[] = ['NodeNext', 'Bundler'],
): void {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(outside, name), text);
  const strict = { strict: true, target: 'ES2022', lib: ['ES2022', 'DOM'], types: [], skipLibCheck: false };
  const compiler = join(import.meta.dirname, '../../node_modules/typescript/bin/tsc');
  for (const moduleResolution of resolutions) {
    const module = moduleResolution === 'Bundler' ? 'ESNext' : moduleResolution;
    const compilerOptions = { ...strict, jsx: 'react-jsx', module, moduleResolution, outDir: 'out' };
    writeFileSync(join(outside, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: Object.keys(files) }));
    try {
      execFileSync(process.execPath, [compiler, '-p', outside], { stdio: 'pipe' });
    } catch (error) {
      throw new Error(String((error as { stdout?: Buffer }).stdout), { cause: error });
    }
  }
}
