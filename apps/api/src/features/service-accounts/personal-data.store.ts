import type { PersonalDataPart } from '../../platform/personal-data.ts';

/** The service accounts that a person made, without their keys. */
export const serviceAccountDataOf: PersonalDataPart = async (db, { id: makerId }) => ({
  service_accounts: await db.serviceAccount.findMany({
    where: { makerId },
    omit: { makerId: true, keyHash: true },
    orderBy: { createdAt: 'asc' },
  }),
});
