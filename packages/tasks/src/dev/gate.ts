import type { ServerResponse } from 'node:http';
import type { Plugin } from 'vite';

/**
 * Stands before the API: holds what is asked of it while it takes a new build, so that no call fails and none is
 * answered by what was. Where the API does not run, calls get the reason.
 */
export class Gate {
  /** Why the API does not run; null where it does. */
  #fault: Promise<string | null>;
  #settle: ((fault: string | null) => void) | null = null;

  /** Shut at first. */
  constructor() {
    this.#fault = this.#pending();
  }

  /** Lets nothing through until {@link open}. */
  shut(): void {
    if (this.#settle === null) this.#fault = this.#pending();
  }

  /** @param fault why the API does not run; null where it does */
  open(fault: string | null): void {
    this.#settle?.(fault);
    this.#settle = null;
    this.#fault = Promise.resolve(fault);
  }

  #pending(): Promise<string | null> {
    return new Promise((resolve) => {
      this.#settle = resolve;
    });
  }

  /** @param prefixes of the paths that are the API's */
  plugin(prefixes: readonly string[]): Plugin {
    return {
      name: 'sallyport-gate',
      // What is added here comes before Vite's proxy.
      configureServer: ({ middlewares }) => {
        middlewares.use(async ({ url = '' }, response, next) => {
          const fault = prefixes.some((prefix) => url.startsWith(prefix)) ? await this.#fault : null;
          if (fault === null) next();
          else refuse(response, fault);
        });
      },
    };
  }
}

function refuse(response: ServerResponse, detail: string): void {
  const body = JSON.stringify({ type: 'about:blank', title: 'The API does not run', status: 503, detail });
  response.writeHead(503, { 'content-type': 'application/problem+json' }).end(body);
}
