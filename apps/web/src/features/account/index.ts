export { sessionsQuery } from './queries.ts';
