export { mfaQuery } from './queries.ts';
