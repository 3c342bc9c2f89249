import { Mailbox } from './mailbox.ts';
import { newSeed } from './seed.ts';
import { Sallyport } from './server.ts';
import type { Credentials } from './sign-in.ts';
import type { SallyportTarget } from './target.ts';

/** The server that a worker's tests talk to. */
export interface Server {
  /** The origin that browsers use. */
  readonly url: string;
  /** In whose name customers and people are made. @throws Error where none is configured */
  readonly admin: Credentials;
  /** @throws Error where nothing tells where its mails are */
  readonly mailbox: Mailbox;
  /** What it has written so far; empty where the kit did not start it. */
  readonly log: string;
}

const unset = `Say which Sallyport is tested, in playwright.config.ts:
  use: { sallyport: { url: 'https://…', admin: { email, password } } }   one that runs
  use: { sallyport: { product: '/path/of/product' } }                    one that each worker starts`;

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
    const sallyport = new Sallyport(target);
    return useStarted(sallyport, partnerAdmin, use, () => sallyport.seed(file));
  }
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
    log: '',
  });
}

/** Starts a server, gives it to the tests, and removes it with its data. */
export async function useStarted(
  sallyport: Sallyport,
  admin: Credentials,
  use: (server: Server) => Promise<void>,
  prepare: () => Promise<void> = async () => {},
): Promise<void> {
  try {
    await prepare();
    await sallyport.start();
    await use({
      url: sallyport.url,
      admin,
      mailbox: sallyport.mailbox,
      get log() {
        return sallyport.log;
      },
    });
  } finally {
    await sallyport.dispose();
  }
}
