import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';

/** A package as npm would have it: packed, and installed in a folder outside the workspace. */
export class Packed {
  readonly tarball: Buffer;
  /** Where it is installed. */
  readonly folder: string;

  /** @param root of the workspace that is packed */
  constructor(root: string, outside: string) {
    const name: string = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).name;
    const archives = join(outside, 'archives', name);
    execFileSync('pnpm', ['pack', '--pack-destination', archives], { cwd: root, stdio: 'pipe' });
    const [archive = ''] = readdirSync(archives);
    this.tarball = readFileSync(join(archives, archive));
    this.folder = join(outside, 'node_modules', name);
    mkdirSync(this.folder, { recursive: true });
    execFileSync('tar', ['-xzf', join(archives, archive), '--strip-components=1', '-C', this.folder]);
  }

  /** What publint has to say of it. */
  async lint(): Promise<string[]> {
    const { messages, pkg } = await publint({ pack: { tarball: new Uint8Array(this.tarball).buffer }, strict: true });
    return messages.map((message) => formatMessage(message, pkg) ?? message.code);
  }

  /** What is wrong with its types, wherever they may be imported. */
  async typeProblems(): Promise<unknown[]> {
    const checked = await checkPackage(createPackageFromTarballData(new Uint8Array(this.tarball)));
    return checked.types ? checked.problems : ['no types'];
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

/** For `require()` there is nothing: the packages are ES modules. */
export const onlyEsModules = [{ kind: 'CJSResolvesToESM', entrypoint: '.', resolutionKind: 'node16-cjs' }];

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
