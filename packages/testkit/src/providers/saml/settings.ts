import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestKeyPair } from './keys.ts';

export interface SamlProviderUser {
  /** Attributes by name, `uid` and `mail` among them. */
  readonly attributes: Readonly<Record<string, readonly string[]>>;
  readonly password: string;
}

/** How the provider treats one service provider. */
export interface KnownServiceProvider {
  readonly entityId: string;
  readonly acsUrl: string;
  /** Our metadata's certificate, PEM: for encryption and signed requests. */
  readonly certificate: string;
  /** Persistent unless set. */
  readonly nameId?: 'persistent' | 'email_address' | 'transient';
  /** What is signed; the assertion alone unless set. */
  readonly sign?: readonly ('response' | 'assertion')[];
  readonly encrypt?: boolean;
  readonly wantSignedRequests?: boolean;
  /** Signs with the other key instead of the first, as after a rollover. */
  readonly rolledOver?: boolean;
  /** More of SimpleSAMLphp's saml20-sp-remote, as it is. */
  readonly more?: Readonly<Record<string, unknown>>;
}

export interface ProviderSettings {
  readonly folder: string;
  readonly origin: string;
  readonly entityId: string;
  readonly keys: { readonly first: TestKeyPair; readonly second: TestKeyPair };
  readonly users: Readonly<Record<string, SamlProviderUser>>;
}

/** PHP takes over what JSON says, so that no value is ever written as code. */
const phpFrom = (variable: string, file: string) =>
  `<?php\n$${variable} = json_decode(file_get_contents(__DIR__ . '/${file}'), true);\n`;

/** Writes SimpleSAMLphp's folder of configuration; service providers come with {@link writeServiceProviders}. */
export function writeSettings({ folder, origin, entityId, keys, users }: ProviderSettings): void {
  const inside = (...names: string[]) => join(folder, ...names);
  for (const name of ['config', 'metadata', 'cert', 'log', 'data', 'temp', 'sessions']) mkdirSync(inside(name));
  const write = (name: string, text: string) => writeFileSync(inside(name), text);
  const writeJson = (name: string, value: unknown) => write(name, JSON.stringify(value));

  write('config/config.php', phpFrom('config', 'config.json'));
  writeJson('config/config.json', {
    baseurlpath: `${origin}/`,
    certdir: inside('cert/'),
    loggingdir: inside('log/'),
    datadir: inside('data/'),
    tempdir: inside('temp'),
    metadatadir: inside('metadata/'),
    secretsalt: 'the same for every run, so that persistent NameIDs are the same too',
    'auth.adminpassword': 'not used by any test',
    timezone: 'UTC',
    'logging.handler': 'file',
    'logging.level': 7,
    'enable.saml20-idp': true,
    'module.enable': { exampleauth: true, core: true, saml: true },
    'store.type': 'phpsession',
    'session.phpsession.savepath': inside('sessions'),
    'session.cookie.secure': false,
    'session.cookie.samesite': null,
    'metadata.sources': [{ type: 'flatfile' }],
  });
  write('config/authsources.php', phpFrom('config', 'authsources.json'));
  writeUsers(folder, users);
  write('metadata/saml20-idp-hosted.php', phpFrom('metadata', 'saml20-idp-hosted.json'));
  writeJson('metadata/saml20-idp-hosted.json', {
    [entityId]: {
      host: '__DEFAULT__',
      auth: 'accounts',
      privatekey: 'first.key',
      certificate: 'first.crt',
      new_privatekey: 'second.key',
      new_certificate: 'second.crt',
      NameIDFormat: [
        'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent',
        'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress',
      ],
      'signature.algorithm': 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
    },
  });
  for (const [name, { privateKey, certificate }] of Object.entries(keys)) {
    write(`cert/${name}.key`, privateKey);
    write(`cert/${name}.crt`, certificate);
  }
  write('metadata/saml20-sp-remote.php', phpFrom('metadata', 'saml20-sp-remote.json'));
  writeServiceProviders(folder, []);
}

/** All of them each time: SimpleSAMLphp reads it with every request. */
export function writeUsers(folder: string, users: Readonly<Record<string, SamlProviderUser>>): void {
  const accounts = Object.entries(users).map(([name, { password, attributes }]) => [`${name}:${password}`, attributes]);
  const sources = { accounts: { 0: 'exampleauth:UserPass', ...Object.fromEntries(accounts) } };
  writeFileSync(join(folder, 'config/authsources.json'), JSON.stringify(sources));
}

const nameIds = {
  persistent: {
    format: 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent',
    filter: { class: 'saml:PersistentNameID', attribute: 'uid' },
  },
  email_address: {
    format: 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress',
    filter: {
      class: 'saml:AttributeNameID',
      attribute: 'mail',
      Format: 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress',
    },
  },
  transient: {
    format: 'urn:oasis:names:tc:SAML:2.0:nameid-format:transient',
    filter: { class: 'saml:TransientNameID' },
  },
} as const;

/** As {@link writeUsers}. */
export function writeServiceProviders(folder: string, known: readonly KnownServiceProvider[]): void {
  const metadata = known.map(({ entityId, nameId = 'persistent', sign = ['assertion'], ...provider }) => [
    entityId,
    {
      AssertionConsumerService: provider.acsUrl,
      NameIDFormat: nameIds[nameId].format,
      authproc: { 50: nameIds[nameId].filter },
      certData: provider.certificate.replaceAll(/-----[A-Z ]+-----|\s/g, ''),
      'saml20.sign.response': sign.includes('response'),
      'saml20.sign.assertion': sign.includes('assertion'),
      'assertion.encryption': provider.encrypt === true,
      'validate.authnrequest': provider.wantSignedRequests === true,
      ...(provider.rolledOver === true
        ? { 'signature.privatekey': 'second.key', 'signature.certificate': 'second.crt' }
        : {}),
      ...provider.more,
    },
  ]);
  writeFileSync(join(folder, 'metadata/saml20-sp-remote.json'), JSON.stringify(Object.fromEntries(metadata)));
}
