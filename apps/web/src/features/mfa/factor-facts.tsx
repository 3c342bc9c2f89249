import { BACKUP_CODE_COUNT } from '@sallyport/core';
import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import type { Factor } from '../../base/api/types.ts';
import { RelativeTime } from '../../ui/time.tsx';

/** When each factor was last used, and how many backup codes are left, as `Facts` shows them. */
export const factorFacts = (
  t: TFunction,
  { factors, backupCodesRemaining = 0 }: { factors: readonly Factor[]; backupCodesRemaining?: number },
): [string, ReactNode][] => [
  ...factors.map(({ id, kind, lastUsedAt, name }): [string, ReactNode] => [
    t('mfa.factors.nameLastUsed', { name: kind === 'totp' ? t('mfa.factors.app') : name }),
    <RelativeTime key={id} value={lastUsedAt} />,
  ]),
  [t('mfa.on.codesLeft'), t('mfa.on.codesLeftValue', { count: backupCodesRemaining, total: BACKUP_CODE_COUNT })],
];
