import { INVITATION_SECONDS } from '@sallyport/core';
import { withServices } from './open.ts';
import { print } from './output.ts';

interface Options {
  organization: string;
  name?: string;
  json?: boolean;
}

/** No password in a file or a mail: the operator hands over a link that works once. */
export async function inviteAdmin(email: string, { organization, name, json }: Options): Promise<void> {
  const who = { email, name: name?.trim() || email.replace(/@.*$/, ''), organization };
  const link = await withServices(({ services }) => services.usersByOperator.inviteAdmin(who));
  print(json, { email, organization, link }, [
    `${email} becomes an admin of ${organization} by choosing a password here:`,
    link,
    `The link works once and for ${INVITATION_SECONDS / 86_400} days. Run this again for another.`,
  ]);
}
