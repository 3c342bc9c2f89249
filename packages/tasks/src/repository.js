import { fileURLToPath } from 'node:url';

/** The root folder of the repository; every task works from here, wherever it was called. */
export const root = fileURLToPath(new URL('../../..', import.meta.url));
