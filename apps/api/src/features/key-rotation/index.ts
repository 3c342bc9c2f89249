export { KeyRotationService } from './service.ts';
export { sealedColumns } from './store.ts';
