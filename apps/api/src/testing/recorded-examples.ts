import { isDeepStrictEqual } from 'node:util';
import type { Recorded } from '../http/openapi/examples.ts';
import type { Answer, Browser } from './browser.ts';
import type { DocumentedApi } from './documented.ts';

type Send = (path: string, body?: unknown, headers?: Record<string, string>) => Promise<Answer>;

/** Records calls and their answers as examples for the OpenAPI document, with a stand-in for all that chance made. */
export class ExampleRecorder {
  readonly examples: Record<string, Record<string, Recorded>> = {};
  private readonly ids = new Map<string, string>();

  /** @param startMs Unix time in milliseconds that the examples show as noon of the 1st of March 2026 */
  constructor(
    private readonly api: DocumentedApi,
    private readonly startMs: number,
  ) {}

  /** `browser`, each call of which becomes the example `name` of its operation. */
  of(browser: Browser, name = 'example'): { get: Send; post: Send; patch: Send; delete: Send } {
    const recording =
      (
        method: string,
        send: (path: string, body: unknown, headers?: Record<string, string>) => Promise<Answer>,
      ): Send =>
      async (path, body, headers) => {
        const answer = await send(path, body, headers);
        this.add(name, { method, path, body, headers }, answer);
        return answer;
      };
    return {
      get: recording('GET', (path, _body, headers) => browser.get(path, headers)),
      post: recording('POST', browser.post),
      patch: recording('PATCH', browser.patch),
      delete: recording('DELETE', (path, _body, headers) => browser.delete(path, headers)),
    };
  }

  /** What was recorded, by operation in the order of the alphabet. */
  text(): string {
    const sorted = Object.entries(this.examples).sort(([one], [other]) => (one < other ? -1 : 1));
    return `${JSON.stringify(Object.fromEntries(sorted), null, 2)}\n`;
  }

  private add(
    name: string,
    call: { method: string; path: string; body: unknown; headers: Record<string, string> | undefined },
    answer: Answer,
  ): void {
    const url = `/api/v1${call.path}`;
    const found = this.api.find({ method: call.method, url });
    if (!found || answer.status >= 400) {
      throw new Error(`${call.method} ${call.path} answered ${answer.status}: ${JSON.stringify(answer.body)}`);
    }
    const query = Object.fromEntries(
      [...new URL(url, 'http://localhost').searchParams].map(([key, value]) => [
        key,
        /^\d+$/.test(value) ? Number(value) : value,
      ]),
    );
    const parameters = { ...found.parameters, ...query, ...call.headers };
    const { operationId } = found.operation;
    this.examples[operationId] ??= {};
    this.examples[operationId][name] = this.masked({
      ...(isDeepStrictEqual(parameters, {}) ? {} : { parameters }),
      ...(call.body === undefined ? {} : { body: call.body }),
      status: answer.status,
      ...(answer.body === null ? {} : { answer: answer.body }),
    }) as Recorded;
  }

  private masked(value: unknown, key = ''): unknown {
    if (Array.isArray(value)) return value.map((item, index) => this.masked(item, `${key}.${index}`));
    if (typeof value === 'object' && value !== null) {
      return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, this.masked(part, name)]));
    }
    return typeof value === 'string' ? this.maskedText(value, key) : value;
  }

  private maskedText(text: string, key: string): string {
    const standIn = standIns.find(([keys, looks]) => keys.test(key) && looks.test(text));
    if (standIn) return standIn[2](text, key);
    if (/^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(text)) {
      return new Date(Date.parse('2026-03-01T12:00:00Z') + Date.parse(text) - this.startMs).toISOString();
    }
    return text
      .replace(/[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/g, (id) => this.idFor(id))
      .replace(/\b(state|nonce|code_challenge)=[\w-]+/g, '$1=9f3kQ0…');
  }

  private idFor(id: string): string {
    const known = this.ids.get(id);
    if (known !== undefined) return known;
    const made = `019ca95d-4a00-7000-8000-${(this.ids.size + 1).toString(16).padStart(12, '0')}`;
    this.ids.set(id, made);
    return made;
  }
}

const SECRET = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';
const SERVICE_ACCOUNT_KEY = `sallyport_sa_${'5a'.repeat(32)}8fe5b532`;
const backupCode = (index: number) => `7K3M-9QXR-${(0x2c4d + index).toString(16).toUpperCase()}`;

const hash = (index: number) => (0xa7 ^ index).toString(16).padStart(2, '0').repeat(32);

/** What stands for secrets and what changes with each run: by the key, and by how the text looks. */
const standIns: [key: RegExp, text: RegExp, standIn: (text: string, key: string) => string][] = [
  [/^secret$/, /^[A-Z2-7]{32}$/, () => SECRET],
  [/^accessToken$/, /./, () => 'eyJhbGciOiJFZERTQSIsInR5cCI6ImF0K2p3dCJ9.eyJzdWIiOi….c2lnbmF0dXJl'],
  [/^key$/, /^sallyport_sa_/, () => SERVICE_ACCOUNT_KEY],
  [/^otpauthUri$/, /./, (text) => text.replace(/secret=[A-Z2-7]+/, `secret=${SECRET}`)],
  [/^qrCode$/, /./, (text) => `${text.slice(0, text.indexOf(',') + 12)}…`],
  [/^reenrollmentPass$/, /-/, () => backupCode(0)],
  [/^backupCodes\.\d+$/, /./, (_, key) => backupCode(Number(key.split('.')[1]))],
  [/^(?:id|rawId)$/, /^[\w-]{43}$/, () => 'mIiLn7gTdGHgcr5JTBaMrX1pZ4yQk0mXh5T0gJ3bC2A'],
  [/^(?:id|userHandle)$/, /^[\w-]{22}$/, () => 'AZypXUoAcACAAAAAAAAAAg'],
  [/^challenge$/, /./, () => 'q8Zx0m3T5fJr1uY7kP2vW9sD4hB6nC8eA0gL3tR5xUo'],
  [/^(?:clientDataJSON|attestationObject|authenticatorData)$/, /./, (text) => text.slice(0, 24)],
  // ECDSA in DER.
  [/^signature$/, /^ME/, () => 'MEUCIQDfRk3yZJ1yQ7qD0nWm'],
  [/^code$/, /^\d{6}$/, () => '492039'],
  [/^code$/, /^[0-9A-Z]{4}-/, () => backupCode(0)],
  [/^(?:token|nextCursor|cursor)$/, /./, () => 'cnJ6M2ZkYmE…'],
  [/^value$/, /^sallyport-verification=/, () => 'sallyport-verification=6f1e1c1a-9d0e-4a6b-8f5e-2f6a3f1b7c90'],
  [/^(?:pem|xml)$/, /./, (text) => (text.startsWith('<') ? '<EntityDescriptor …' : '-----BEGIN CERTIFICATE-----\n…')],
  [/^values\.\d+$/, /^\d{10}$/, () => '1772366400'],
  [/^not(?:Before|After)$/, /./, (_, key) => `20${key === 'notBefore' ? '25' : '35'}-01-01T00:00:00.000Z`],
  [/^(?:digest|salt)$/, /./, (_, key) => hash(key.length)],
  [/^(?:rootHash|auditPath\.\d+)$/, /./, (_, key) => hash(Number(key.split('.')[1] ?? 99))],
  [/^(?:keyId|kid)$/, /./, () => 'nJWZ3Vq0Yc1mXH2sJtY5cF0rT8uL4bD6eG7hK9pQwAs'],
  [/^x$/, /^[\w-]{43}$/, () => '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo'],
  [/^signature$/, /./, (text) => 'b3Jk'.repeat(text.length).slice(0, text.length)],
  [/^fingerprint$/, /./, () => Array(32).fill('A7').join(':')],
];
