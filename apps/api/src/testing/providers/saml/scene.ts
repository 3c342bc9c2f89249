import {
  type KnownServiceProvider,
  type SamlProvider,
  type samlUsers,
  startSamlProvider,
  testKeyPair,
} from '@sallyport/testkit/saml-provider';
import { verifyResponse } from '../../../features/sso/protocols/saml/answer.ts';
import type { VerifiedSamlAssertion } from '../../../features/sso/protocols/saml/assertion.ts';
import { importIdpMetadata } from '../../../features/sso/protocols/saml/identity-provider.ts';
import {
  authnRequestUrl,
  newRequestId,
  type SamlConnection,
} from '../../../features/sso/protocols/saml/service-provider.ts';
import type { SamlConfig } from '../../../features/sso/protocols/schemas.ts';
import { serviceProvider } from '../../../features/sso/urls.ts';
import { Draft, decoded, encoded, type SigningOptions, signed } from './forge.ts';

const publicUrl = new URL('http://localhost:3000');
const connectionId = '019ab3f0-7c00-7000-8000-000000000001';

/** One genuine answer, with what the service knew when it came. */
export interface Genuine {
  readonly xml: string;
  readonly requestId: string | null;
  readonly now: Date;
  readonly verified: VerifiedSamlAssertion;
}

/** A connection with a provider that is running, and what can be made of its answers. */
export class SamlScene {
  readonly provider: SamlProvider;
  readonly connection: SamlConnection;

  constructor(provider: SamlProvider, connection: SamlConnection) {
    this.provider = provider;
    this.connection = connection;
  }

  static async open(config: Partial<SamlConfig> = {}): Promise<SamlScene> {
    const provider = await startSamlProvider();
    const { entityId, ssoUrl, certificates } = importIdpMetadata(await provider.metadata());
    const scene = new SamlScene(provider, {
      config: {
        idpEntityId: entityId,
        ssoUrl,
        certificates: certificates.map(({ pem }) => pem),
        subject: { source: 'name_id', format: 'persistent' },
        attributes: { email: 'mail', name: 'displayName' },
        ...config,
      },
      serviceProvider: serviceProvider(publicUrl, connectionId),
      keyPair: await testKeyPair('service-provider'),
    });
    scene.treat({});
    return scene;
  }

  /** The same with another configuration. */
  with(config: Partial<SamlConfig>): SamlScene {
    return new SamlScene(this.provider, { ...this.connection, config: { ...this.connection.config, ...config } });
  }

  /** How the provider answers us from now on. */
  treat(how: Partial<KnownServiceProvider>): void {
    const { serviceProvider, keyPair } = this.connection;
    this.provider.know({ ...serviceProvider, certificate: keyPair.certificate, ...how });
  }

  async signIn(user: keyof typeof samlUsers = 'alice'): Promise<Genuine> {
    const requestId = newRequestId();
    const request = { requestId, relayState: 'relay-state' };
    const url = await authnRequestUrl(this.connection, request, new Date());
    return this.#genuine((await this.provider.signIn(url, user)).samlResponse, requestId);
  }

  async signInUnasked(user: keyof typeof samlUsers = 'alice'): Promise<Genuine> {
    const { entityId } = this.connection.serviceProvider;
    return this.#genuine((await this.provider.signInUnasked(entityId, user)).samlResponse, null);
  }

  async #genuine(samlResponse: string, requestId: string | null): Promise<Genuine> {
    const now = new Date();
    const verified = await this.verify(decoded(samlResponse), { requestId, now });
    return { xml: decoded(samlResponse), requestId, now, verified };
  }

  verify(xml: string, { requestId, now }: Pick<Genuine, 'requestId' | 'now'>): Promise<VerifiedSamlAssertion> {
    return verifyResponse(this.connection, encoded(xml), { expectedRequestId: requestId }, now);
  }

  /** The answer with a change in what the provider signs, signed by the provider all the same. */
  resigned(xml: string, change: (draft: Draft) => void, options: Partial<SigningOptions> = {}): string {
    const draft = new Draft(xml);
    draft.remove('Signature');
    change(draft);
    return signed(draft.toString(), 'Assertion', { keyPair: this.provider.keys.first, ...options });
  }

  close(): void {
    this.provider.stop();
  }
}
