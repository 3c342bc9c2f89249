import type { Credentials } from './sign-in.ts';

/** Where the mails of a server that runs already can be read. */
export type MailSource =
  /** The folder `outbox` of its data folder, where a server without `SMTP_URL` writes them as `.eml` files. */
  | { outbox: string }
  /** The URL of a Mailpit that `SMTP_URL` of the server sends to. */
  | { mailpit: string };

/** A server that runs already. */
export interface RunningTarget {
  /** Its `PUBLIC_URL`. */
  url: string;
  /** An admin with read/write access of a partner, under which tests make their customers. */
  admin?: Credentials;
  mail?: MailSource;
}

/** A server that runs already, with `SALLYPORT_TEST_MODE=1`: it needs neither an admin nor a place for mail. */
export interface TestModeTarget {
  /** Its `PUBLIC_URL`. */
  url: string;
  testMode: true;
}

/** A product that each worker starts for itself, on an embedded database in a temporary folder. */
export interface StartedTarget {
  /** The folder that `pnpm package` made, or a checkout that was built. */
  product: string;
  /** Whether it is started with `SALLYPORT_TEST_MODE=1`. */
  testMode?: boolean;
  /** More variables of its environment. */
  environment?: Readonly<Record<string, string>>;
}

/** The Sallyport that is tested. */
export type SallyportTarget = RunningTarget | TestModeTarget | StartedTarget;

/** What the kit adds to `use` in `playwright.config.ts`: `defineConfig<object, SallyportOptions>(…)`. */
export interface SallyportOptions {
  sallyport: SallyportTarget | undefined;
}
