import { makeTemplate } from './template.ts';

/**
 * Playwright's `globalSetup`: makes the template that every worker's server starts from, and removes it in the end.
 * Where `SALLYPORT_TEMPLATE` names one already, that one is used and kept.
 */
export default async function globalSetup(): Promise<() => Promise<void>> {
  if (process.env.SALLYPORT_TEMPLATE !== undefined) return async () => {};
  const { template, dispose } = await makeTemplate();
  process.env.SALLYPORT_TEMPLATE = template.dataDir;
  return dispose;
}
