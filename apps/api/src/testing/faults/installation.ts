import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Browser, type Send } from '../browser.ts';
import { program } from '../program.ts';
import { type Server, Servers } from '../servers.ts';

const execute = promisify(execFile);

export interface Person {
  email: string;
  password: string;
}

const person = (name: string): Person => ({
  email: `${name}@faults.example`,
  password: `Quiet-Harbour-${randomBytes(5).toString('hex')}`,
});

/** The built product with a few people, which is started, harmed and started again on the same data. */
export class Installation {
  readonly admin = person('ada');
  readonly members = ['mia', 'max', 'moe'].map(person);
  /** Takes no part in the writes of a ledger. */
  readonly bystander = person('bea');
  private readonly servers: Servers;
  private readonly dataDir: string;
  private readonly env: Readonly<Record<string, string>>;
  private running: Server | null = null;

  /**
   * @param env     variables of the server
   * @param dataDir another place for the data than one of its own
   */
  constructor(env: Readonly<Record<string, string>> = {}, dataDir?: string) {
    const keys = `k1:${randomBytes(32).toString('base64')}`;
    this.servers = new Servers({});
    this.dataDir = dataDir ?? join(this.servers.folder, 'installation');
    this.env = { SALLYPORT_DATA_DIR: this.dataDir, SALLYPORT_ENCRYPTION_KEYS: keys, SALLYPORT_DEMO: '0', ...env };
  }

  /** Makes the database with its people, and starts the server. */
  async begin(): Promise<void> {
    mkdirSync(this.dataDir, { recursive: true });
    const file = join(this.servers.folder, 'seed.json');
    const user = (one: Person, rights: object) => ({ ...one, ...rights, name: one.email });
    const users = [
      user(this.admin, { role: 'admin', access: 'read_write' }),
      ...[...this.members, this.bystander].map((one) => user(one, { role: 'member', access: 'read_write' })),
    ];
    const partner = { slug: 'faults', name: 'Faults', domains: [], users, customers: [] };
    writeFileSync(file, JSON.stringify({ partners: [partner] }));
    await this.command('seed', file);
    await this.start();
  }

  async start(): Promise<void> {
    this.running = await this.servers.start(this.env);
  }

  get server(): Server {
    if (!this.running) throw new Error('The server does not run.');
    return this.running;
  }

  /** To whichever server runs at the time. */
  readonly send: Send = (request) => this.server.send(request);

  /** A device of somebody, whose address nobody else has. */
  browser(): Browser {
    const [a, b, c] = randomBytes(3);
    return new Browser(this.send, { address: `10.${a}.${b}.${c}` });
  }

  async signedIn({ email, password }: Person): Promise<Browser> {
    const browser = this.browser();
    const { status, body } = await browser.post('/auth/login', { email, password });
    if (status !== 200 || body.status !== 'authenticated') throw new Error(`${email} cannot sign in: ${status}`);
    return browser;
  }

  /** Ends the server at once, and starts another on what it left. */
  async kill(): Promise<void> {
    const { server } = this;
    this.running = null;
    await server.kill();
    await this.start();
  }

  /** Ends the server as an init system does. */
  async stop(): Promise<void> {
    await this.running?.stop();
    this.running = null;
  }

  /** Runs an operator's command in a process of its own. @throws Error with its last words where it fails */
  async command(...args: string[]): Promise<string> {
    const env = { PATH: process.env.PATH, ...this.env, LD_PRELOAD: '' };
    return (await execute(process.execPath, [...program('cli'), ...args], { env })).stdout;
  }

  /** @throws Error where the log was altered, or misses something */
  async verifyAudit(): Promise<void> {
    const { ok } = JSON.parse(await this.command('audit', 'verify', '--json'));
    if (ok !== true) throw new Error('The audit log does not hold.');
  }

  dispose(): Promise<void> {
    return this.servers.dispose();
  }
}
