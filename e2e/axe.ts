import type { Page } from '@playwright/test';
import axe from 'axe-core';

/**
 * What axe finds on a page: by its rules, and where. It is loaded into a page once and computes nothing about what is
 * right, for it is asked hundreds of times; the pages have no frames.
 *
 * @param rules ids of the rules to judge by; else all that are on by default
 */
export async function faultsFor(page: Page, rules?: readonly string[]) {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
  const options: axe.RunOptions = {
    resultTypes: ['violations'],
    ...(rules !== undefined && { runOnly: { type: 'rule', values: [...rules] } }),
  };
  return page.evaluate(async (given) => {
    const { violations } = await (window as unknown as { axe: typeof axe }).axe.run(document, given);
    return violations.map(({ id, nodes }) => ({ id, where: nodes.map(({ target }) => target.join(' ')) }));
  }, options);
}
