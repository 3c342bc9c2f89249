import { fileURLToPath } from 'node:url';

/** This checkout, whose built product tests start. */
export const product = fileURLToPath(new URL('../../../..', import.meta.url));
