/** A model of authenticators, by the AAGUID that all of the model have (WebAuthn Level 3, section 6.5.1). */
export interface PasskeyModel {
  /** UUID in lower case; never all zeros, by which an authenticator does not say what it is. */
  aaguid: string;
  /** By which people know it; told to whoever comes with another. */
  name: string;
}

/** Which passkeys may be added: those of the models, where one of the certificates vouches for them. */
export interface PasskeyModels {
  models: PasskeyModel[];
  /** Certificates of the makers, each in PEM as it was given. */
  roots: string[];
}

/** How much of it an organisation may name. Makers have one root for many models. */
export const PASSKEY_MODELS_BOUNDS = { models: 50, roots: 20, nameLength: 64, rootLength: 8192 } as const;

/** An AAGUID in either case, all zeros excepted. */
export const AAGUID_PATTERN =
  '^(?!0{8}-0{4}-0{4}-0{4}-0{12}$)[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$';

/**
 * What both take; null takes any passkey. It may be nothing, where the two have nothing in common: then no passkey can be
 * added until one of them is changed.
 */
export function takenByBoth(own: PasskeyModels | null, partner: PasskeyModels | null): PasskeyModels | null {
  if (own === null || partner === null) return own ?? partner;
  const isPartners = ({ aaguid }: PasskeyModel) => partner.models.some((model) => model.aaguid === aaguid);
  return { models: own.models.filter(isPartners), roots: own.roots.filter((root) => partner.roots.includes(root)) };
}

/** Whether `own` names a model or a certificate that `partner` does not. */
export function namesMore(own: PasskeyModels | null, partner: PasskeyModels | null): boolean {
  const both = takenByBoth(own, partner);
  return own !== null && (own.models.length !== both?.models.length || own.roots.length !== both.roots.length);
}
