import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { newSeed, type Seed } from '../seed.ts';
import { Sallyport } from '../server.ts';
import { product } from './product.ts';
import { openSsoSessions } from './stored-sessions.ts';

/** A seeded data folder that servers start from a copy of: creating a database takes seconds, copying it does not. */
export interface Template {
  dataDir: string;
  seed: Seed;
  /** By address, the refresh token of a session that single sign-on opened. */
  ssoSessions: Record<string, string>;
}

const about = 'template.json';

/** Makes a template; `dispose` removes it. @throws Error when the product refuses the seed file */
export async function makeTemplate(): Promise<{ template: Template; dispose: () => Promise<void> }> {
  const sallyport = new Sallyport({ product });
  try {
    const seed = newSeed();
    await sallyport.seed(seed.file);
    const ssoSessions = Object.fromEntries(await openSsoSessions(sallyport.dataDir, seed.ssoOnlyEmails));
    const template = { dataDir: sallyport.dataDir, seed, ssoSessions };
    writeFileSync(join(template.dataDir, about), JSON.stringify(template));
    return { template, dispose: () => sallyport.dispose() };
  } catch (error) {
    await sallyport.dispose();
    throw error;
  }
}

/** The template in a folder that {@link makeTemplate} made, perhaps in another process. */
export const readTemplate = (dataDir: string): Template =>
  JSON.parse(readFileSync(join(dataDir, about), 'utf8')) as Template;
