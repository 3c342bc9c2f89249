import { X509Certificate } from 'node:crypto';
import type { Fault, OwnSettings, PasskeyModels } from '@sallyport/core';

/**
 * Models and certificates in their one spelling: AAGUIDs in lower case, names trimmed, certificates as Node writes PEM.
 *
 * @param pointer to where they stand (RFC 6901)
 * @param now null where certificates may be over
 * @returns what does not fit beside it: a certificate that is none or is over, a model that is named twice
 */
export function readPasskeyModels(
  { models, roots }: PasskeyModels,
  pointer: string,
  now: Date | null,
): { read: PasskeyModels; faults: Fault[] } {
  const read: PasskeyModels = { models: [], roots: [] };
  const faults: Fault[] = [];
  for (const [index, { aaguid, name }] of models.entries()) {
    const model = { aaguid: aaguid.toLowerCase(), name: name.trim() };
    if (read.models.some((known) => known.aaguid === model.aaguid))
      faults.push({ pointer: `${pointer}/models/${index}/aaguid`, message: 'is there twice' });
    read.models.push(model);
  }
  for (const [index, text] of roots.entries()) {
    const root = certificateOf(text);
    if (root === null) faults.push({ pointer: `${pointer}/roots/${index}`, message: 'is no X.509 certificate in PEM' });
    else if (now !== null && new Date(root.validTo) <= now)
      faults.push({ pointer: `${pointer}/roots/${index}`, message: `is over since ${root.validTo}` });
    read.roots.push(root?.toString() ?? text);
  }
  return { read, faults };
}

function certificateOf(pem: string): X509Certificate | null {
  try {
    return new X509Certificate(pem);
  } catch {
    return null;
  }
}

/** Settings as the audit log tells of them: of certificates their SHA-256. */
export function toldSettings({ passkeyModels, ...others }: Partial<OwnSettings>) {
  if (!passkeyModels) return passkeyModels === null ? { ...others, passkeyModels } : others;
  const { models, roots } = passkeyModels;
  return {
    ...others,
    passkeyModels: models.map(({ aaguid, name }) => `${name} (${aaguid})`).join(', '),
    passkeyRoots: roots.map((pem) => new X509Certificate(pem).fingerprint256).join(', '),
  };
}
