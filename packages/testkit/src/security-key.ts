import type { CDPSession, Page } from '@playwright/test';

interface SecurityKeyOptions {
  /** Whether it can keep passkeys that are found without an address, and does. */
  discoverable?: boolean;
  /** Whether it knows its owner by fingerprint or PIN. */
  verifiesUser?: boolean;
}

/**
 * An authenticator that Chromium itself pretends to have for one page (WebAuthn Level 3, section 11), and which
 * answers whatever it is asked.
 */
export class SecurityKey {
  private constructor(
    private readonly session: CDPSession,
    private readonly authenticatorId: string,
  ) {}

  static async pluggedInto(
    page: Page,
    { discoverable = true, verifiesUser = true }: SecurityKeyOptions = {},
  ): Promise<SecurityKey> {
    const session = await page.context().newCDPSession(page);
    await session.send('WebAuthn.enable');
    const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: discoverable,
        hasUserVerification: verifiesUser,
        isUserVerified: verifiesUser,
        automaticPresenceSimulation: true,
      },
    });
    return new SecurityKey(session, authenticatorId);
  }

  /** How many passkeys it keeps. */
  async count(): Promise<number> {
    const { authenticatorId } = this;
    return (await this.session.send('WebAuthn.getCredentials', { authenticatorId })).credentials.length;
  }

  /** Whether its owner touches it when it asks for that; nobody does, and the browser waits, where not. */
  async setTouched(enabled: boolean): Promise<void> {
    const { authenticatorId } = this;
    await this.session.send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId, enabled });
  }

  /** Takes it out of the machine, with all its passkeys. */
  async unplug(): Promise<void> {
    const { authenticatorId } = this;
    await this.session.send('WebAuthn.removeVirtualAuthenticator', { authenticatorId });
  }
}
