import { randomBytes } from 'node:crypto';
import { PROOF_SECONDS } from '@sallyport/core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../../platform/crypto/ids.ts';
import { TestApp, type TestUser } from '../../testing/app.ts';
import type { Answer, Browser } from '../../testing/browser.ts';

/** What names a person without a foreign key. */
const NAMING = ['user_id', 'actor_id', 'subject_id', 'created_by'];
/** What names a person by its address alone, within a sealed text, a hash or JSON. */
const HIDDEN = ['attempt_counts', 'outgoing_mails', 'sso_connections'];

let service: TestApp;
let person: TestUser;
let own: Browser;
let admin: Browser;
let exported: Answer['body'];

const bytes = () => Uint8Array.from(randomBytes(32));

/** Puts a row of the person in every table that can hold one. */
async function fillEveryTable(): Promise<void> {
  const { clock, db } = service;
  const now = clock.now();
  const later = new Date(now.getTime() + 60_000);
  const { id: userId, email, organization } = person;
  const organizationId = organization.id;
  await service.enroll(own);
  const sessionId = (await own.get('/me')).body.session.id;
  await db.totpCandidate.create({
    data: { userId, id: newId(), secret: bytes(), lastStep: 0, createdAt: now, expiresAt: later },
  });
  await db.passkey.create({
    data: {
      ...{ id: newId(), userId, credentialId: bytes(), publicKey: bytes(), counter: 7n, transports: ['usb'] },
      ...{ backupEligible: false, backedUp: false, aaguid: newId(), name: 'Blue key', createdAt: now },
    },
  });
  await db.passkeyChallenge.create({
    data: { holderId: sessionId, purpose: 'reauthentication', userId, challenge: bytes(), expiresAt: later },
  });
  await db.serviceAccount.create({
    data: {
      ...{ id: newId(), organizationId, name: 'Import', role: 'member', access: 'read_only', keyHash: bytes() },
      ...{ makerId: userId, createdAt: now },
    },
  });
  await db.reenrollmentPass.create({
    data: { userId, salt: bytes(), secret: bytes(), hash: bytes(), issuedAt: now },
  });
  await service.resources.database.transaction((tx) =>
    service.services.recoveryAddresses.save(tx, userId, 'paula@home.example'),
  );
  await db.waitingReset.create({ data: { userId, id: newId(), askedById: userId, askedAt: now, dueAt: later } });
  await db.pendingEnrollment.create({ data: { userId, id: newId(), sessionId, secret: bytes(), expiresAt: later } });
  await db.emailedToken.create({
    data: { hash: bytes(), userId, purpose: 'password_reset', createdAt: now, expiresAt: later },
  });
  await db.rememberedDevice.create({
    data: { id: newId(), userId, tokenHash: bytes(), userAgent: 'Firefox', createdAt: now, expiresAt: later },
  });
  await service.browser().post('/auth/login', { email, password: person.password });
  await service.browser().post('/auth/login', { email, password: 'wrong' });
  const connection = await service.workingConnection(organization);
  await db.federatedIdentity.create({
    data: {
      ...{ id: newId(), organizationId, userId, connectionId: connection.id, issuer: 'https://issuer.example' },
      ...{ subject: 'subject-1', email, linkedAt: now },
    },
  });
  await db.ssoTransaction.create({
    data: {
      ...{ id: newId(), purpose: 'link', connectionId: connection.id, connectionVersion: 1, userId, sessionId },
      ...{
        stateHash: bytes(),
        secrets: bytes(),
        browserHash: bytes(),
        returnTo: '/',
        createdAt: now,
        expiresAt: later,
      },
    },
  });
  const change = { id: newId(), config: {}, secrets: bytes(), createdAt: now, createdBy: email };
  await db.ssoConnection.update({
    where: { id: connection.id },
    data: { lastTest: { at: now.toISOString(), testedBy: email, account: null }, change: { create: change } },
  });
  await service.resources.mail.enqueue(db, { to: email, subject: 'A word to you', text: '', html: '' });
  await service.resources.mail.enqueue(db, { to: `x${email}`, subject: 'To somebody else', text: '', html: '' });
}

beforeAll(async () => {
  service = await TestApp.start();
  const partner = await service.partner();
  const organization = await service.customer(partner);
  person = await service.user({ organization, name: 'Paula Person' });
  own = await service.signIn(person);
  await fillEveryTable();
  admin = await service.signIn(await service.user({ organization, role: 'admin', access: 'read_write' }));
  exported = (await admin.get(`/users/${person.id}/export`)).body;
});
afterAll(() => service.stop());

/** Tables whose rows hang on a user, by foreign keys or by a column that names one. */
async function tablesOfPeople(): Promise<string[]> {
  const rows = await service.db.$queryRaw<{ table: string }[]>`
    WITH RECURSIVE hanging AS (
      SELECT 'users'::regclass AS table
      UNION
      SELECT c.conrelid::regclass FROM pg_constraint c JOIN hanging h ON c.confrelid = h.table WHERE c.contype = 'f'
    )
    SELECT h.table::text AS table FROM hanging h
    UNION
    SELECT table_name::text FROM information_schema.columns
    WHERE table_schema = current_schema() AND column_name = ANY (${NAMING}::text[])
    ORDER BY 1`;
  return rows.map(({ table }) => table);
}

describe('what is kept of a person', () => {
  test('is given out of every table that can name one', async () => {
    const tables = [...(await tablesOfPeople()), ...HIDDEN].sort();
    expect(Object.keys(exported.data).sort()).toEqual(tables);
    for (const table of tables) expect([table, exported.data[table].length > 0]).toEqual([table, true]);
  });

  test('says who the person is, and names nobody else', async () => {
    expect(exported).toMatchObject({ exportedAt: service.clock.now().toISOString(), user: { id: person.id } });
    expect(exported.data.users).toMatchObject([{ email: person.email, name: 'Paula Person' }]);
    expect(exported.data.recovery_addresses).toMatchObject([{ address: 'paula@home.example', confirmedAt: null }]);
    expect(exported.data.passkeys).toMatchObject([{ name: 'Blue key', counter: 7 }]);
    const waiting = exported.data.outgoing_mails.map(({ subject }: { subject: string }) => subject);
    expect(waiting).toEqual(['Two-factor authentication is on', 'A word to you']);
    expect(exported.data.audit_events).toContainEqual(
      expect.objectContaining({ action: 'mfa.enabled', name: person.email, address: '192.0.2.1' }),
    );
    const { email } = (await admin.get('/me')).body;
    const renamed = await admin.patch(`/users/${person.id}`, { name: 'Paula P.' });
    expect(renamed.status).toBe(200);
    const { body } = await own.get('/me/export');
    expect(body.data.audit_events.at(-1)).toEqual({
      ...{ id: expect.any(String), occurredAt: expect.any(String), action: 'user.updated', outcome: 'success' },
      ...{ isActor: false, isSubject: true, name: person.email, details: { name: ['Paula Person', 'Paula P.'] } },
    });
    expect(JSON.stringify(body)).not.toContain(email);
    // Nor does what the admin has done tell of the person.
    const { body: ofAdmin } = await admin.get('/me/export');
    expect(ofAdmin.data.audit_events).toContainEqual(
      expect.objectContaining({ action: 'user.updated', isActor: true }),
    );
    for (const word of [person.email, 'Paula']) expect(JSON.stringify(ofAdmin)).not.toContain(word);
  });

  test('never holds what proves anything', async () => {
    const text = JSON.stringify(exported);
    const secrets = await service.db.$queryRaw<{ table: string; column: string; type: string }[]>`
      SELECT table_name::text AS table, column_name::text AS column, data_type::text AS type
      FROM information_schema.columns
      WHERE table_schema = current_schema() AND (data_type = 'bytea' OR column_name = 'password_hash')`;
    let looked = 0;
    for (const { table, column, type } of secrets) {
      const encodings = type === 'bytea' ? ['hex', 'base64'] : [];
      const shown = encodings.map((encoding) => `encode(${column}, '${encoding}')`).join(', ') || column;
      const rows = await service.db.$queryRawUnsafe<{ shown: string[] }[]>(
        `SELECT ARRAY[${shown}] AS shown FROM ${table} WHERE ${column} IS NOT NULL`,
      );
      for (const secret of rows.flatMap((row) => row.shown)) {
        expect([table, column, text.includes(secret.slice(0, 40))]).toEqual([table, column, false]);
        looked += 1;
      }
    }
    expect(looked).toBeGreaterThan(20);
    expect(text).not.toContain('argon2');
  });

  test('is for the person and for admins above it, with a fresh proof, and told to the log', async () => {
    const { organization } = person;
    const colleague = await service.signIn(await service.user({ organization }));
    expect((await colleague.get(`/users/${person.id}/export`)).body.code).toBe('forbidden');
    const peer = await service.user({ organization, role: 'admin', access: 'read_write' });
    expect((await admin.get(`/users/${peer.id}/export`)).status).toBe(200);
    const { body } = await admin.get(`/audit-events?userId=${person.id}&action=user.exported`);
    expect(body.items.map((event: { actor: { name: string } }) => event.actor.name)).toEqual(
      expect.arrayContaining([person.email, (await admin.get('/me')).body.email]),
    );
    service.clock.advance({ seconds: PROOF_SECONDS + 1 });
    for (const browser of [own, admin]) await browser.post('/auth/refresh');
    expect((await own.get('/me/export')).body.code).toBe('reauthentication_required');
    expect((await admin.get(`/users/${person.id}/export`)).body.code).toBe('reauthentication_required');
  });

  test('is printed for the operator, by address and by id', async () => {
    const { personalDataExport } = service.services;
    const byAddress = await personalDataExport.byOperator(person.email.toUpperCase());
    expect((await personalDataExport.byOperator(person.id)).user).toEqual(byAddress.user);
    await expect(personalDataExport.byOperator('nobody@nowhere.example')).rejects.toMatchObject({ code: 'not_found' });
  });
});
