import { afterEach, describe, expect, test, vi } from 'vitest';
import { FairQueue, type ShedReason } from './fair-queue.ts';

/** A queue with one place, and tasks that end when they are told. */
function scene(limit = 100) {
  const reasons: ShedReason[] = [];
  const queue = new FairQueue({ concurrency: 1, limit, patienceMs: 3000, onShed: (reason) => reasons.push(reason) });
  const begun: string[] = [];
  const ends: (() => void)[] = [];
  const add = (name: string, source: string, lane = 'other', tenant?: string) =>
    queue
      .run({ lane, source, ...(tenant === undefined ? {} : { tenant }) }, async () => {
        begun.push(name);
        await new Promise<void>((resolve) => ends.push(resolve));
        return name;
      })
      .catch((error: { code: string }) => error.code);
  /** Lets the oldest task that runs end. */
  const end = async () => {
    ends.shift()?.();
    // What follows an end takes a few turns of the microtasks, and no time.
    for (let turn = 0; turn < 20; turn++) await Promise.resolve();
  };
  /** Lets one task after another end until all have. */
  const finish = async () => {
    while (ends.length > 0) await end();
  };
  return { queue, begun, add, end, finish, reasons };
}

const times = (count: number) => Array.from({ length: count }, (_, n) => n);

describe('SEC-51: the queue before the door', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  test('sources take turns, however much one of them asks for', async () => {
    const { add, begun, finish } = scene();
    const all = [...times(5).map((n) => add(`flood ${n}`, 'flood')), add('one', 'one'), add('two', 'two')];
    await finish();
    await Promise.all(all);
    expect(begun).toEqual(['flood 0', 'flood 1', 'one', 'two', 'flood 2', 'flood 3', 'flood 4']);
  });

  test('lanes take turns: one that is crowded by many sources delays another by one task', async () => {
    const { add, begun, finish } = scene();
    const all = [
      ...times(5).map((n) => add(`stranger ${n}`, `source ${n}`)),
      ...times(2).map((n) => add(`known ${n}`, `home ${n}`, 'known')),
    ];
    await finish();
    await Promise.all(all);
    expect(begun.slice(0, 5)).toEqual(['stranger 0', 'stranger 1', 'known 0', 'stranger 2', 'known 1']);
    expect(begun).toHaveLength(7);
  });

  test('tenants take turns, from however many sources one of them is asked for', async () => {
    const { add, begun, finish } = scene();
    const all = [
      ...times(5).map((n) => add(`flood ${n}`, `bot ${n}`, 'other', 'attacked')),
      ...times(2).map((n) => add(`quiet ${n}`, `home ${n}`, 'other', 'quiet')),
    ];
    await finish();
    await Promise.all(all);
    expect(begun).toEqual(['flood 0', 'flood 1', 'quiet 0', 'flood 2', 'quiet 1', 'flood 3', 'flood 4']);
  });

  test('a source gains nothing by asking for ever other tenants, and loses nothing by asking for one that is attacked', async () => {
    const { add, begun, finish } = scene();
    const all = [
      ...times(4).map((n) => add(`bot ${n}`, `bot ${n}`, 'other', 'attacked')),
      ...times(3).map((n) => add(`spread ${n}`, 'spread', 'other', `tenant ${n}`)),
      add('office at attacked', 'office', 'other', 'attacked'),
      add('office elsewhere', 'office', 'other', 'other'),
    ];
    await finish();
    await Promise.all(all);
    const order = 'bot 0, bot 1, spread 0, bot 2, spread 1, office elsewhere, bot 3, spread 2, office at attacked';
    expect(begun).toEqual(order.split(', '));
  });

  test('a full lane sheds who floods one tenant from many sources, and takes the newcomer', async () => {
    const { add, finish } = scene(3);
    const flood = times(5).map((n) => add(`flood ${n}`, `bot ${n}`, 'other', 'attacked'));
    const other = add('other', 'home', 'other', 'quiet');
    await finish();
    expect(await Promise.all(flood)).toEqual(['flood 0', 'flood 1', 'flood 2', 'overloaded', 'overloaded']);
    expect(await other).toBe('other');
  });

  test('who waited for as long as is bearable is told to come again, and takes no turn', async () => {
    vi.useFakeTimers();
    const { add, begun, finish, queue, reasons } = scene();
    const first = add('first', 'a');
    const late = [add('late', 'a'), add('later', 'b')];
    vi.advanceTimersByTime(2999);
    const fresh = add('fresh', 'c');
    vi.advanceTimersByTime(1);
    expect(await Promise.all(late)).toEqual(['overloaded', 'overloaded']);
    expect(queue.size).toBe(1);
    await finish();
    expect([await first, await fresh]).toEqual(['first', 'fresh']);
    expect([begun, reasons, vi.getTimerCount()]).toEqual([['first', 'fresh'], ['patience', 'patience'], 0]);
  });

  test('who gave up takes no turn from its source, and no place', async () => {
    vi.useFakeTimers();
    const { add, begun, finish } = scene();
    const all = [add('first', 'z'), add('given up', 'a')];
    vi.advanceTimersByTime(3000);
    expect(await all[1]).toBe('overloaded');
    all.push(add('a', 'a'), add('b', 'b'));
    await finish();
    all.push(add('alone', 'c'), add('given up too', 'a'));
    vi.advanceTimersByTime(3000);
    await finish();
    all.push(add('again', 'd'));
    expect(begun).toEqual(['first', 'a', 'b', 'alone', 'again']);
    await finish();
    await Promise.all(all);
  });

  test('a source that comes later has the turns that follow, and none for the time before', async () => {
    const { add, begun, end, finish } = scene();
    const all = [add('first', 'z'), ...times(5).map((n) => add(`a ${n}`, 'a'))];
    for (let n = 0; n < 3; n += 1) await end();
    all.push(...times(3).map((n) => add(`b ${n}`, 'b')));
    await finish();
    await Promise.all(all);
    expect(begun.slice(4)).toEqual(['b 0', 'a 3', 'b 1', 'a 4', 'b 2']);
  });

  test('a full lane sheds the newest of who has the most waiting, and takes the newcomer', async () => {
    const { add, begun, finish, reasons } = scene(3);
    const flood = times(6).map((n) => add(`flood ${n}`, 'flood'));
    const other = add('other', 'other');
    const known = add('known', 'home', 'known');
    await finish();
    expect(await Promise.all(flood)).toEqual([
      'flood 0',
      'flood 1',
      'flood 2',
      'overloaded',
      'overloaded',
      'overloaded',
    ]);
    expect([await other, await known]).toEqual(['other', 'known']);
    expect(begun).toEqual(['flood 0', 'flood 1', 'known', 'other', 'flood 2']);
    expect(reasons).toEqual(['full', 'full', 'displaced']);
  });

  test('where all have the same share, the newcomer is shed', async () => {
    const { add, finish } = scene(2);
    const taken = [add('runs', 'a'), add('b', 'b'), add('c', 'c')];
    expect(await add('d', 'd')).toBe('overloaded');
    await finish();
    expect(await Promise.all(taken)).toEqual(['runs', 'b', 'c']);
  });

  test('no more run at once than there are places, and what fails frees its place', async () => {
    const queue = new FairQueue({ concurrency: 2, limit: 100, patienceMs: 3000 });
    let running = 0;
    let most = 0;
    const all = times(20).map((n) =>
      queue
        .run({ lane: 'other', source: `${n % 3}` }, async () => {
          most = Math.max(most, ++running);
          await Promise.resolve();
          running -= 1;
          if (n % 2) throw new Error('failed');
        })
        .catch(() => undefined),
    );
    await Promise.all(all);
    expect([most, queue.size]).toEqual([2, 0]);
  });

  test('who is turned away is told when to come again', async () => {
    const queue = new FairQueue({ concurrency: 1, limit: 0, patienceMs: 3000 });
    let end = (): void => undefined;
    const runs = queue.run({ lane: 'other', source: 'a' }, () => new Promise<void>((resolve) => (end = resolve)));
    const turnedAway = queue.run({ lane: 'other', source: 'b' }, async () => undefined);
    await expect(turnedAway).rejects.toMatchObject({
      code: 'overloaded',
      detail: expect.stringContaining('Try again'),
      retryAfterSeconds: 2,
    });
    end();
    await runs;
  });
});
