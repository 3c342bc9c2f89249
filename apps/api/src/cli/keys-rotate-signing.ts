import { EX } from './exit-codes.ts';
import { CommandError } from './failure.ts';
import { withServices } from './open.ts';
import { print } from './output.ts';

/** @throws CommandError EX_TEMPFAIL within an hour of the last new key */
export async function rotateSigningKey({ json }: { json?: boolean }): Promise<void> {
  const kid = await withServices(({ resources, services }) =>
    resources.signingKeys.rotate((tx, keyId) =>
      services.audit.record(tx, null, {
        action: 'keys.signing_rotated',
        actor: { id: null, name: 'operator: keys rotate-signing' },
        subject: null,
        organizationId: null,
        details: { keyId },
      }),
    ),
  );
  if (kid === null) {
    throw new CommandError(
      EX.TEMPFAIL,
      'The signing key is less than an hour old, and tokens of the one before still count. Try again later.',
    );
  }
  print(json, { keyId: kid }, [
    `Access tokens are signed with the key ${kid}, by running servers within a minute.`,
    'The one before is published and accepted for an hour more.',
  ]);
}
