import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '@sallyport/testkit';
import { screens, settled } from './screens.ts';

const viewports = { phone: { width: 390, height: 844 }, desktop: { width: 1280, height: 800 } };

for (const [name, open] of Object.entries(screens)) {
  test(`anyone can use ${name}`, async ({ page, seeded, sallyport, signIn, signInThroughSso, enrolled }) => {
    await open({ page, seeded, sallyport, signIn, signInThroughSso, enrolled });
    await settled(page);
    for (const [viewport, size] of Object.entries(viewports)) {
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.setViewportSize(size);
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        await settled(page);
        const { violations } = await new AxeBuilder({ page }).analyze();
        const found = violations.map(({ id, nodes }) => ({ id, where: nodes.map(({ target }) => target.join(' ')) }));
        expect(found, `${name}, ${viewport}, ${colorScheme}`).toEqual([]);
      }
    }
    // Nothing has to be scrolled sideways on a narrow phone (WCAG 2.2, 1.4.10).
    await page.setViewportSize({ width: 320, height: 720 });
    await settled(page);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow, `${name} is wider than a phone`).toBeLessThanOrEqual(0);
  });
}
