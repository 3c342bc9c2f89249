import { answer } from '@sallyport/client';
import { useEffect, useState } from 'react';
import { patient } from './patient.ts';
import { useSallyport } from './provider.ts';
import type { SignInOptions } from './types.ts';

const TYPING_PAUSE_MS = 350;
const wholeAddress = /^[^\s@]+@([^\s@.]+\.)+[^\s@.]{2,}$/;

/** @param key what the answer depends on; null where there is nothing to ask */
function useAnswer(
  key: string | null,
  query: { email: string } | { organization: string },
  pauseMs: number,
): SignInOptions | null {
  const client = useSallyport();
  const [known, setKnown] = useState<{ key: string; options: SignInOptions } | null>(null);
  const options = known && known.key === key ? known.options : null;

  useEffect(() => {
    if (key === null || options) return;
    const controller = new AbortController();
    const { signal } = controller;
    const read = () => answer(client.GET('/api/v1/auth/sign-in-options', { params: { query }, signal }));
    const timer = setTimeout(async () => {
      const answered = await patient(read).catch(() => null);
      if (answered && !signal.aborted) setKnown({ key, options: answered });
    }, pauseMs);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [client, key, options]);

  return options;
}

/**
 * How the domain of a typed address signs in, once the typing pauses at what looks like an address, together with the
 * ways of an organization whose own sign-in link was opened. Until then, and without such a link, what holds of anybody.
 *
 * @param organization short name, from `?organization=` of the page; null without such a link
 * @returns null until there is an answer; a failure is none
 */
export function useSignInOptions({
  email = '',
  organization = null,
}: {
  email?: string;
  organization?: string | null;
}): SignInOptions | null {
  const address = email.trim();
  const domain = wholeAddress.test(address) ? address.slice(address.indexOf('@') + 1).toLowerCase() : null;
  const ofAddress = useAnswer(domain, { email: address }, TYPING_PAUSE_MS);
  const slug = organization ?? '';
  const ofOrganization = useAnswer(slug, { organization: slug }, 0);
  if (!ofAddress || !ofOrganization) return ofAddress ?? ofOrganization;
  const known = new Set(ofOrganization.connections.map(({ id }) => id));
  const further = ofAddress.connections.filter(({ id }) => !known.has(id));
  return {
    localSignIn: ofAddress.localSignIn,
    passwordless: ofAddress.passwordless,
    connections: [...ofOrganization.connections, ...further],
  };
}
