import type { Origin } from '@sallyport/core';
import type { ownDoing } from '../audit/index.ts';

/** Whose second factor is judged, and where from. */
export type Holder = Parameters<typeof ownDoing>[0] & { origin: Origin };
