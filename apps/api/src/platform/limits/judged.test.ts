import { Problem } from '@sallyport/core';
import { describe, expect, test, vi } from 'vitest';
import { judged } from './judged.ts';

const wrong = new Problem('invalid_credentials', { detail: 'Wrong.' });
const busy = new Problem('overloaded', { detail: 'Busy.' });

/** Steps that do as they are told, and remember what was asked of them. */
function scene(judge: () => Promise<string>, refused: () => Promise<void> = async () => undefined) {
  const steps = {
    claim: vi.fn(async () => 'claim'),
    judge: vi.fn(judge),
    refused: vi.fn(refused),
    release: vi.fn(async () => undefined),
  };
  return { steps, followed: () => [steps.refused.mock.calls, steps.release.mock.calls] };
}

describe('SEC-3: an attempt', () => {
  test('that is right is neither refused nor released: what spends it takes the count back', async () => {
    const { steps, followed } = scene(async () => 'in');
    expect(await judged(steps)).toBe('in');
    expect(steps.judge.mock.calls).toEqual([['claim']]);
    expect(followed()).toEqual([[], []]);
  });

  test('that is wrong stays counted', async () => {
    const { steps, followed } = scene(() => Promise.reject(wrong));
    await expect(judged(steps)).rejects.toBe(wrong);
    expect(followed()).toEqual([[['claim']], []]);
    const { refused: _, ...withoutFollowing } = steps;
    await expect(judged(withoutFollowing)).rejects.toBe(wrong);
    expect(steps.release).not.toHaveBeenCalled();
  });

  test.each([busy, new Problem('internal_error', { detail: 'Broken.' }), new Error('the database is away')])(
    'that nobody judged (%s) counts for nothing',
    async (error) => {
      const { steps, followed } = scene(() => Promise.reject(error));
      await expect(judged(steps)).rejects.toBe(error);
      expect(followed()).toEqual([[], [['claim']]]);
    },
  );

  test('whose refusal could not be followed up is released, so that it follows another', async () => {
    const { steps, followed } = scene(
      () => Promise.reject(wrong),
      () => Promise.reject(busy),
    );
    await expect(judged(steps)).rejects.toBe(busy);
    expect(followed()).toEqual([[['claim']], [['claim']]]);
  });

  test('that cannot be released says why it failed, and not that', async () => {
    const { steps } = scene(() => Promise.reject(busy));
    steps.release.mockRejectedValue(new Error('the database is away'));
    await expect(judged(steps)).rejects.toBe(busy);
  });

  test('that may not be made is not judged', async () => {
    const { steps, followed } = scene(async () => 'in');
    steps.claim.mockRejectedValue(wrong);
    await expect(judged(steps)).rejects.toBe(wrong);
    expect(steps.judge).not.toHaveBeenCalled();
    expect(followed()).toEqual([[], []]);
  });
});
