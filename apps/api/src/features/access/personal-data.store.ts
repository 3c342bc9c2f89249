import type { PersonalDataPart } from '../../platform/personal-data.ts';

/** The sessions, half-done sign-ins, known browsers and remembered devices of a person. */
export const accessDataOf: PersonalDataPart = async (db, { id: userId }) => {
  const sessions = await db.session.findMany({
    where: { userId },
    omit: { userId: true },
    orderBy: { createdAt: 'asc' },
  });
  return {
    sessions,
    refresh_tokens: await db.refreshToken.findMany({
      where: { sessionId: { in: sessions.map(({ id }) => id) } },
      select: { sessionId: true, createdAt: true, usedAt: true },
      orderBy: { createdAt: 'asc' },
    }),
    sign_in_challenges: await db.signInChallenge.findMany({
      where: { userId },
      omit: { userId: true, tokenHash: true },
      orderBy: { createdAt: 'asc' },
    }),
    known_devices: await db.knownDevice.findMany({
      where: { userId },
      select: { id: true, lastUsedAt: true },
      orderBy: { lastUsedAt: 'asc' },
    }),
    remembered_devices: await db.rememberedDevice.findMany({
      where: { userId },
      omit: { userId: true, tokenHash: true },
      orderBy: { createdAt: 'asc' },
    }),
  };
};
