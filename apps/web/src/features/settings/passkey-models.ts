import { AAGUID_PATTERN, PASSKEY_MODELS_BOUNDS, type PasskeyModels } from '@sallyport/core';

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g;
const AAGUID = new RegExp(AAGUID_PATTERN);

/** As they are edited: a line a model, and the certificates one after the other; null follows. */
export interface PasskeyModelsDraft {
  passkeyModels: string | null;
  passkeyRoots: string | null;
}

export const draftOfModels = (models: PasskeyModels | null): PasskeyModelsDraft => ({
  passkeyModels: models?.models.map(({ aaguid, name }) => `${aaguid} ${name}`).join('\n') ?? null,
  passkeyRoots: models?.roots.map((root) => root.trim()).join('\n') ?? null,
});

/** What the draft says; null where nothing is named, which follows. */
export function modelsOfDraft({ passkeyModels, passkeyRoots }: PasskeyModelsDraft): PasskeyModels | null {
  const models = linesOf(passkeyModels).map((line) => {
    const [aaguid = '', ...name] = line.split(/\s+/);
    return { aaguid: aaguid.toLowerCase(), name: name.join(' ') || aaguid };
  });
  return models.length === 0 ? null : { models, roots: passkeyRoots?.match(CERTIFICATE) ?? [] };
}

/** What is wrong with the lines: which of them and how; null for nothing. */
export function modelsFault({ passkeyModels }: PasskeyModelsDraft) {
  const { models, nameLength } = PASSKEY_MODELS_BOUNDS;
  const lines = linesOf(passkeyModels);
  if (lines.length > models) return { fault: 'many', line: '', count: models } as const;
  const seen = new Set<string>();
  for (const line of lines) {
    const [aaguid = '', ...name] = line.split(/\s+/);
    if (!AAGUID.test(aaguid)) return { fault: 'aaguid', line, count: 0 } as const;
    if (name.join(' ').length > nameLength) return { fault: 'name', line, count: nameLength } as const;
    if (seen.has(aaguid.toLowerCase())) return { fault: 'twice', line, count: 0 } as const;
    seen.add(aaguid.toLowerCase());
  }
  return null;
}

/** What is wrong with the certificates, as far as their text shows; null for nothing. */
export function rootsFault(draft: PasskeyModelsDraft) {
  const text = draft.passkeyRoots?.trim() ?? '';
  const count = text.match(CERTIFICATE)?.length ?? 0;
  if (text.replace(CERTIFICATE, '').trim() !== '') return { fault: 'text', count: 0 } as const;
  if (count > PASSKEY_MODELS_BOUNDS.roots) return { fault: 'many', count: PASSKEY_MODELS_BOUNDS.roots } as const;
  return count === 0 && modelsOfDraft(draft) !== null ? ({ fault: 'none', count: 0 } as const) : null;
}

const linesOf = (text: string | null): string[] =>
  (text ?? '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
