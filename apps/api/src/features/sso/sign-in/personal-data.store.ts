import type { PersonalDataPart } from '../../../platform/personal-data.ts';

/** The accounts at providers that a person signs in with, and its attempts to come in or to link one. */
export const ssoSignInDataOf: PersonalDataPart = async (db, { id: userId }) => ({
  federated_identities: await db.federatedIdentity.findMany({
    where: { userId },
    omit: { userId: true, organizationId: true },
    orderBy: { linkedAt: 'asc' },
  }),
  sso_transactions: await db.ssoTransaction.findMany({
    where: { userId },
    select: { id: true, purpose: true, connectionId: true, createdAt: true, expiresAt: true, consumedAt: true },
    orderBy: { createdAt: 'asc' },
  }),
});
