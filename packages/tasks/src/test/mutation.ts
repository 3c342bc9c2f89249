import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../repository.js';
import { commandOf, runTool } from '../run.ts';
import { ensureSamlProvider } from './saml-provider.ts';
import { checkTally, sum, type Tally } from './tally.ts';

const features = 'apps/api/src/features';

/**
 * Folders of what decides who gets in and who may do what, each with the other folders whose tests are to notice every
 * change of it as its own are.
 */
const guards: Readonly<Record<string, readonly string[]>> = {
  'packages/core/src': [],
  'apps/api/src/platform/limits': [],
  [`${features}/sign-in`]: [`${features}/mfa`, `${features}/sso/sign-in`],
  [`${features}/access`]: [`${features}/sign-in`, `${features}/mfa`, `${features}/account`],
  [`${features}/sso/protocols/saml`]: [],
  [`${features}/sso/protocols/oidc`]: [],
  [`${features}/mfa`]: [`${features}/sign-in`, `${features}/users`, `${features}/recovery`],
  [`${features}/recovery`]: [],
  [`${features}/account`]: [],
  [`${features}/users`]: [`${features}/account`, `${features}/recovery`],
  [`${features}/sso/sign-in`]: [],
};

/** What only says which words there are, and what the compiler checks; and what an export reads. */
const NO_GUARD = /(^|\/)(index|schemas|types|caller|problem|audit-actions|personal-data\.store|.*\.test)\.ts$|\.d\.ts$/;

/**
 * Changes the guards in a small way at a time and runs their tests against each change: what no test notices is
 * printed. A file whose tests have run is looked at again only where it or they have changed.
 *
 * @param words parts of paths; none means every guard
 */
export async function mutations(words: readonly string[]): Promise<Tally> {
  // Without it the tests of SAML are skipped, and judge nothing.
  await ensureSamlProvider();
  const tallies: Tally[] = [];
  for (const [folder, others] of Object.entries(guards)) {
    const files = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .map((file) => `${folder}/${file}`)
      .filter((file) => file.endsWith('.ts') && !NO_GUARD.test(file))
      .filter((file) => words.length === 0 || words.some((word) => file.includes(word)));
    if (files.length === 0) continue;
    const name = folder.replaceAll('/', '-');
    mkdirSync(join(root, '.cache/stryker'), { recursive: true });
    const { exitCode } = await runTool(
      commandOf('@stryker-mutator/core', { command: 'stryker' }),
      ['run', ...['--mutate', files.join()], ...['--incrementalFile', `.cache/stryker/${name}.json`]],
      { output: 'show', env: { JUDGING_FOLDERS: [folder, ...others].join() } },
    );
    tallies.push(checkTally(exitCode === 0));
  }
  return sum(tallies);
}
