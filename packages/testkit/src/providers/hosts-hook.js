import dns from 'node:dns';
import https from 'node:https';

/**
 * Makes a process find host names of the real world at a server of the tests, port included. The program under test is
 * not changed, and asks for `https://login.microsoftonline.com/…` as it does in production.
 *
 * For another process: `node --import <this file>`, with SALLYPORT_TEST_HOSTS as JSON of `HostMap` in its environment.
 *
 * @param {import('./hosts-hook.d.ts').HostMap} map
 * @returns {() => void} takes it away again
 */
export function mapHosts({ hosts, port, ca }) {
  const { lookup } = dns;
  const { createConnection } = https.Agent.prototype;

  dns.lookup = /** @type {typeof dns.lookup} */ (
    (/** @type {string} */ hostname, /** @type {unknown[]} */ ...rest) => {
      const name = hosts.includes(hostname) ? '127.0.0.1' : hostname;
      return Reflect.apply(lookup, dns, [name, ...rest]);
    }
  );
  https.Agent.prototype.createConnection = function (options, callback) {
    const mapped = hosts.includes(options.host ?? '') ? { ...options, port, ca } : options;
    return createConnection.call(this, mapped, callback);
  };
  return () => {
    dns.lookup = lookup;
    https.Agent.prototype.createConnection = createConnection;
  };
}

if (process.env.SALLYPORT_TEST_HOSTS) mapHosts(JSON.parse(process.env.SALLYPORT_TEST_HOSTS));
