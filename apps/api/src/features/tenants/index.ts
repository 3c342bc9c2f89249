export { type ReplacedTenants, type SeededTenants, Tenants } from './service.ts';
