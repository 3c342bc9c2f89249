import type { PersonalDataPart } from '../../platform/personal-data.ts';

/** The user itself, its password without its hash, and the links that were mailed to it. */
export const userDataOf: PersonalDataPart = async (db, { id }) => ({
  users: await db.user.findMany({ where: { id }, omit: { familyId: true, lastSignInOn: true } }),
  local_credentials: await db.localCredential.findMany({ where: { userId: id }, select: { changedAt: true } }),
  emailed_tokens: await db.emailedToken.findMany({
    where: { userId: id },
    omit: { userId: true, hash: true },
    orderBy: { createdAt: 'asc' },
  }),
});
