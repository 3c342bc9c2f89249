import { join } from 'node:path';
import { expect, test } from '@sallyport/testkit/workspace';
import { faultsFor } from './axe.ts';
import { screens, settled } from './screens.ts';

/** Where pictures of the pages are wanted, for people to look at: they take a tenth of the time. */
const pictures = process.env.SCREENS ? join(import.meta.dirname, 'test-results/screens') : undefined;

/**
 * The ways in which a page is looked at; with SCREENS=1 the named ones leave a picture in test-results/screens.
 * Only its colours differ in the dark, so nothing else is judged again.
 */
const looks = [
  { picture: 'desktop', size: { width: 1280, height: 800 }, colorScheme: 'light', rules: undefined },
  { picture: 'dark', size: { width: 1280, height: 800 }, colorScheme: 'dark', rules: ['color-contrast'] },
  { picture: undefined, size: { width: 390, height: 844 }, colorScheme: 'dark', rules: ['color-contrast'] },
  { picture: 'phone', size: { width: 390, height: 844 }, colorScheme: 'light', rules: undefined },
] as const;

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
      if (pictures && picture)
        await page.screenshot({ path: join(pictures, `${name}-${picture}.png`), fullPage: true });
      expect.soft(await faultsFor(page, rules), `${name}, ${size.width} pixels wide, ${colorScheme}`).toEqual([]);
    }
    // Nothing has to be scrolled sideways on a narrow phone (WCAG 2.2, 1.4.10).
    await page.setViewportSize({ width: 320, height: 720 });
    await expect
      .poll(() => page.evaluate(tooWide), { message: `${name} is wider than a phone` })
      .toBeLessThanOrEqual(0);
  });
}
