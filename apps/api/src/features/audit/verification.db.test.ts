import { createSecretKey, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Keyring } from '../../platform/crypto/keyring.ts';
import type { Database } from '../../platform/database/database.ts';
import { TestLog } from '../../testing/audit-log.ts';
import { testDatabase } from '../../testing/database.ts';
import { readHead } from './head.ts';

let database: Database;
let log: TestLog;
beforeAll(async () => {
  database = await testDatabase();
  log = await TestLog.on(database);
});
beforeEach(() => log.empty());
afterAll(() => database.close());

/** The first fault of a log of `count` sealed events after somebody who owns the database went past the triggers. */
async function faultAfter(count: number, ...statements: string[]) {
  await log.write(count);
  await log.tamper(...statements);
  return (await log.verify()).firstFault;
}

/** What an event is made anew by, where `sequence` is free. */
const copyOf = (sequence: number, as: number | string) => `
  INSERT INTO audit_events (sequence, id, occurred_at, action, outcome, details, transaction_id)
  SELECT ${as}, gen_random_uuid(), occurred_at, action, outcome, details, transaction_id
  FROM audit_events WHERE sequence = ${sequence}`;

/** Two leaves change places, with their events or without. */
const swapLeaves = (one: number, other: number) => [
  `UPDATE audit_leaves SET leaf_index = -1 WHERE leaf_index = ${one}`,
  `UPDATE audit_leaves SET leaf_index = ${one} WHERE leaf_index = ${other}`,
  `UPDATE audit_leaves SET leaf_index = ${other} WHERE leaf_index = -1`,
];

describe('SEC-41: verification of the audit log', () => {
  test('finds it whole when nobody touched it', async () => {
    const empty = await log.verify();
    expect(empty).toEqual({
      ...{ ok: true, count: 0, sealed: 0, waiting: 0, erased: 0, keptLeaves: 0, removed: 0 },
      headHash: expect.stringMatching(/^e3b0c442/),
    });
    await log.write(5);
    await log.append(2);
    const { headHash, ...whole } = await log.verify();
    expect(whole).toEqual({ ok: true, count: 7, sealed: 5, waiting: 2, erased: 0, keptLeaves: 0, removed: 0 });
    const { rootHash } = await database.client.auditHead.findUniqueOrThrow({ where: { id: 1 } });
    expect(headHash).toBe(Buffer.from(rootHash).toString('hex'));
  });

  test('reads in batches and tells how far it is', async () => {
    await log.write(8);
    const progress: number[][] = [];
    const onProgress = (...told: [number, number]) => progress.push(told);
    expect(await log.verify({ onProgress, batch: 3 })).toMatchObject({ ok: true, count: 8 });
    expect(progress).toEqual([0, 3, 6, 8, 16].map((done) => [done, 16]));
  });

  test.each([
    "occurred_at = occurred_at + interval '1 millisecond'",
    "action = 'mfa.disabled'",
    "outcome = 'failure'",
    'actor_id = NULL',
    "actor_name = 'else@example.com'",
    "actor_id = '0193b7a0-0000-7000-8000-000000000001', actor_name = NULL",
    "subject_id = '0193b7a0-0000-7000-8000-000000000001'",
    "subject_name = 'else@example.com'",
    'subject_name = NULL',
    "organization_id = '0193b7a0-0000-7000-8000-000000000001'",
    "address = '192.0.2.2'",
    'user_agent = NULL, request_id = user_agent || request_id',
    "request_id = ''",
    `details = '{}'`,
    `details = jsonb_set(details, '{number}', '1.50001')`,
    `details = jsonb_set(details, '{list}', '["b", "a"]')`,
    "id = '0193b7a0-0000-7000-8000-000000000001'",
  ])('tells of an altered event: %s', async (change) => {
    const fault = await faultAfter(5, `UPDATE audit_events SET ${change} WHERE sequence = 2`);
    expect(fault).toEqual({ reason: 'altered', sequence: 2, leafIndex: 1 });
  });

  test('tells of an event that was numbered anew', async () => {
    const fault = await faultAfter(5, 'UPDATE audit_events SET sequence = 7 WHERE sequence = 2');
    expect(fault).toEqual({ reason: 'missing', sequence: 2, leafIndex: 1 });
  });

  test('tells of an event that was given to a user who had none', async () => {
    const id = "'0193b7a0-0000-7000-8000-000000000001'";
    const fault = await faultAfter(5, `UPDATE audit_events SET actor_id = ${id} WHERE sequence = 1`);
    expect(fault).toEqual({ reason: 'altered', sequence: 1, leafIndex: 0 });
  });

  test.each([1, 3, 5])('tells of the removed event %i of 5', async (sequence) => {
    const fault = await faultAfter(5, `DELETE FROM audit_events WHERE sequence = ${sequence}`);
    expect(fault).toEqual({ reason: 'missing', sequence, leafIndex: sequence - 1 });
  });

  test.each([0, 2, 4])('tells of an event that was removed with its leaf %i of 5', async (leafIndex) => {
    const fault = await faultAfter(
      5,
      `DELETE FROM audit_events WHERE sequence = ${leafIndex + 1}`,
      `DELETE FROM audit_leaves WHERE leaf_index = ${leafIndex}`,
    );
    expect(fault).toEqual({ reason: 'leaf_missing', leafIndex });
  });

  test('tells of a removed event whose gap was closed', async () => {
    const fault = await faultAfter(
      5,
      'DELETE FROM audit_events WHERE sequence = 3',
      'DELETE FROM audit_leaves WHERE leaf_index = 2',
      'UPDATE audit_leaves SET leaf_index = leaf_index - 1 WHERE leaf_index > 2',
      'UPDATE audit_head SET tree_size = 4',
    );
    expect(fault).toEqual({ reason: 'unsigned' });
  });

  test('tells of leaves that changed places', async () => {
    expect(await faultAfter(5, ...swapLeaves(1, 3))).toEqual({ reason: 'rearranged', leafIndex: 0 });
  });

  test('tells of events that changed places', async () => {
    const fault = await faultAfter(
      5,
      'UPDATE audit_events SET sequence = -2 WHERE sequence = 2',
      'UPDATE audit_events SET sequence = 2 WHERE sequence = 3',
      'UPDATE audit_events SET sequence = 3 WHERE sequence = -2',
    );
    expect(fault).toEqual({ reason: 'altered', sequence: 2, leafIndex: 1 });
  });

  test('tells where in a large log leaves were moved, or a node of the tree was changed', async () => {
    await log.appendMany(600);
    await log.sealer.seal();
    expect(await log.verify({ batch: 100 })).toMatchObject({ ok: true, count: 600 });
    await log.tamper(...swapLeaves(300, 301));
    expect((await log.verify()).firstFault).toEqual({ reason: 'rearranged', leafIndex: 256 });
    await log.tamper(...swapLeaves(300, 301), `UPDATE audit_nodes SET hash = sha256('else') WHERE node_index = 0`);
    expect((await log.verify()).firstFault).toEqual({ reason: 'rearranged', leafIndex: 0 });
    await log.tamper('DELETE FROM audit_nodes WHERE node_index = 0');
    expect((await log.verify()).firstFault).toEqual({ reason: 'rearranged', leafIndex: 0 });
  });

  test.each([
    ['below', -7],
    ['between', 4],
  ])('tells of an event that was slipped in %s the others', async (_, sequence) => {
    await log.append(3);
    await database.client.$executeRaw`SELECT nextval(pg_get_serial_sequence('audit_events', 'sequence'))`;
    await log.write(2);
    await log.tamper(copyOf(2, sequence));
    expect((await log.verify()).firstFault).toEqual({ reason: 'slipped_in', sequence });
  });

  test('tells of an event with a transaction that is still to come', async () => {
    await log.write(3);
    await log.tamper(copyOf(2, 4), 'UPDATE audit_events SET transaction_id = 1000000000000 WHERE sequence = 4');
    expect((await log.verify()).firstFault).toEqual({ reason: 'slipped_in', sequence: 4 });
  });

  test('tells of an event that was slipped in with a leaf', async () => {
    await log.write(3);
    await log.tamper(
      copyOf(2, 4),
      `INSERT INTO audit_leaves (leaf_index, sequence, hash) VALUES (3, 4, sha256('else'))`,
    );
    expect((await log.verify()).firstFault).toEqual({ reason: 'stray' });
    await log.tamper('UPDATE audit_head SET tree_size = 4');
    expect((await log.verify()).firstFault).toEqual({ reason: 'altered', sequence: 4, leafIndex: 3 });
  });

  test('tells of a node that no tree of this size has', async () => {
    const fault = await faultAfter(3, `INSERT INTO audit_nodes (level, node_index, hash) VALUES (8, 0, sha256('x'))`);
    expect(fault).toEqual({ reason: 'stray' });
  });

  test.each([
    ['forged', `signature = sha256('else') || sha256('else')`],
    ['of another time', `sealed_at = sealed_at + interval '1 second'`],
    ['of a key that is not there', `key_id = 'else'`],
  ])('tells of a signature that is %s', async (_, change) => {
    expect(await faultAfter(3, `UPDATE audit_head SET ${change}`)).toEqual({ reason: 'unsigned' });
  });

  test('does not take the word of a key that somebody put there who has no encryption key', async () => {
    await log.write(3);
    await log.tamper('DELETE FROM signing_keys', 'DELETE FROM audit_keys');
    const forger = await TestLog.on(database, new Keyring([{ id: 'a', secret: createSecretKey(randomBytes(32)) }]));
    await log.empty();
    await forger.write(3);
    expect(await forger.verify()).toMatchObject({ ok: true });
    expect((await log.verify()).firstFault).toEqual({ reason: 'unsigned' });
    log = await TestLog.on(database, forger.keyring);
  });

  test('tells of a log that was emptied', async () => {
    expect(await faultAfter(3, 'DELETE FROM audit_events')).toEqual({ reason: 'missing', sequence: 1, leafIndex: 0 });
    await log.tamper('DELETE FROM audit_leaves');
    expect((await log.verify()).firstFault).toEqual({ reason: 'leaf_missing', leafIndex: 0 });
    await log.tamper('DELETE FROM audit_head');
    expect(await log.verify()).toMatchObject({ ok: true, count: 0 });
  });

  test('misses a hash that was kept in a log that was cut at its end, or made anew', async () => {
    await log.write(2);
    const early = await database.client.auditHead.findUniqueOrThrow({ where: { id: 1 } });
    await log.write(3);
    const { headHash: kept } = await log.verify();
    expect(await log.verify({ kept })).toMatchObject({ ok: true });
    await log.write(1);
    expect(await log.verify({ kept })).toMatchObject({ ok: true });
    expect(await log.verify({ kept: Buffer.from(early.rootHash).toString('hex') })).toMatchObject({ ok: true });
    // Back to a head that the service signed itself: whole, as far as the database can tell.
    await log.tamper(
      'DELETE FROM audit_events WHERE sequence > 2',
      'DELETE FROM audit_leaves WHERE leaf_index >= 2',
      `UPDATE audit_head SET tree_size = 2, root_hash = '\\x${Buffer.from(early.rootHash).toString('hex')}',
        signature = '\\x${Buffer.from(early.signature).toString('hex')}', sealed_at = '${early.sealedAt.toISOString()}'`,
    );
    expect(await log.verify()).toMatchObject({ ok: true, count: 2 });
    expect((await log.verify({ kept })).firstFault).toEqual({ reason: 'without_head' });
  });

  test('finds a signed head that was kept, and takes none that somebody else signed', async () => {
    await log.write(3);
    const kept = await readHead(database.client);
    if (!kept) expect.fail();
    expect(await log.verify({ kept })).toMatchObject({ ok: true });
    await log.write(2);
    expect(await log.verify({ kept })).toMatchObject({ ok: true });
    const forged = { ...kept, treeSize: 2 };
    expect((await log.verify({ kept: forged })).firstFault).toEqual({ reason: 'foreign_head' });
    // Made anew by somebody with all keys: another tree of the same size.
    await log.tamper('DELETE FROM audit_events', 'DELETE FROM audit_leaves', 'DELETE FROM audit_head');
    await log.append(4);
    await log.sealer.seal();
    expect(await log.verify()).toMatchObject({ ok: true });
    expect((await log.verify({ kept })).firstFault).toEqual({ reason: 'without_head' });
    // Cut: smaller than what was kept.
    await log.tamper('DELETE FROM audit_events', 'DELETE FROM audit_leaves', 'DELETE FROM audit_head');
    await log.write(2);
    expect((await log.verify({ kept })).firstFault).toEqual({ reason: 'without_head' });
  });

  test.each([
    "UPDATE audit_events SET action = 'seed.applied'",
    'DELETE FROM audit_events',
    'TRUNCATE audit_events',
    'UPDATE audit_chain SET sequence = 1',
    'DELETE FROM audit_chain',
    'UPDATE audit_leaves SET leaf_index = leaf_index + 1',
    'DELETE FROM audit_leaves',
    'TRUNCATE audit_leaves',
    'UPDATE audit_nodes SET node_index = 7',
    'DELETE FROM audit_nodes',
    'TRUNCATE audit_nodes',
    'UPDATE audit_head SET tree_size = 1',
    "UPDATE audit_head SET root_hash = sha256('else')",
    'DELETE FROM audit_head',
    'TRUNCATE audit_head',
    "UPDATE audit_keys SET id = 'else'",
    'DELETE FROM audit_keys',
    'TRUNCATE audit_keys',
  ])('the database refuses %s', async (statement) => {
    await log.write(2);
    await expect(database.client.$executeRawUnsafe(statement)).rejects.toThrow('append-only');
  });

  test('the database takes no place or hash from whoever appends', async () => {
    await expect(
      database.client.$executeRaw`
        INSERT INTO audit_events (sequence, id, occurred_at, action, outcome, details)
        VALUES (7, gen_random_uuid(), now(), 'forged', 'success', '{}')`,
    ).rejects.toThrow();
  });
});
