export { settingsQuery } from './queries.ts';
