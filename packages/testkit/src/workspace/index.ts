/** The kit as the flows of this repository use it: with the product of this checkout, and what only they need. */
export * from '../index.ts';
export { test } from './fixtures.ts';
export { product } from './product.ts';
export { ageSessions } from './stored-sessions.ts';
