import { EX } from './exit-codes.ts';
import { CommandError } from './failure.ts';
import { withServices } from './open.ts';
import { print } from './output.ts';

const LONGEST_NAME = 200;

/** @throws CommandError EX_USAGE for a name that the forms would not take */
export async function createOrganization(
  slug: string,
  text: string,
  { partner, json }: { partner?: string; json?: boolean },
): Promise<void> {
  const name = text.trim();
  if (name === '' || name.length > LONGEST_NAME) {
    throw new CommandError(EX.USAGE, `A name takes 1 to ${LONGEST_NAME} characters.`);
  }
  const { id } = await withServices(({ services }) =>
    services.organizations.createByOperator({ slug, name }, partner ?? null),
  );
  print(json, { id, slug, name, kind: partner === undefined ? 'partner' : 'customer' }, [
    partner === undefined ? `Created the partner ${slug}.` : `Created the customer ${slug} under ${partner}.`,
    `Its first admin: sallyport users invite-admin EMAIL --organization ${slug}`,
  ]);
}
