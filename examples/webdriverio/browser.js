import { remote } from 'webdriverio';

const { CHROME_PATH, CHROMEDRIVER_PATH } = process.env;

/**
 * Chrome without a window. Without the variables WebdriverIO looks for one, or fetches it.
 *
 * @param baseUrl what the paths of pages start from
 */
export const openBrowser = (baseUrl) =>
  remote({
    baseUrl,
    logLevel: 'error',
    waitforTimeout: 15_000,
    capabilities: {
      browserName: 'chrome',
      'goog:chromeOptions': {
        args: ['--headless=new', '--window-size=1280,1000', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
        ...(CHROME_PATH ? { binary: CHROME_PATH } : {}),
      },
      ...(CHROMEDRIVER_PATH ? { 'wdio:chromedriverOptions': { binary: CHROMEDRIVER_PATH } } : {}),
    },
  });
