import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from '@sallyport/testkit/workspace';
import { screens, settled } from './screens.ts';

const pictures = join(import.meta.dirname, 'test-results/screens');

/**
 * The ways in which a page is looked at; the named ones leave a picture in test-results/screens. Only its colours
 * differ in the dark, so nothing else is judged again.
 */
const looks = [
  { picture: 'desktop', size: { width: 1280, height: 800 }, colorScheme: 'light', rules: undefined },
  { picture: 'dark', size: { width: 1280, height: 800 }, colorScheme: 'dark', rules: ['color-contrast'] },
  { picture: undefined, size: { width: 390, height: 844 }, colorScheme: 'dark', rules: ['color-contrast'] },
  { picture: 'phone', size: { width: 390, height: 844 }, colorScheme: 'light', rules: undefined },
] as const;

/** What axe finds; the pages have no frames, so that it needs no second page to gather from them. */
async function faults(page: Page, rules: readonly string[] | undefined) {
  const axe = new AxeBuilder({ page }).setLegacyMode();
  const { violations } = await (rules ? axe.withRules([...rules]) : axe).analyze();
  return violations.map(({ id, nodes }) => ({ id, where: nodes.map(({ target }) => target.join(' ')) }));
}

/** By how many pixels the page is wider than its window; an open menu takes its new place some frames after a resize. */
const tooWide = (): number => document.documentElement.scrollWidth - window.innerWidth;

for (const [name, open] of Object.entries(screens)) {
  test(`anyone can use ${name}`, async ({ page, seeded, mailbox, signIn, signInThroughSso, enrolled }) => {
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await open({ page, seeded, mailbox, signIn, signInThroughSso, enrolled });
    for (const { picture, size, colorScheme, rules } of looks) {
      await page.setViewportSize(size);
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await settled(page);
      if (picture) await page.screenshot({ path: join(pictures, `${name}-${picture}.png`), fullPage: true });
      expect.soft(await faults(page, rules), `${name}, ${size.width} pixels wide, ${colorScheme}`).toEqual([]);
    }
    // Nothing has to be scrolled sideways on a narrow phone (WCAG 2.2, 1.4.10).
    await page.setViewportSize({ width: 320, height: 720 });
    await expect
      .poll(() => page.evaluate(tooWide), { message: `${name} is wider than a phone` })
      .toBeLessThanOrEqual(0);
  });
}
