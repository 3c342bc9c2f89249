import { test } from '@sallyport/testkit';
import { screens, settled } from './screens.ts';

const looks = [
  { look: 'desktop', size: { width: 1280, height: 800 }, colorScheme: 'light' },
  { look: 'phone', size: { width: 390, height: 844 }, colorScheme: 'light' },
  { look: 'dark', size: { width: 1280, height: 800 }, colorScheme: 'dark' },
] as const;

for (const [name, open] of Object.entries(screens)) {
  test(`a picture of ${name}`, async ({ page, seeded, sallyport, signIn, signInThroughSso, enrolled }) => {
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await open({ page, seeded, sallyport, signIn, signInThroughSso, enrolled });
    for (const { look, size, colorScheme } of looks) {
      await page.setViewportSize(size);
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await settled(page);
      await page.screenshot({ path: `e2e/test-results/screens/${name}-${look}.png`, fullPage: true });
    }
  });
}
