import { Mailbox } from './mailbox.ts';
import { newSeed } from './seed.ts';
import { Sallyport } from './server.ts';
import type { Credentials } from './sign-in.ts';
import type { SallyportTarget, TestModeTarget } from './target.ts';
import { seedPartner } from './tenant.ts';
import { TestMode } from './test-mode.ts';

/** The server that a worker's tests talk to. */
export interface Server {
  /** The origin that browsers use. */
  readonly url: string;
  /** In whose name customers and people are made. @throws Error where none is configured */
  readonly admin: Credentials;
  /** @throws Error where nothing tells where its mails are */
  readonly mailbox: Mailbox;
  readonly isInTestMode: boolean;
  /** @throws Error where it is not in test mode */
  readonly testMode: TestMode;
  /** What it takes the time to be, as far as it was moved from here: Unix time in milliseconds. */
  readonly nowMs: () => number;
  /** Whether it stays after the tests, and so what they left. */
  readonly stays: boolean;
  /** What it has written so far; empty where the kit did not start it. */
  readonly log: string;
}

const unset = `Say which Sallyport is tested, in playwright.config.ts:
  use: { sallyport: { url: 'https://…', admin: { email, password } } }   one that runs
  use: { sallyport: { url: 'http://localhost:…', testMode: true } }      one that runs in test mode
  use: { sallyport: { product: '/path/of/product' } }                    one that each worker starts`;

const noTestMode = (url: string): never => {
  throw new Error(
    `${url} is not known to be in test mode: set \`use: { sallyport: { …, testMode: true } }\` in playwright.config.ts.`,
  );
};

/**
 * Gives the server of a target to the tests, and stops it afterwards where it was started for them.
 *
 * @throws Error where there is no target, or its product does not start
 */
export async function useServer(
  target: SallyportTarget | undefined,
  use: (server: Server) => Promise<void>,
): Promise<void> {
  if (target === undefined) throw new Error(unset);
  if ('product' in target) {
    const { file, partnerAdmin } = newSeed();
    const { product, testMode = false, environment = {} } = target;
    const sallyport = new Sallyport({
      product,
      environment: testMode ? { ...environment, SALLYPORT_TEST_MODE: '1' } : environment,
    });
    return useStarted(sallyport, partnerAdmin, use, { testMode, prepare: () => sallyport.seed(file) });
  }
  if ('testMode' in target) return useTestMode(target, use);
  const { url, admin, mail } = target;
  const missing = (what: string, example: string): never => {
    throw new Error(`${what} ${url}: set \`use: { sallyport: { url, ${example} } }\` in playwright.config.ts.`);
  };
  await use({
    url,
    get admin() {
      return admin ?? missing('There is no partner admin to make people with at', 'admin: { email, password }');
    },
    get mailbox() {
      if (mail !== undefined) return new Mailbox(mail);
      return missing(
        'Nothing tells where to read the mails of',
        "mail: { mailpit: 'http://…' } or { outbox: '/folder' }",
      );
    },
    get testMode() {
      return noTestMode(url);
    },
    isInTestMode: false,
    nowMs: Date.now,
    stays: true,
    log: '',
  });
}

/** Gives a server in test mode to the tests, with a partner of this worker's own, which goes after them. */
async function useTestMode({ url }: TestModeTarget, use: (server: Server) => Promise<void>): Promise<void> {
  const testMode = new TestMode(url);
  const { partner, admin } = await seedPartner(testMode);
  try {
    await use({ ...{ url, admin, testMode }, ...inTestMode(testMode), stays: true, log: '' });
  } finally {
    await testMode.removeTenant(partner.slug);
  }
}

const inTestMode = (testMode: TestMode): Pick<Server, 'isInTestMode' | 'mailbox' | 'nowMs'> => ({
  isInTestMode: true,
  mailbox: new Mailbox(testMode),
  nowMs: testMode.clock.nowMs,
});

/** Starts a server, gives it to the tests, and removes it with its data. */
export async function useStarted(
  sallyport: Sallyport,
  admin: Credentials,
  use: (server: Server) => Promise<void>,
  {
    testMode: isInTestMode = false,
    prepare = async () => {},
  }: { testMode?: boolean; prepare?: () => Promise<void> } = {},
): Promise<void> {
  try {
    await prepare();
    await sallyport.start();
    const { url } = sallyport;
    const testMode = isInTestMode ? new TestMode(url) : null;
    await use({
      ...{ url, admin, stays: false },
      ...(testMode ? inTestMode(testMode) : { isInTestMode: false, mailbox: sallyport.mailbox, nowMs: Date.now }),
      get testMode() {
        return testMode ?? noTestMode(url);
      },
      get log() {
        return sallyport.log;
      },
    });
  } finally {
    await sallyport.dispose();
  }
}
